// SPDX-License-Identifier: Apache-2.0
#include "json/read.hpp"

#include <random>
#include <string>
#include <vector>

#include "catch.hpp"
#include "json/readers.hpp"
#include "json/refusal.hpp"
#include "json/to_value.hpp"
#include "json/write.hpp"

namespace octroi::json {
namespace {

constexpr ReadLimits k_with_doubles{.integers_only = false};

std::string refused(std::string_view text, const ReadLimits& limits = {}) {
  return refusal([&] { (void)read(text, "request.json", limits); });
}

std::string repeated(std::size_t count, std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < count; ++at) result += text;
  return result;
}

struct Corruption {
  const char* name;
  std::string text;
  std::string refusal;  ///< of which the message must consist, after the file name
};

}  // namespace

TEST_CASE("a document is read as it stands") {
  const Value value = read(R"( {"b": [1, -2, true, null, {}], "a": "\u00e9\ud83d\ude02\n"} )", "x");
  CHECK(value == object({{"a", "\xc3\xa9\xf0\x9f\x98\x82\n"},
                         {"b", Value::Array{1, -2, true, Value(), Value::Object{}}}}));
  CHECK(read("7", "x") == Value(7));
  CHECK(read("-0", "x") == Value(0));
  CHECK(read("[[],[[]]]", "x") ==
        Value::Array{Value::Array{}, Value::Array{Value(Value::Array{})}});
}

TEST_CASE("what is not a document of the profile is refused where it goes wrong") {
  const auto corruption = GENERATE(values<Corruption>({
      {"a name twice", "{\n  \"a\": 1,\n  \"a\": 2\n}",
       "line 3, column 3: the member \"a\" appears twice"},
      {"a name twice, once escaped", R"({"a": 1, "\u0061": 2})",
       "line 1, column 10: the member \"a\" appears twice"},
      {"a name twice that ends in backslashes", R"({"a\\": 1, "a\\": 2})",
       "line 1, column 12: the member \"a\\\" appears twice"},
      {"a name twice that holds quotes", R"({"a\"\\\"b": 1, "a\"\\\"b": 2})",
       "line 1, column 17: the member \"a\"\\\"b\" appears twice"},
      {"a name twice, inside", R"([{"x": {"b": 1, "b": 1}}])",
       "line 1, column 17: the member \"b\" appears twice"},
      {"2^53", "[9007199254740992]",
       "line 1, column 2: expected an integer from -(2^53 - 1) to 2^53 - 1, got a larger one"},
      {"-2^53", "[1,\n -9007199254740992]",
       "line 2, column 2: expected an integer from -(2^53 - 1) to 2^53 - 1, got a larger one"},
      {"2^63", "9223372036854775808",
       "line 1, column 1: expected an integer from -(2^53 - 1) to 2^53 - 1, got a larger one"},
      {"beyond 64 bits", "{\"n\": 123456789012345678901234567890}",
       "line 1, column 7: expected an integer from -(2^53 - 1) to 2^53 - 1, got a larger one"},
      {"fraction", "{\"n\": 1.5}",
       "line 1, column 7: expected an integer without fraction or exponent, got \"1.5\""},
      {"exponent", "[\"\xc3\xa9\", 1e3]",
       "line 1, column 7: expected an integer without fraction or exponent, got \"1e3\""},
      {"byte-order mark", "\xEF\xBB\xBF{}",
       "line 1, column 1: expected JSON without a byte-order mark"},
      {"zero byte after the value", std::string("{}\0{", 4),
       "line 1, column 3: expected text in UTF-8, got a zero byte"},
      {"UTF-16", std::string("{\0}\0", 4),
       "line 1, column 2: expected text in UTF-8, got a zero byte"},
  }));
  INFO(corruption.name);
  CHECK(refused(corruption.text) == "request.json: " + corruption.refusal);
}

