// SPDX-License-Identifier: Apache-2.0
#include "json/schema.hpp"

#include <random>
#include <string>
#include <vector>

#include "catch.hpp"
#include "json/compare.hpp"
#include "json/pattern.hpp"
#include "json/read.hpp"
#include "json/refusal.hpp"

namespace octroi::json {
namespace {

/// The faults of a document, one a line: "POINTER: found X, expected Y".
std::string faults_of(std::string_view schema, const Value& document) {
  std::string lines;
  for (const Fault& fault : Schema::compile(read(schema, "schema"), "schema").validate(document)) {
    if (!lines.empty()) lines += '\n';
    lines += fault.pointer + ": found " + fault.found + ", expected " + fault.expected;
  }
  return lines;
}

std::string faults(std::string_view schema, std::string_view document) {
  return faults_of(schema, read(document, "document", {.integers_only = false}));
}

constexpr std::string_view k_request = R"({
  "type": "object",
  "required": ["format", "title", "purposes"],
  "additionalProperties": false,
  "properties": {
    "format": {"const": "octroi/request"},
    "title": {"type": "string", "minLength": 1, "maxLength": 8},
    "purposes": {"type": "array", "minItems": 1, "uniqueItems": true,
                 "items": {"$ref": "#/definitions/purpose"}},
    "extent": {"enum": ["extract", "sample", "whole"]},
    "from": {"type": "string", "format": "date"},
    "years": {"type": "integer", "minimum": 1, "maximum": 10}
  },
  "definitions": {
    "purpose": {"type": "string", "pattern": "^[A-Z]{3}$", "examples": ["GRU"]}
  }
})";

struct Case {
  const char* schema;
  const char* document;
  const char* faults;
};

}  // namespace

TEST_CASE("a valid document has no faults") {
  CHECK(faults(k_request, R"({"format": "octroi/request", "title": "\u00e9\u00e9\u00e9\u00e9\u00e9",
    "purposes": ["GRU", "HMB"], "extent": "sample", "from": "2021-02-19", "years": 10})") == "");
}

TEST_CASE("all faults are reported at once, in document order, with pointers") {
  CHECK(faults(k_request, R"({
          "format": "octroi/requests", "purpose": [], "extent": "Whole", "from": "2021-02-30",
          "purposes": ["GRU", "gru", 7, "GRU"], "years": 11})") ==
        ": found nothing, expected the member \"title\"\n"
        "/extent: found \"Whole\", expected one of \"extract\", \"sample\", \"whole\" (did you "
        "mean \"whole\"?)\n"
        "/format: found \"octroi/requests\", expected \"octroi/request\" (did you mean "
        "\"octroi/request\"?)\n"
        "/from: found \"2021-02-30\", expected a date YYYY-MM-DD\n"
        "/purpose: found an empty list, expected nothing: unknown member\n"
        "/purposes/1: found \"gru\", expected text that matches the pattern ^[A-Z]{3}$, such as "
        "\"GRU\"\n"
        "/purposes/2: found 7, expected text in double quotes\n"
        "/purposes/3: found \"GRU\", expected each item once: it repeats item 0\n"
        "/years: found 11, expected a number of at most 10");
}

TEST_CASE("items come in the order of their numbers, not of their digits") {
  Value list = Value::Array(11, Value(1));
  list.as_array()[2] = "two";
  list.as_array()[10] = "ten";
  CHECK(faults_of(R"({"items": {"type": "integer"}})", list) ==
        "/2: found \"two\", expected a whole number\n"
        "/10: found \"ten\", expected a whole number");
}

