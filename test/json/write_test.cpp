// SPDX-License-Identifier: Apache-2.0
#include "json/write.hpp"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "catch.hpp"
#include "json/one_line.hpp"
#include "json/read.hpp"
#include "json/refusal.hpp"

namespace octroi::json {
namespace {

const std::filesystem::path k_folder = std::filesystem::path(OCTROI_VECTORS) / "jcs";

/// A code point in UTF-8 and in UTF-16, the plain way.
std::string utf8(char32_t code) {
  const auto byte = [](char32_t value) { return static_cast<char>(value); };
  if (code < 0x80) return {byte(code)};
  if (code < 0x800) return {byte(0xC0 | code >> 6), byte(0x80 | (code & 0x3F))};
  if (code < 0x10000) {
    return {byte(0xE0 | code >> 12), byte(0x80 | (code >> 6 & 0x3F)), byte(0x80 | (code & 0x3F))};
  }
  return {byte(0xF0 | code >> 18), byte(0x80 | (code >> 12 & 0x3F)),
          byte(0x80 | (code >> 6 & 0x3F)), byte(0x80 | (code & 0x3F))};
}

std::u16string utf16(char32_t code) {
  if (code < 0x10000) return {static_cast<char16_t>(code)};
  const char32_t rest = code - 0x10000;
  return {static_cast<char16_t>(0xD800 + (rest >> 10)),
          static_cast<char16_t>(0xDC00 + (rest & 0x3FF))};
}

std::string refused(const Value& value) {
  return refusal([&value] { (void)canonical(value); });
}

}  // namespace

TEST_CASE("the canonical form of the RFC's examples") {
  if (!std::filesystem::exists(k_folder)) {
    std::cout << "skipped: no vectors\n";
    return;
  }
  for (const char* name : {"arrays", "french", "structures", "unicode", "weird"}) {
    INFO(name);
    std::string input = content_of(k_folder / "input" / (std::string(name) + ".json"));
    const std::string output = content_of(k_folder / "output" / (std::string(name) + ".json"));
    if (const auto at = input.find("56.0"); at != std::string::npos) {
      CHECK(refusal([&] { (void)read(input, name); }) != "accepted");
      input.replace(at, 4, "56");  // the one fraction there, which the profile refuses
    }
    CHECK(canonical(read(input, name)) == output);
  }
  const std::string values = content_of(k_folder / "input" / "values.json");
  REQUIRE_FALSE(values.empty());
  CHECK_THAT(refusal([&] { (void)read(values, "values"); }),
             contains("without fraction or exponent"));
}

TEST_CASE("the canonical form escapes what it must and nothing else") {
  CHECK(canonical("\b\t\n\f\r\"\\/\x01\x1f\x7f\xc2\x80\xe2\x80\xa8") ==
        "\"\\b\\t\\n\\f\\r\\\"\\\\/\\u0001\\u001f\x7f\xc2\x80\xe2\x80\xa8\"");
  CHECK(canonical(std::string("\0", 1)) == "\"\\u0000\"");
  CHECK(canonical(object({{"b", Value::Array{true, false, Value()}}, {"a", Value::Object{}}})) ==
        R"({"a":{},"b":[true,false,null]})");
}

TEST_CASE("members are sorted as UTF-16 would be") {
  std::mt19937 random(11);
  const std::vector<char32_t> codes = {U'a',    0x7F,     0x80,    0x7FF,  0x800,  0xD7FF,
                                       0xE000,  0xEFFF,   0xF000,  0xFB33, 0xFFFF, 0x10000,
                                       0x1F602, 0x10FFFF, 0x20000, 0x40000};
  for (int round = 0; round < 300; ++round) {
    std::vector<std::pair<std::u16string, std::string>> names;
    Value::Object members;
    for (int count = 0; count < 12; ++count) {
      std::pair<std::u16string, std::string> name;
      for (auto length = 1 + random() % 3; length > 0; --length) {
        const char32_t code = codes[random() % codes.size()];
        name.first += utf16(code);
        name.second += utf8(code);
      }
      members.insert_or_assign(name.second, Value(0));
      names.push_back(std::move(name));
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    std::string expected = "{";
    for (const auto& name : names) {
      expected += (expected.size() > 1 ? ",\"" : "\"") + name.second + "\":0";
    }
    CHECK(canonical(members) == expected + "}");
  }
}

TEST_CASE("what has no canonical form is refused") {
  constexpr std::int64_t k_max = (std::int64_t{1} << 53) - 1;
  CHECK(canonical(Value::Array{k_max, -k_max, 0}) == "[9007199254740991,-9007199254740991,0]");
  CHECK(refused(k_max + 1) == "expected an integer of at most 2^53 - 1, got 9007199254740992");
  CHECK(refused(-k_max - 1) != "accepted");
  CHECK(refused(1.0) == "expected an integer, got the number 1");
  CHECK(refused(0.5) != "accepted");
  CHECK_THAT(refused("\xff"), contains("expected text in UTF-8"));
  CHECK_THAT(refused("\xED\xA0\x80"), contains("expected text in UTF-8"));
  CHECK(refused(object({{"\xff", 1}})) != "accepted");
}

TEST_CASE("the form for people has two spaces a level") {
  CHECK(pretty(read(R"({"b":[1,{"c":[]}],"a":{}})", "x")) ==
        "{\n"
        "  \"a\": {},\n"
        "  \"b\": [\n"
        "    1,\n"
        "    {\n"
        "      \"c\": []\n"
        "    }\n"
        "  ]\n"
        "}\n");
  CHECK(pretty(Value()) == "null\n");
}

TEST_CASE("the form for people hides nothing and says the same") {
  const Value value = Value::Array{"\x7f\xc2\x9b\xe2\x80\xae\xd8\x9c\xe2\x81\xa6",
                                   "\xc3\xa9\xe2\x82\xac",
                                   "\xf0\x9f\x98\x82",
                                   1.0,
                                   0.1,
                                   1e300,
                                   -3};
  const std::string text = pretty(value);
  CHECK_THAT(text, contains("\"\\u007f\\u009b\\u202e\\u061c\\u2066\""));
  CHECK_THAT(text, contains("\"\xc3\xa9\xe2\x82\xac\""));
  CHECK_THAT(text, contains(" 1.0,"));
  CHECK(read(text, "x", {.integers_only = false}) == value);
  CHECK(refusal([] { (void)pretty(std::numeric_limits<double>::infinity()); }) ==
        "expected a finite number, got inf");
}

TEST_CASE("a value on one line reads back as the same") {
  const Value value = object({{"a", Value::Array{1, 1.5, -0.0, nullptr, true, "x\n\u202e"}},
                              {"b", object({})},
                              {"c", Value::Array{}}});
  const std::string line = one_line(value);
  CHECK(line == "{\"a\":[1,1.5,-0.0,null,true,\"x\\n\\u202e\"],\"b\":{},\"c\":[]}");
  CHECK_THROWS_AS(one_line(Value(1.0 / 0.0)), Error);
}

TEST_CASE("a text is appended as it stands in a value on one line") {
  for (const char* text : {"", "a", "\"\\/", "x\n\u202e", "é\x7f"}) {
    std::string out = "[";
    append_one_line_text(out, text);
    CHECK(out + "]" == one_line(Value::Array{text}));
  }
  std::string out;
  CHECK_THROWS_AS(append_one_line_text(out, "\xff"), Error);
}

}  // namespace octroi::json