TEST_CASE("what is not JSON is refused at its line and column") {
  const auto corruption = GENERATE(values<Corruption>({
      {"comma after the last member", "{\n  \"a\": 1,\n}", "line 3, column 1"},
      {"comma after the last item", "[1,\n2, ]", "line 2, column 4"},
      {"comment", "{ // why\n}", "line 1, column 3"},
      {"hash comment", "# why\n{}", "line 1, column 1"},
      {"single quotes", "{'a': 1}", "line 1, column 2"},
      {"name without quotes", "{a: 1}", "line 1, column 2"},
      {"trailing garbage", "{} x", "line 1, column 4"},
      {"two values", "{} {}", "line 1, column 4"},
      {"nothing", "", "line 1, column 1"},
      {"white space alone", " \n ", "line 2, column 2"},
      {"unclosed", "{\"a\": [1", "line 1, column 9"},
      {"closed by the wrong bracket", "[1}", "line 1, column 3"},
      {"line feed in text", "[\"a\nb\"]", "line 1, column 4"},
      {"escape character in text", "[\"\x1b[31m\"]", "line 1, column 3"},
      {"lone high surrogate", R"(["\ud800"])", "line 1, column 9"},
      {"lone low surrogate", R"(["\udc00"])", "line 1, column 8"},
      {"high surrogate, then no low one", R"(["\ud800\u0041"])", "line 1, column 14"},
      {"surrogate in UTF-8", "[\"\xED\xA0\x80\"]", "line 1, column 4"},
      {"overlong UTF-8", "[\"\xC0\x80\"]", "line 1, column 3"},
      {"UTF-8 cut short", "[\"\xE2\x82\"]", "line 1, column 4"},
      {"beyond U+10FFFF", "[\"\xF4\x90\x80\x80\"]", "line 1, column 4"},
      {"UTF-8 outside text", "[\xC3\xA9]", "line 1, column 2"},
      {"leading zero", "[01]", "line 1, column 2"},
      {"plus sign", "[+1]", "line 1, column 2"},
      {"NaN", "[NaN]", "line 1, column 2"},
      {"Python's True", "[True]", "line 1, column 2"},
  }));
  INFO(corruption.name);
  CHECK_THAT(refused(corruption.text), StartsWith("request.json: " + corruption.refusal));
}

TEST_CASE("frequent slips come with a hint") {
  CHECK_THAT(refused("[1,]"), EndsWith("(no comma after the last one)"));
  CHECK_THAT(refused("{\"a\": 1,\n}"), EndsWith("(no comma after the last one)"));
  CHECK_THAT(refused("[\"it\\'s\"]"), EndsWith("forbidden character after backslash"));
  CHECK_THAT(refused("[1}"), !contains("comma after"));
  CHECK_THAT(refused("{\"a\": 1\n \"b\": 2}"),
             StartsWith("request.json: line 2, column 2: unexpected string literal") &&
                 EndsWith("(is a comma missing before it?)"));
  CHECK_THAT(refused("{} // x"), EndsWith("(JSON has no comments)"));
  CHECK_THAT(refused("['a']"), EndsWith("(text stands in double quotes)"));
}

TEST_CASE("each limit holds at its last value and refuses the next") {
  CHECK(refused(repeated(16, "[") + repeated(16, "]")) == "accepted");
  CHECK(refused(repeated(17, "[") + repeated(17, "]")) ==
        "request.json: line 1, column 17: nested too deep: expected at most 16 levels");
  CHECK(refused(repeated(16, "{\"a\":") + "[" + "]" + repeated(16, "}")) ==
        "request.json: line 1, column 81: nested too deep: expected at most 16 levels");

  const ReadLimits three{.members_max = 3};
  CHECK(refused("[1,2,3]", three) == "accepted");
  CHECK(refused("[1,2,\n3,[]]", three) ==
        "request.json: line 2, column 3: too many: expected at most 3 in one array or object");
  CHECK(refused(R"({"a":[1,2,3],"b":{},"c":0})", three) == "accepted");
  CHECK_THAT(refused(R"({"a":1,"b":2,"c":3,"d":4})", three), contains("too many"));
  CHECK_THAT(refused("[[],[],[],[]]", three), contains("too many"));

  const ReadLimits six_bytes{.bytes_max = 6};
  CHECK(refused("[1234]", six_bytes) == "accepted");
  CHECK(refused("[1234] ", six_bytes) == "request.json: expected at most 6 bytes, got 7");

  CHECK(refused("[9007199254740991, -9007199254740991]") == "accepted");
}

