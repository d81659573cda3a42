// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "json/value.hpp"

namespace octroi::json {

/// The canonical form: no white space, members sorted by UTF-16 code units, shortest escapes.
/// Numbers must be integers with |n| <= 2^53 - 1; another number throws Error(bad_input).
/// Source: RFC 8785.
[[nodiscard]] std::string canonical(const Value& value);

/// The same value for people: two spaces a level, a line feed at the end.
[[nodiscard]] std::string pretty(const Value& value);

}  // namespace octroi::json
