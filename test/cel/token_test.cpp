// SPDX-License-Identifier: Apache-2.0
#include "cel/token.hpp"

#include <string>

#include "catch.hpp"

using namespace octroi::cel;

namespace {

/// The tokens with a bar between them, or the problem with its place.
std::string lexed(std::string_view source) {
  const auto result = tokens_of(source);
  if (const auto* problem = std::get_if<Problem>(&result)) {
    return std::to_string(problem->line) + ":" + std::to_string(problem->column) + " " +
           problem->message;
  }
  std::string text;
  for (const Token& token : std::get<std::vector<Token>>(result))
    text += std::string(token.text) + "|";
  return text;
}

TokenKind first_kind(std::string_view source) {
  return std::get<std::vector<Token>>(tokens_of(source)).front().kind;
}

}  // namespace

TEST_CASE("tokens are split without white space and comments") {
  CHECK(lexed("a.b&&c") == "a|.|b|&&|c||");
  CHECK(lexed(" a // the rest\n<= 1\t") == "a|<=|1||");
  CHECK(lexed("// nothing") == "|");
  CHECK(lexed("!!a?b:c") == "!|!|a|?|b|:|c||");
  CHECK(lexed("1..2") == "1|.|.2||");
  CHECK(lexed("a.`b-c/d e.f`") == "a|.|b-c/d e.f||");
  CHECK(lexed("br'x'+R\"y\"+rb") == "br'x'|+|R\"y\"|+|rb||");
  CHECK(lexed("'a\\'b' '''c'd\n''' \"\"") == "'a\\'b'|'''c'd\n'''|\"\"||");
}

TEST_CASE("numbers are told apart") {
  CHECK(first_kind("12") == TokenKind::integer);
  CHECK(first_kind("0xfF") == TokenKind::integer);
  CHECK(first_kind("12u") == TokenKind::unsigned_integer);
  CHECK(first_kind("0xfFU") == TokenKind::unsigned_integer);
  CHECK(first_kind("1.5") == TokenKind::floating);
  CHECK(first_kind(".5e-3") == TokenKind::floating);
  CHECK(first_kind("1e9") == TokenKind::floating);
  CHECK(first_kind("b''") == TokenKind::bytes);
  CHECK(first_kind("b") == TokenKind::word);
}

TEST_CASE("what is no token is named with its place") {
  struct Row {
    const char* source;
    const char* expected;
  };
  const Row rows[] = {
      {"a = b", "1:3 expected ==, got a single ="},
      {"a & b", "1:3 expected &&, got a single &"},
      {"a\n | b", "2:2 expected ||, got a single |"},
      {"a # b", "1:3 expected an expression, got \"#\""},
      {"'open", "1:1 expected a closing quote for the text that starts here"},
      {"x + 'line\nend'", "1:5 expected a closing quote for the text that starts here"},
      {"'open\\", "1:1 expected a closing quote for the text that starts here"},
      {"'''open''", "1:1 expected a closing quote for the text that starts here"},
      {"12x", "1:1 expected a number, got more letters after it"},
      {"0x", "1:1 expected a number, got more letters after it"},
      {"1.5u", "1:1 expected a number, got more letters after it"},
      {"a.`b*c`", "1:3 expected a field name in backticks"},
      {"a.``", "1:3 expected a field name in backticks"},
      {"é", "1:1 expected an expression, got \"é\""},
  };
  for (const Row& row : rows) {
    INFO(row.source);
    CHECK(lexed(row.source) == row.expected);
  }
}