TEST_CASE("hostile sizes are refused by a limit, not by a crash") {
  const std::size_t megabyte = limits::k_document_bytes_max;
  CHECK_THAT(refused(std::string(megabyte, '[')), contains("nested too deep"));
  CHECK_THAT(refused(repeated(megabyte / 5, "{\"a\":")), contains("nested too deep"));
  CHECK_THAT(refused("[" + repeated(500'000, "1,") + "1]"), contains("too many"));
  CHECK_THAT(refused("[" + std::string(megabyte - 2, '1')), contains("integer"));
  CHECK_THAT(refused("[\"" + std::string(megabyte - 2, 'a')), contains("column 1048577"));
  CHECK_THAT(refused(std::string(megabyte + 1, ' ')), contains("expected at most"));
  CHECK(refused("{\"" + std::string(1000, 'a') + "\":1,\"" + std::string(1000, 'a') + "\":1}")
            .size() < 200);
}

TEST_CASE("with doubles allowed, an integer that fits 64 bits stays one") {
  const auto one = [](std::string_view text) { return read(text, "x", k_with_doubles); };
  CHECK(one("9223372036854775807") == Value(std::int64_t{9223372036854775807}));
  CHECK(one("9223372036854775808") == Value(9223372036854775808.0));
  CHECK(one("-9223372036854775808").kind() == Kind::integer);
  CHECK(one("-9223372036854775809").kind() == Kind::number);
  CHECK(one("1.0") == Value(1.0));
  CHECK(one("0e5") == Value(0.0));
  CHECK(one("-1.5e-3") == Value(-0.0015));
}

TEST_CASE("a double that would become infinite or zero is refused") {
  CHECK(refused("[1, 1e400]", k_with_doubles) ==
        "request.json: line 1, column 5: expected a number of the range of a double, got a larger "
        "one");
  CHECK(
      refused("1e-400", k_with_doubles) ==
      "request.json: line 1, column 1: expected a number of the range of a double, got one nearer "
      "to 0");
}

TEST_CASE("what a message quotes is printable") {
  const std::string message = refusal(
      [] { (void)read("{\"\\u001b[31m\": 1, \"\\u001b[31m\": 2}", "request\x1b[2J.json"); });
  CHECK_THAT(message, contains("appears twice"));
  CHECK(message.find('\x1b') == std::string::npos);
  CHECK(refused("[\x1b]").find('\x1b') == std::string::npos);
}

TEST_CASE("whatever one byte becomes, the text is refused or has a canonical form") {
  const std::string text = R"({"a":[1,-2,{"b":"\u00e9\ud83d\ude02 \\ \""}],"c":null,"d":true})";
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (const char byte : std::string("\0\"\\[]{}:,0-.eu \n\x1b\x80\xED\xFF", 20)) {
      std::string changed = text;
      changed[at] = byte;
      INFO(at << ": " << changed);
      const bool is_for_readers = changed.find('\0') == changed.npos;
      const auto quick = is_for_readers ? read_fast(changed, {}) : std::nullopt;
      const std::string message = refused(changed);
      CHECK(quick.has_value() == (message == "accepted"));
      if (message != "accepted") {
        CHECK_THAT(message, StartsWith("request.json: line "));
        continue;
      }
      const Value value = read(changed, "x");
      CHECK(read(canonical(value), "canonical") == value);
    }
  }
}

TEST_CASE("a control character is refused wherever it stands in a text or a name") {
  for (const std::string before : {"", "\\n"}) {
    for (std::size_t at = 0; at < 70; ++at) {
      for (char control = 0x01; control < 0x20; ++control) {
        const std::string text = before + std::string(at, 'a') + control + std::string(40, 'b');
        INFO(int{control} << " at " << at);
        CHECK_FALSE(read_fast("[\"" + text + "\"]", {}));
        CHECK_FALSE(read_fast("{\"" + text + "\":1}", {}));
      }
    }
  }
}

TEST_CASE("all readers read the same, and the quick ones take nothing that the slow one refuses") {
  const std::vector<std::string> pieces = {"{",
                                           "}",
                                           "[",
                                           "]",
                                           ",",
                                           ":",
                                           " ",
                                           "\n",
                                           "\"a\"",
                                           "\"b\":",
                                           "\"\\ud83d\\ude02\"",
                                           "\"\\udc00\"",
                                           "\"\\ud800\"",
                                           "\"\\u0000\"",
                                           "\"\xc3\xa9\"",
                                           "\"\xed\xa0\x80\"",
                                           "\"\xed\x9f\xbf\"",
                                           "\"\xff\"",
                                           "true",
                                           "null",
                                           "0",
                                           "-0",
                                           "01",
                                           "-",
                                           "9007199254740991",
                                           "9007199254740992",
                                           "1.0",
                                           "1e5",
                                           "18446744073709551615",
                                           "18446744073709551616",
                                           "\"\\",
                                           "//"};
  std::mt19937 random(3);
  const ReadLimits small{.depth_max = 3, .members_max = 3};
  Tape tape;
  int read_by_quick = 0;
  int read_by_tape = 0;
  for (int round = 0; round < 60'000; ++round) {
    std::string text;
    for (auto length = 1 + random() % 9; length > 0; --length) {
      text += pieces[random() % pieces.size()];
    }
    const auto quick = read_fast(text, small);
    const bool is_plain = tape.read(text, small);
    INFO(text);
    if (!quick && !is_plain) continue;
    const Value value = read_with_reasons(text, "x", small);
    if (quick) REQUIRE(*quick == value);
    if (is_plain) REQUIRE(to_value(tape.root()) == value);
    read_by_quick += quick ? 1 : 0;
    read_by_tape += is_plain ? 1 : 0;
  }
  CHECK(read_by_quick > 500);
  CHECK(read_by_tape > 300);
}

}  // namespace octroi::json
