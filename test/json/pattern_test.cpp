// SPDX-License-Identifier: Apache-2.0
#include "json/pattern.hpp"

#include <random>
#include <regex>

#include "catch.hpp"
#include "json/plain_pattern.hpp"
#include "json/refusal.hpp"
#include "json/run_pattern.hpp"

namespace octroi::json {
namespace {

/// On short texts of a few characters, of which some match.
template <typename Matcher>
void check_agreement(const Matcher& matcher, const char* expression, std::mt19937& random) {
  const std::string alphabet = "aab-/.01Z";
  const std::regex reference(expression);
  int matched = 0;
  for (int round = 0; round < 4000; ++round) {
    std::string text;
    for (auto length = random() % 7; length > 0; --length) {
      text += alphabet[random() % alphabet.size()];
    }
    const bool expected = std::regex_search(text, reference);
    matched += expected ? 1 : 0;
    if (matcher.matches(text) != expected) FAIL(expression << " in " << text);
  }
  INFO(expression);
  CHECK(matched > 0);
}

}  // namespace

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

TEST_CASE("a plain pattern agrees with a search by backtracking, on what nearly matches too") {
  std::mt19937 random(11);
  for (const char* expression :
       {"^[a-z0-9]([a-z0-9.-]{0,3}[a-z0-9])?(/[a-z0-9][a-z0-9._-]{0,2}){0,2}$", "^(a|ab)(b|)+$",
        "^a{2}b{1,}$", "^(?:a|b-)*0$", "^-?[01]+(\\.[01]{1,2})?$", "^(a?b?){0,3}Z$", "^((a|b)+/)*$",
        "^[.-]+$", "^a{0,2}a{0,2}$", "^(ab?){2,3}$", "^(a|b/|)(0|1)$", "^(a*)*b$",
        "^[a-]{0,}\\/$"}) {
    REQUIRE(PlainPattern::compile(expression));
    check_agreement(*PlainPattern::compile(expression), expression, random);
  }
}

TEST_CASE("a pattern of runs agrees with a search by backtracking") {
  std::mt19937 random(12);
  for (const char* expression :
       {"^[a-z][a-z0-9]{0,3}$", "^a{2}b{1,}$", "^a?b?-?$", "^a*b+$", "^[ab]{1,3}-0{0,2}$", "^$",
        "^a{0}b$", "^a{0,2}[/.]{0,1}Z*$", "^a{2,3}b?$"}) {
    const auto runs = RunPattern::compile(expression);
    REQUIRE(runs);
    check_agreement(*runs, expression, random);
  }
}

TEST_CASE("runs that leave a choice, and groups, are left to the automaton") {
  for (const char* expression : {"^a{0,2}a$", "^a*b?a$", "^(a)$", "^[ab]+[bc]$", "^a|b$", "^a"}) {
    INFO(expression);
    CHECK_FALSE(RunPattern::compile(expression));
  }
}

TEST_CASE("what a plain pattern does not know is left to the other matcher") {
  for (const char* expression : {"a",
                                 "^a",
                                 "a$",
                                 "^a|b$",
                                 "^a\\d$",
                                 "^.$",
                                 "^[^a]$",
                                 "^[\\d]$",
                                 "^a+?$",
                                 "^(?=a)$",
                                 "^a{3,2}$",
                                 "^a{,2}$",
                                 "^a{x}$",
                                 "^[b-a]$",
                                 "^[]$",
                                 "^(a$",
                                 "^a)$",
                                 "^*$",
                                 "^a**$",
                                 "^a\\$",
                                 "^\\n$",
                                 "^[a-z]{0,600}$",
                                 "^((((((((((a))))))))))$",
                                 "^a{0}$",
                                 "^((((){500}){500}){500}){500}$",
                                 "^a^$",
                                 "^\xc3\xa9$",
                                 "^a]$",
                                 "^}$"}) {
    INFO(expression);
    CHECK_FALSE(PlainPattern::compile(expression));
  }
}

TEST_CASE("the patterns of the schemas are plain") {
  CHECK(PlainPattern::compile("^[a-z0-9][a-z0-9./_-]{0,383}\\+[0-9a-f]{8}\\+[A-Za-z0-9+/]{44}$"));
  CHECK(PlainPattern::compile("^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"));
  CHECK(PlainPattern::compile("^k4\\.public\\.[A-Za-z0-9_-]{43}$"));
  CHECK(PlainPattern::compile("^https://[a-z0-9][a-z0-9./_-]*/status/[1-9][0-9]{0,5}$"));
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