TEST_CASE("each keyword says in words what it expected") {
  const auto wrong = GENERATE(values<Case>({
      {R"({"type": "string"})", "null", ": found null, expected text in double quotes"},
      {R"({"type": ["object", "array", "null"]})", "true",
       ": found true, expected an object { }, a list [ ] or null"},
      {R"({"type": "integer"})", "1.0", ": found 1, expected a whole number"},
      {R"({"type": "number"})", "\"1\"", ": found \"1\", expected a number"},
      {R"({"const": 3})", "4", ": found 4, expected 3"},
      {R"({"enum": [1, null, {"a": 1}]})", "[1]",
       ": found a list of 1 item, expected one of 1, null, an object of 1 member"},
      {R"({"minimum": 3})", "2", ": found 2, expected a number of at least 3"},
      {R"({"exclusiveMinimum": 3})", "3", ": found 3, expected a number above 3"},
      {R"({"maximum": 3})", "3.5", ": found 3.5, expected a number of at most 3"},
      {R"({"exclusiveMaximum": 3})", "3", ": found 3, expected a number below 3"},
      {R"({"multipleOf": 5})", "7", ": found 7, expected a multiple of 5"},
      {R"({"minLength": 1})", "\"\"", ": found \"\", expected text that is not empty"},
      {R"({"minLength": 3})", R"("\u00e9\u00e9")",
       ": found \"\xc3\xa9\xc3\xa9\", expected text of at least 3 characters"},
      {R"({"maxLength": 1})", "\"ab\"",
       ": found \"ab\", expected text of at most 1 character, not 2"},
      {R"({"format": "date"})", "\"19/02/2021\"",
       ": found \"19/02/2021\", expected a date YYYY-MM-DD"},
      {R"({"format": "date-time"})", "\"2021-02-19\"",
       ": found \"2021-02-19\", expected a time YYYY-MM-DDThh:mm:ssZ"},
      {R"({"minItems": 2})", "[1]", ": found a list of 1 item, expected at least 2 items"},
      {R"({"maxItems": 1})", "[1, 2]", ": found a list of 2 items, expected at most 1 item"},
      {R"({"items": [true], "additionalItems": false})", "[1, 2]", "/1: found 2, expected nothing"},
      {R"({"contains": {"type": "null"}})", "[]",
       ": found an empty list, expected a list with at least one item that is null"},
      {R"({"minProperties": 1})", "{}", ": found an empty object, expected at least 1 member"},
      {R"({"maxProperties": 1})", R"({"a": 1, "b": 2})",
       ": found an object of 2 members, expected at most 1 member"},
      {R"({"propertyNames": {"maxLength": 2}})", R"({"abc": 1})",
       "/abc: found \"abc\", expected as the name of a member: text of at most 2 characters, not "
       "3"},
      {R"({"patternProperties": {"^n_": {"type": "integer"}}})", R"({"n_x": "1", "x": "1"})",
       "/n_x: found \"1\", expected a whole number"},
      {R"({"additionalProperties": {"type": "integer"}})", R"({"a/b~c": "1"})",
       "/a~1b~0c: found \"1\", expected a whole number"},
      {R"({"not": {"required": ["a", "b"]}})", R"({"a": 1, "b": 2})",
       ": found an object of 2 members, expected anything but an object with \"a\", \"b\""},
      {R"({"if": {"required": ["a"]}, "then": {"required": ["b"]}})", R"({"a": 1})",
       ": found nothing, expected the member \"b\""},
      {R"({"if": {"required": ["a"]}, "else": {"required": ["b"]}})", "{}",
       ": found nothing, expected the member \"b\""},
      {"false", "1", ": found 1, expected nothing"},
  }));
  INFO(wrong.schema);
  CHECK(faults(wrong.schema, wrong.document) == wrong.faults);
}

TEST_CASE("an unknown member is told the nearest name that is not there yet") {
  constexpr std::string_view schema =
      R"({"properties": {"purposes": true, "purpose": true}, "additionalProperties": false})";
  CHECK(faults(schema, R"({"purposse": 1})") ==
        "/purposse: found 1, expected nothing: unknown member (did you mean \"purpose\"?)");
  CHECK(faults(schema, R"({"purposse": 1, "purpose": 2})") ==
        "/purposse: found 1, expected nothing: unknown member (did you mean \"purposes\"?)");
  CHECK(faults(schema, R"({"colour": 1})") == "/colour: found 1, expected nothing: unknown member");
}

