// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "cel/token.hpp"
#include "cel/value.hpp"

namespace octroi::cel {

/// Why a literal has no value, and where in its text.
struct LiteralFault {
  std::size_t offset = 0;
  std::string message;
};

using LiteralValue = std::variant<Value, LiteralFault>;

/// The value of a number, string or bytes token; `is_negative` where a minus stands before it,
/// which an int needs to know: its range is not symmetric.
/// Source: cel-spec, doc/langdef.md, "Syntax" and "String and Bytes Values".
[[nodiscard]] LiteralValue value_of(const Token& token, bool is_negative);

/// The double that a decimal number is nearest to: 0 when it is too small, nothing when it is too
/// large or no number. Accepts a sign.
[[nodiscard]] std::optional<double> parse_floating(std::string_view text);

/// Appends a Unicode code point as UTF-8.
void append_utf8(std::string& text, char32_t code_point);

}  // namespace octroi::cel
