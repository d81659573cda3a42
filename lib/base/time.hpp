// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace octroi {

/// A moment, in whole seconds of UTC. octroi knows no fractions of a second.
using Instant = std::chrono::sys_seconds;

/// A day of the civil calendar.
using Date = std::chrono::sys_days;

/// Where "now" comes from: passed in, never asked of the system below app/.
using Clock = std::function<Instant()>;

/// Reads `YYYY-MM-DDThh:mm:ssZ`, or with a fraction (cut off) or an offset; month lengths are
/// checked, second 60 and lower-case letters are refused, and so is a moment that is outside the
/// years 0001 to 9999 of UTC. Source: RFC 3339 section 5.6.
[[nodiscard]] std::optional<Instant> parse_instant(std::string_view text);

/// Writes `YYYY-MM-DDThh:mm:ssZ`.
[[nodiscard]] std::string format_instant(Instant instant);

/// Reads `YYYY-MM-DD`; the day must exist. Years 0001 to 9999.
[[nodiscard]] std::optional<Date> parse_date(std::string_view text);

/// Writes `YYYY-MM-DD`.
[[nodiscard]] std::string format_date(Date date);

/// The UTC day of a moment.
[[nodiscard]] Date date_of(Instant instant);

/// The last second of a UTC day: the end of a validity that is stated as a date, inclusive.
[[nodiscard]] Instant end_of(Date date);

/// The last day that is written with a year of four digits, as RFC 3339 asks for: what is computed
/// of days, and would lie later, is this one.
constexpr Date k_last_day{std::chrono::year(9999) / std::chrono::December / 31};

/// The same day of the month `months` later (or earlier); the last day of the month where that
/// month has no such day (31 January + 1 month = 28 or 29 February); at most k_last_day.
[[nodiscard]] Date add_months(Date date, int months);

}  // namespace octroi
