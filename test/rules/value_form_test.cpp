// SPDX-License-Identifier: Apache-2.0
#include "rules/value_form.hpp"

#include "catch.hpp"
#include "json/read.hpp"
#include "json/schema.hpp"
#include "json/write.hpp"
#include "model/document.hpp"
#include "rules/expression.hpp"
#include "support/refusal.hpp"

using namespace octroi;
using namespace octroi::rules;
using test::contains;

namespace {

std::string answer_of(const std::string& line) {
  return json::one_line(answer_line(line));
}

/// The answer to an expression with one variable `x`.
std::string answer_with(const std::string& value, const std::string& expression = "x") {
  return answer_of(R"({"expr":")" + expression + R"(","bindings":{"x":{"value":)" + value + "}}}");
}

}  // namespace

TEST_CASE("a value is written as it was read") {
  for (
      const char* value :
      {R"({"nullValue":null})", R"({"boolValue":true})", R"({"int64Value":"-9223372036854775808"})",
       R"({"uint64Value":"18446744073709551615"})", R"({"doubleValue":-0.0})",
       R"({"doubleValue":"NaN"})", R"({"doubleValue":"-Infinity"})", R"({"doubleValue":5e-324})",
       R"({"stringValue":"é\u0000"})", R"({"bytesValue":""})", R"({"bytesValue":"/+8="})",
       R"({"listValue":{"values":[]}})", R"({"typeValue":"map"})",
       R"({"mapValue":{"entries":[{"key":{"boolValue":true},"value":{"nullValue":null}}]}})",
       R"({"objectValue":{"@type":"type.googleapis.com/google.protobuf.Timestamp","value":"0001-01-01T00:00:00.000000001Z"}})",
       R"({"objectValue":{"@type":"type.googleapis.com/google.protobuf.Duration","value":"-0.5s"}})"}) {
    INFO(value);
    CHECK(answer_with(value) == std::string(R"({"value":)") + value + "}");
  }
  CHECK(answer_with(R"({"int64Value":7})") == R"({"value":{"int64Value":"7"}})");
  CHECK(answer_with(R"({"nullValue":"NULL_VALUE"})") == R"({"value":{"nullValue":null}})");
  CHECK(answer_with(R"({"listValue":{}})") == R"({"value":{"listValue":{"values":[]}}})");
  CHECK(answer_with(R"({"bytesValue":"_-8"})") == R"({"value":{"bytesValue":"/+8="}})");
  CHECK(answer_with(R"({"typeValue":"google.protobuf.Timestamp"})", "x == type(timestamp(0))") ==
        R"({"value":{"boolValue":true}})");
}

