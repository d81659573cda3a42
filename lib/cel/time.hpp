// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cel/value.hpp"

namespace octroi::cel {

/// True from 0001-01-01T00:00:00Z through 9999-12-31T23:59:59.999999999Z.
[[nodiscard]] bool is_in_range(Timestamp timestamp);

/// Reads a moment of RFC 3339, with a fraction to the nanosecond; nothing outside the range.
[[nodiscard]] std::optional<Timestamp> parse_timestamp(std::string_view text);
/// Writes `2009-02-13T23:31:30.5Z`: UTC, the fraction without zeros at its end.
[[nodiscard]] std::string format_timestamp(Timestamp timestamp);

/// Reads a length of time as numbers with units, "-1h30m", "1.5s", "100ms"; nothing when it is
/// malformed or outside the range. Units: h, m, s, ms, us, ns.
/// Source: cel-spec, doc/langdef.md, "List of Standard Definitions": duration.
[[nodiscard]] std::optional<Duration> parse_duration(std::string_view text);
/// Writes `1.5s`.
[[nodiscard]] std::string format_duration(Duration duration);

/// The moment that much later; nothing outside the range.
[[nodiscard]] std::optional<Timestamp> later(Timestamp timestamp, Duration duration);
/// The time from one moment to another; nothing outside the range of a duration.
[[nodiscard]] std::optional<Duration> between(Timestamp from, Timestamp to);
[[nodiscard]] std::optional<Duration> sum(Duration left, Duration right);
[[nodiscard]] std::optional<Duration> difference(Duration left, Duration right);

}  // namespace octroi::cel
