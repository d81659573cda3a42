// SPDX-License-Identifier: Apache-2.0
#include "json/pattern.hpp"

#include <random>
#include <regex>

#include "catch.hpp"
#include "json/refusal.hpp"

namespace octroi::json {

TEST_CASE("a pattern is found anywhere unless it is anchored") {
  CHECK(Pattern("a+").matches("xxaayy"));
  CHECK_FALSE(Pattern("^a+").matches("xaa"));
  CHECK_FALSE(Pattern("^a+$").matches("aa\n"));
  CHECK(Pattern("^a|b$").matches("ac"));
  CHECK(Pattern("^a|b$").matches("cb"));
  CHECK_FALSE(Pattern("^a|b$").matches("bca"));
  CHECK(Pattern("").matches(""));
  CHECK(Pattern("^\\S+$").matches("\xc3\xa9t\xc3\xa9"));
  CHECK(Pattern("b").matches(std::string_view("a\0b", 3)));
  CHECK(Pattern("b").matches("a\n\r\xff\nb"));
}

TEST_CASE("a pattern agrees with a search by backtracking") {
  std::mt19937 random(7);
  for (const char* expression : {"^[a-c]+(-[a-c]+)*$", "a{2,3}b?$", "(a|bc)+-", "^(?:a|-)*c\\b",
                                 "\\bb\\b", "[^ab]-.", "^$"}) {
    const Pattern pattern(expression);
    const std::regex reference(expression);
    for (int round = 0; round < 500; ++round) {
      std::string text;
      for (auto length = random() % 9; length > 0; --length) text += "abc-\n"[random() % 5];
      INFO(expression << " in " << text);
      CHECK(pattern.matches(text) == std::regex_search(text, reference));
    }
  }
}

TEST_CASE("an expression that would backtrack for ever answers at once") {
  const std::string text = std::string(Pattern::k_text_bytes_max - 1, 'a') + "!";
  CHECK_FALSE(Pattern("^(a+)+$").matches(text));
  CHECK_FALSE(Pattern("(a|aa)+$").matches(text));
  CHECK_FALSE(Pattern("a*b").matches(text));
}

TEST_CASE("an expression that is wrong or beyond the syntax is refused") {
  const auto refused = [](const char* expression) {
    return refusal([expression] { (void)Pattern(expression); });
  };
  CHECK_THAT(refused("["), contains("expected a regular expression, got \"[\""));
  CHECK(refused("a)(b") != "accepted");
  CHECK(refused("a{2") != "accepted");
  CHECK(refused("a\\") != "accepted");
  CHECK(refused("(a)\\1") != "accepted");
  CHECK_THAT(refused("(?=a)b"), contains("without look-ahead"));
  CHECK_THAT(refused("(?!a)b"), contains("without look-ahead"));
  CHECK_THAT(refused("\xc3\xa9"), contains("in ASCII"));
}

}  // namespace octroi::json
