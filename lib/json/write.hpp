// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "json/value.hpp"

namespace octroi::json {

/// The canonical form: no white space, members sorted by UTF-16 code units, shortest escapes.
/// Numbers must be integers with |n| <= 2^53 - 1; another number, and text that is not UTF-8, throw
/// Error(bad_input): what is written here can be read again.
/// Source: RFC 8785.
[[nodiscard]] std::string canonical(const Value& value);

/// The same, appended to `out`: for whoever writes what is around it. Throws as canonical does.
void append_canonical(std::string& out, const Value& value);
void append_canonical_text(std::string& out, std::string_view text);

/// The same value for people: two spaces a level, a line feed at the end. Characters
/// that cannot be seen or that reorder a line are escaped. Throws Error(bad_input) on text that is
/// not UTF-8 and on a number that is not finite.
[[nodiscard]] std::string pretty(const Value& value);

/// The same on one line, without blanks and line feed: for streams of values. Throws as pretty
/// does.
[[nodiscard]] std::string one_line(const Value& value);

}  // namespace octroi::json
