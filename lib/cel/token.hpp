// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>
#include <variant>
#include <vector>

#include "cel/problem.hpp"

namespace octroi::cel {

enum class TokenKind {
  end,
  word,         ///< an identifier, reserved word or literal word (true, false, null, in)
  quoted_word,  ///< `a field name` in backticks, which may hold more than letters
  integer,
  unsigned_integer,
  floating,
  string,
  bytes,
  sign,  ///< an operator or bracket
};

/// A piece of a source, borrowed from it.
struct Token {
  TokenKind kind = TokenKind::end;
  std::string_view text;
  std::size_t offset = 0;

  [[nodiscard]] bool is(std::string_view sign_or_word) const {
    return (kind == TokenKind::sign || kind == TokenKind::word) && text == sign_or_word;
  }
};

/// The tokens of a source without white space and comments, the last of kind `end`; or the first
/// thing that is no token.
[[nodiscard]] std::variant<std::vector<Token>, Problem> tokens_of(std::string_view source);

}  // namespace octroi::cel