TEST_CASE("of many choices the first are shown, and the nearest of all") {
  Value choices;
  for (int number = 10; number < 60; ++number) choices.push("code-" + std::to_string(number));
  const Schema schema = Schema::compile(object({{"enum", choices}}), "schema");
  const std::vector<Fault> found = schema.validate("code_57");
  REQUIRE(found.size() == 1);
  CHECK_THAT(found[0].expected, StartsWith("one of \"code-10\", \"code-11\", "));
  CHECK_THAT(found[0].expected, EndsWith(" and 38 more (did you mean \"code-57\"?)"));
}

TEST_CASE("of alternatives the nearest one speaks") {
  constexpr std::string_view by_constant = R"({"oneOf": [
    {"type": "object", "required": ["kind", "days"],
     "properties": {"kind": {"const": "period"}, "days": {"type": "integer"}}},
    {"type": "object", "required": ["kind", "until"],
     "properties": {"kind": {"const": "date"}, "until": {"type": "string", "format": "date"}}},
    {"type": "null"}]})";
  const auto wrong = GENERATE_COPY(values<Case>({
      {by_constant.data(), R"({"kind": "date", "until": 3})",
       "/until: found 3, expected text in double quotes"},
      {by_constant.data(), R"({"kind": "period"})",
       ": found nothing, expected the member \"days\""},
      {by_constant.data(), R"({"kind": "dates"})",
       "/kind: found \"dates\", expected \"period\" or \"date\" (did you mean \"date\"?)"},
      {by_constant.data(), "7", ": found 7, expected an object { } or null"},
      {by_constant.data(), "{}",
       ": found nothing, expected the member \"kind\"\n"
       ": found nothing, expected the member \"days\""},
      {R"({"anyOf": [{"required": ["a"]}, {"required": ["b"]}]})", "{}",
       ": found nothing, expected the member \"a\" or the member \"b\""},
      {R"({"anyOf": [{"const": "none"}, {"type": "object", "required": ["a", "b"]}]})", "{}",
       ": found nothing, expected the member \"a\"\n: found nothing, expected the member \"b\""},
      {R"({"anyOf": [{"properties": {"a": {"type": "null"}}},
                     {"properties": {"b": {"type": "string"}}}]})",
       R"({"a": 1, "b": 2})", "/a: found 1, expected null"},
      {R"({"anyOf": [{"const": "none"}, {"type": "string", "format": "date"}]})", "\"soon\"",
       ": found \"soon\", expected \"none\" or a date YYYY-MM-DD"},
      {R"({"anyOf": [{"type": "array", "items": {"type": "integer"}}, {"type": "integer"}]})",
       "[1, \"2\", \"3\"]",
       "/1: found \"2\", expected a whole number\n/2: found \"3\", expected a whole number"},
      {R"({"oneOf": [{"title": "a small number", "maximum": 9}, {"type": "integer"}]})", "3",
       ": found 3, expected exactly one of these, not 2: a small number; a whole number"},
      {R"({"items": {"anyOf": [{"type": "null"}, {"type": "boolean"}]}})", "[null, 1]",
       "/1: found 1, expected null or true or false"},
  }));
  INFO(wrong.document);
  CHECK(faults(wrong.schema, wrong.document) == wrong.faults);
}

TEST_CASE("the same fault by two ways is told once") {
  CHECK(faults(R"({"allOf": [{"type": "string"}, {"type": "string"}]})", "1") ==
        ": found 1, expected text in double quotes");
}

