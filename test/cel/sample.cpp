// SPDX-License-Identifier: Apache-2.0
#include "cel/sample.hpp"

#include <fmt/format.h>

#include "base/bytes.hpp"
#include "catch.hpp"
#include "cel/planned.hpp"
#include "cel/time.hpp"

namespace octroi::cel::sample {
namespace {

Value object(const char* type, std::vector<std::pair<const char*, Value>> fields) {
  std::vector<Value::Entry> entries;
  for (auto& [name, value] : fields) entries.emplace_back(Value(name), std::move(value));
  return Value::object(type, std::move(entries));
}

std::string shown_list(const Value::List& list) {
  std::string result;
  for (const Value& one : list) result += (result.empty() ? "" : ", ") + shown(one);
  return "[" + result + "]";
}

std::string shown_map(const Value::Map& map) {
  std::string result;
  for (const auto& [key, value] : map.entries) {
    result += (result.empty() ? "" : ", ") + shown(key) + ": " + shown(value);
  }
  return map.type_name + "{" + result + "}";
}

std::string shown(const Program::Compiled& compiled) {
  if (const auto* problems = std::get_if<std::vector<Problem>>(&compiled)) {
    return "problem: " + problems->front().message;
  }
  const Evaluated result = evaluated(std::get<Program>(compiled), bindings());
  if (const auto* error = std::get_if<EvaluationError>(&result)) return "error: " + error->message;
  return sample::shown(std::get<Value>(result));
}

}  // namespace

Environment environment() {
  Environment result;
  result.declare_variable("n", TypeKind::integer);
  result.declare_variable("text", TypeKind::string);
  result.declare_variable("names", Type::list(TypeKind::string));
  result.declare_variable("prices", Type::map(TypeKind::string, TypeKind::integer));
  result.declare_variable("anything", TypeKind::dyn);
  result.declare_variable("when", TypeKind::timestamp);
  result.declare_variable("request", Type::object("request"));
  result.declare_object("project", {{"name", TypeKind::string}, {"kind", TypeKind::string}});
  result.declare_object("certificate",
                        {{"scheme", TypeKind::string}, {"status", TypeKind::string}});
  result.declare_object("request", {{"project", Type::object("project")},
                                    {"user_count", TypeKind::integer},
                                    {"disease_scope", TypeKind::string},
                                    {"codes", Type::list(TypeKind::string)},
                                    {"certificates", Type::list(Type::object("certificate"))}});
  return result;
}

Bindings bindings() {
  const Value certificates =
      Value::List{object("certificate", {{"scheme", "hds"}, {"status", "valid"}}),
                  object("certificate", {{"scheme", "secnumcloud"}})};
  const Value request = object("request", {{"project", object("project", {{"name", "Sepsis"}})},
                                           {"user_count", 2},
                                           {"codes", Value::List{"U07.1", "U07.2"}},
                                           {"certificates", certificates}});
  return {{"n", 7},
          {"text", "naïve"},
          {"names", Value::List{"ada", "grace"}},
          {"prices", Value::map({{Value("pear"), Value(3)}})},
          {"when", parse_timestamp("2021-02-19T08:30:15.25Z").value()},
          {"request", request}};
}

std::string value_of(std::string_view expression) {
  return shown(Program::compile(expression, environment()));
}

std::string unchecked_value_of(std::string_view expression) {
  return shown(Program::compile_unchecked(expression, environment()));
}

EvaluationError error_of(std::string_view expression) {
  INFO(expression);
  const auto compiled = Program::compile(expression, environment());
  REQUIRE(std::holds_alternative<Program>(compiled));
  const Evaluated result = evaluated(std::get<Program>(compiled), bindings());
  REQUIRE(std::holds_alternative<EvaluationError>(result));
  return std::get<EvaluationError>(result);
}

std::vector<Problem> problems_of(std::string_view expression) {
  auto compiled = Program::compile(expression, environment());
  if (auto* problems = std::get_if<std::vector<Problem>>(&compiled)) return std::move(*problems);
  return {};
}

std::string shown(const Value& value) {
  const TypeKind kind = value.kind();
  if (kind == TypeKind::null) return "null";
  if (kind == TypeKind::boolean) return value.as_boolean() ? "true" : "false";
  if (kind == TypeKind::integer) return fmt::to_string(value.as_integer());
  if (kind == TypeKind::unsigned_integer) return fmt::format("{}u", value.as_unsigned());
  if (kind == TypeKind::floating) return fmt::format("{}d", value.as_floating());
  if (kind == TypeKind::string) return "'" + value.as_string() + "'";
  if (kind == TypeKind::bytes) return "b'" + to_hex(value.as_bytes()) + "'";
  if (kind == TypeKind::list) return shown_list(value.as_list());
  if (kind == TypeKind::timestamp) return format_timestamp(value.as_timestamp());
  if (kind == TypeKind::duration) return format_duration(value.as_duration());
  if (kind == TypeKind::type) return runtime_name(value.as_type());
  return shown_map(value.as_map());
}

}  // namespace octroi::cel::sample