TEST_CASE("what is no value has an error for its answer") {
  for (
      const char* value :
      {"{}",
       "null",
       "1",
       R"({"int64Value":"9223372036854775808"})",
       R"({"int64Value":"1.0"})",
       R"({"int64Value":""})",
       R"({"int64Value":" 1"})",
       R"({"uint64Value":"-1"})",
       R"({"int64Value":"1","boolValue":true})",
       R"({"otherValue":1})",
       R"({"doubleValue":"nan"})",
       R"({"bytesValue":"a"})",
       R"({"bytesValue":"/w="})",
       R"({"bytesValue":"/x=="})",
       R"({"stringValue":1})",
       R"({"typeValue":""})",
       R"({"listValue":{"values":[{}]}})",
       R"({"listValue":[]})",
       R"({"mapValue":{"entries":[{"key":{"doubleValue":1.5},"value":{"nullValue":null}}]}})",
       R"({"mapValue":{"entries":[{"key":{"int64Value":"1"},"value":{"nullValue":null}},{"key":{"uint64Value":"1"},"value":{"nullValue":null}}]}})",
       R"({"objectValue":{"@type":"type.googleapis.com/google.protobuf.Timestamp","value":"yesterday"}})",
       R"({"objectValue":{"@type":"other","value":"1s"}})"}) {
    INFO(value);
    CHECK(answer_with(value).starts_with(R"({"error":")"));
  }
}

TEST_CASE("a line that is wrong says how, on one line") {
  for (const std::string& line : std::vector<std::string>{
           "", " ", "nonsense", "[]", "{}", R"({"expr":1})", R"({"expr":"1","expr":"2"})",
           R"({"expr":"1","container":1})", R"({"expr":"1","disableCheck":"yes"})",
           R"({"expr":"1","typeEnv":[{"name":"f","function":{}}]})",
           R"({"expr":"1","typeEnv":[{"name":"f","ident":{"type":{"primitive":"INT"}}}]})",
           "{\"expr\":\"\xff\"}", std::string("{\"expr\":\"1\"}\0", 13),
           "{\"expr\":\"" + std::string(9000, '1') + "\"}", std::string(5000, '['),
           R"({"expr":"'\u001b[31m' + 1"})"}) {
    INFO(line.substr(0, 60));
    const std::string answer = answer_of(line);
    CHECK(answer.starts_with(R"({"error":")"));
    CHECK_FALSE(contains(answer, "\n"));
    CHECK_FALSE(contains(answer, "\x1b"));
  }
}

TEST_CASE("variables are declared or have the type dyn; names without a check need neither") {
  CHECK(answer_of(R"({"expr":"x + 1","bindings":{"x":{"int64Value":"1"}}})") ==
        R"({"value":{"int64Value":"2"}})");
  CHECK(contains(
      answer_of(
          R"({"expr":"x + 1","typeEnv":[{"name":"x","ident":{"type":{"primitive":"STRING"}}}]})"),
      "no such overload"));
  CHECK(contains(answer_of(R"({"expr":"x"})"), "undeclared reference"));
  CHECK(contains(answer_of(R"({"expr":"x","disableCheck":true})"), "no such key: x"));
  CHECK(answer_of(R"({"expr":"x || true","disableCheck":true})") ==
        R"({"value":{"boolValue":true}})");
  const std::string duration =
      R"j({"expr":"x.getMilliseconds()","typeEnv":[{"name":"x","ident":{"type":)j"
      R"j({"messageType":"google.protobuf.Duration"}}}],"bindings":{"x":{"value":{"objectValue":)j"
      R"j({"@type":"type.googleapis.com/google.protobuf.Duration","value":"123.321456789s"}}}}})j";
  CHECK(answer_of(duration) == R"({"value":{"int64Value":"321"}})");
}

TEST_CASE("a value that would be endless to write is refused by name") {
  std::string doubled = "[1]";
  for (int i = 0; i < 40; ++i) doubled += ".map(x,[x,x])";
  CHECK(contains(answer_of(R"({"expr":")" + doubled + R"("})"), "shown value limit"));
  std::string text = "['aaaaaaaaaa']";
  for (int i = 0; i < 13; ++i) text += ".map(x,x+x)";
  for (int i = 0; i < 5; ++i) text += ".map(x,[x,x])";
  CHECK(contains(answer_of(R"({"expr":")" + text + R"("})"), "shown value limit"));
}

TEST_CASE("every answer is valid under its schema") {
  const json::Schema schema = json::Schema::compile(
      json::read(model::schema_text("output/expression-line"), "schema"), "schema");
  for (const char* line :
       {R"j({"expr":"[1, 2u, 1.5, 'a', b'a', null, true, {1: 2}, type(1), timestamp(0)]"})j",
        R"j({"expr":"duration('1s')"})j", R"j({"expr":"1 +"})j", "x"}) {
    INFO(line);
    CHECK(schema.validate(answer_line(line)).empty());
  }
  CHECK(schema.validate(answer_long_line()).empty());
}

TEST_CASE("facts can be stated in part, and no other way than their schema says") {
  const json::Value facts =
      partial_facts(json::read(R"({"request":{"disease_scope":"covid-19"}})", "f"), "f");
  CHECK(evaluate_expression("request.disease_scope", &facts, "").value->as_string() == "covid-19");
  const ExpressionAnswer absent = evaluate_expression("host.exclusively_eu_law", &facts, "");
  CHECK_FALSE(absent.value);
  CHECK(absent.missing == "host");
  CHECK(absent.type == "string");
  CHECK(contains(test::refusal(ErrorCode::bad_input,
                               [] {
                                 static_cast<void>(partial_facts(
                                     json::read(R"({"request":{"diseases":"x"}})", "f"), "f"));
                               }),
                 "f: /request/diseases"));
  CHECK(contains(test::refusal(ErrorCode::bad_input,
                               [&facts] {
                                 static_cast<void>(
                                     evaluate_expression("request.x == 1 &&\n  y", &facts, ""));
                               }),
                 "expression 2:3: undeclared reference to \"y\""));
  CHECK(test::refusal(ErrorCode::bad_input, [&facts] {
          static_cast<void>(evaluate_expression("true", &facts, "snds"));
        }) == "the facts have no dataset \"snds\"; they have none");
}