TEST_CASE("a repeated item is found as comparing every pair would") {
  std::mt19937 random(5);
  const Schema schema = Schema::compile(object({{"uniqueItems", true}}), "schema");
  const std::vector<Value> stock = {1,
                                    1.0,
                                    0,
                                    false,
                                    Value(),
                                    "1",
                                    "",
                                    "a",
                                    2.5,
                                    -1,
                                    true,
                                    Value::Array{1},
                                    object({{"a", 1}}),
                                    object({{"a", 1.0}})};
  for (int round = 0; round < 300; ++round) {
    Value::Array items;
    for (auto length = random() % 60; length > 0; --length) {
      items.push_back(stock[random() % stock.size()]);
    }
    std::vector<std::string> expected;
    for (std::size_t right = 0; right < items.size(); ++right) {
      for (std::size_t left = 0; left < right; ++left) {
        if (compare(items[left], items[right]) != 0) continue;
        expected.push_back("/" + std::to_string(right));
        break;
      }
    }
    std::vector<std::string> found;
    for (const Fault& fault : schema.validate(items)) found.push_back(fault.pointer);
    CHECK(found == expected);
  }
}

TEST_CASE("a hostile document costs no more than its size allows") {
  const Schema schema = Schema::compile(read(R"({"uniqueItems": true, "items": {"maxLength": 9,
    "pattern": "^(a+)+$"}, "additionalProperties": false, "properties": {"title": true}})",
                                             "schema"),
                                        "schema");
  CHECK(schema.validate(Value::Array(10'000, Value("a"))).size() == 9'999);
  const std::string text(Pattern::k_text_bytes_max + 1, 'a');
  CHECK(schema.validate(Value::Array{Value(text)}).at(1).expected == "text of at most 65536 bytes");
  Value::Object members;
  for (int number = 0; number < 10'000; ++number) members["titel" + std::to_string(number)] = 1;
  CHECK(schema.validate(members).size() == 10'000);
}

TEST_CASE("a member name too long for a pattern does not slip through") {
  const std::string name(Pattern::k_text_bytes_max + 1, 'a');
  const Schema schema =
      Schema::compile(read(R"({"patternProperties": {"a": false}})", "schema"), "schema");
  CHECK(schema.validate(object({{name, 1}})).size() == 1);
}

TEST_CASE("what is asked of a valid document comes in one error, a line each, safe to show") {
  const Schema schema = Schema::compile(read(k_request, "schema"), "schema");
  require_valid(schema,
                read(R"({"format": "octroi/request", "title": "a", "purposes": ["GRU"]})", "x"),
                "a.json");
  const Value hostile = object({{"format", "octroi/request"},
                                {"title", "\x1b[31m\xe2\x80\xae"},
                                {"purposes", Value::Array{"GRU"}},
                                {"extent", "\x1b[2J"},
                                {"\x1b]0;x\x07", 1}});
  const std::string message = refusal([&] { require_valid(schema, hostile, "request\x1b.json"); });
  CHECK_THAT(message, contains(".json: /extent: found "));
  CHECK_THAT(message, contains("expected one of \"extract\", \"sample\", \"whole\""));
  CHECK_THAT(message, contains("expected nothing: unknown member"));
  CHECK(message.find('\x1b') == std::string::npos);
  CHECK(message.find('\x07') == std::string::npos);
  CHECK(message.find("\xe2\x80\xae") == std::string::npos);
}

TEST_CASE("faults of the document itself are told without a pointer, and a flood of faults ends") {
  const Schema schema = Schema::compile(read(R"({"items": {"type": "null"}})", "schema"), "schema");
  const Schema object_schema = Schema::compile(read(R"({"type": "object"})", "schema"), "schema");
  CHECK(refusal([&] { require_valid(object_schema, 1, "a.json"); }) ==
        "a.json: found 1, expected an object { }");
  const std::string message =
      refusal([&] { require_valid(schema, Value::Array(2'000, Value(1)), "a.json"); });
  CHECK_THAT(message, EndsWith("\na.json: and 1900 more faults"));
}

}  // namespace octroi::json
