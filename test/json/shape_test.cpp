// SPDX-License-Identifier: Apache-2.0
#include "json/shape.hpp"

#include <functional>
#include <string>

#include "catch.hpp"
#include "json/pattern.hpp"
#include "json/pattern_states.hpp"
#include "json/read.hpp"
#include "json/readers.hpp"
#include "json/refusal.hpp"
#include "json/shape_writer.hpp"
#include "json/tape.hpp"
#include "json/to_value.hpp"

namespace octroi::json {
namespace {

bool matches(const PatternStates& states, std::string_view text) {
  std::size_t state = states.start;
  for (const char byte : text) {
    state = states.next[state * states.classes + states.class_of[static_cast<unsigned char>(byte)]];
  }
  return state >= states.first_match;
}

std::string refused(const char* schema) {
  return refusal([&] { static_cast<void>(shape_in_cpp(read(schema, "schema"), "shape")); });
}

}  // namespace

TEST_CASE("states match what their pattern matches") {
  const std::string texts = "a.b9-/:zA\xc3\xa9 ";
  for (const char* expression :
       {"^[a-z0-9]([a-z0-9.-]{0,5}[a-z0-9])?(/[a-z0-9][a-z0-9._-]{0,3}){0,2}$", "^[ab]{2,4}$", "^$",
        "^a*$", "^(?:a|b9|a/)+z?$", "^[a-z]{1,3}:[A-Za-z0-9][A-Za-z0-9:._-]{0,3}$"}) {
    const Pattern pattern(expression);
    const auto plain = PlainPattern::compile(expression);
    REQUIRE(plain);
    const auto states = states_of(*plain);
    REQUIRE(states);
    std::size_t matching = 0;
    const std::function<void(std::string)> try_all = [&](std::string text) {
      const bool is_match = pattern.matches(text);
      matching += is_match ? 1U : 0U;
      if (matches(*states, text) != is_match) FAIL(expression << " of " << text);
      if (text.size() == 5) return;
      for (const char next : texts) try_all(text + next);
    };
    try_all("");
    CHECK(matching > 0);
  }
}

TEST_CASE("a tape holds what a plain text says, and gives up at any other") {
  const auto is_plain = [](std::string_view text) {
    Tape tape;
    if (!tape.read(text)) return false;
    const Value value = read_with_reasons(text, "text", {});
    CHECK(to_value(tape.root()) == value);
    return true;
  };
  for (const char* text :
       {"{}", "[]", "0", "-1", "true", "false", "null", "\"\"", R"({"a":1,"b":[true,{"c":"é"}]})",
        " { \"b\" : [ ] ,\n\t\"a\" : { } } \r\n", "[123456789012345]", R"([{"b":0,"a":1,"aa":2}])",
        R"([[],[[]],"x"])"}) {
    INFO(text);
    CHECK(is_plain(text));
  }
  for (const char* text : {"",
                           " ",
                           "{",
                           "[1",
                           "[1,]",
                           "{\"a\"}",
                           "{\"a\":}",
                           "{\"a\":1,}",
                           "{\"a\":1 \"b\":2}",
                           "01",
                           "-0",
                           "1.0",
                           "1e2",
                           "-",
                           "+1",
                           "1234567890123456",
                           "\"\\n\"",
                           "\"a",
                           "\"a\nb\"",
                           "tru",
                           "nulls",
                           "{} {}",
                           R"({"a":1,"a":2})",
                           R"({"b":1,"a":2,"b":3})",
                           R"({"b":1,"a":2,"a":3})",
                           "\"\xff\"",
                           "\xef\xbb\xbf{}",
                           "\"\xed\xa0\x80\"",
                           "'a'",
                           "[1]x",
                           "{a:1}",
                           "NaN"}) {
    INFO(text);
    CHECK_FALSE(is_plain(text));
  }
  CHECK_FALSE(is_plain(std::string_view("\"a\0b\"", 5)));
  CHECK_FALSE(is_plain(std::string_view("{}\0", 3)));
  CHECK(is_plain(std::string(16, '[') + std::string(16, ']')));
  CHECK_FALSE(is_plain(std::string(17, '[') + std::string(17, ']')));
  Tape tape;
  CHECK_FALSE(tape.read("[1,2,3]", {.members_max = 2}));
  CHECK_FALSE(tape.read(R"({"a":1,"b":2,"c":3})", {.members_max = 2}));
  CHECK_FALSE(tape.read("[1,2]", {.bytes_max = 4}));
}

TEST_CASE("a schema that asks for more than a shape can say has none") {
  CHECK(refused(R"({"type": "string", "pattern": "^a+$"})") == "accepted");
  for (const char* schema :
       {R"({"minimum": 1})", R"({"type": "number"})", R"({"type": "integer", "multipleOf": 2})",
        R"({"type": "integer", "exclusiveMinimum": 2})",
        R"({"type": "string", "oneOf": [{"type": "string"}]})",
        R"({"type": "string", "not": {"const": "a"}})",
        R"({"type": ["string", "null"], "enum": ["a"]})",
        R"({"type": "array", "items": [{"type": "string"}]})",
        R"({"type": "array", "contains": {"type": "string"}})",
        R"({"type": "array", "uniqueItems": true})",
        R"({"type": "array", "uniqueItems": true, "items": {"type": "integer"}})",
        R"({"type": "object", "required": ["a"], "additionalProperties": false})",
        R"({"type": "object", "patternProperties": {"^a$": {"type": "string"}}})",
        R"({"type": "object", "properties": {"a": false}})", R"({"enum": [1]})",
        R"({"type": "string", "pattern": "a"})", R"({"enum": ["a\"b"]})"}) {
    INFO(schema);
    CHECK(refused(schema).find("a shape cannot say") != std::string::npos);
  }
}

}  // namespace octroi::json
