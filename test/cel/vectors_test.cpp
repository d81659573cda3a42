// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <filesystem>
#include <iostream>

#include "base/file.hpp"
#include "base/limits.hpp"
#include "catch.hpp"
#include "cel/builtins.hpp"
#include "cel/program.hpp"
#include "json/read.hpp"

using namespace octroi;
using cel::Type;
using cel::TypeKind;
using cel::Value;

namespace {

constexpr const char* k_vectors = OCTROI_VECTORS "/cel/core.json";

json::Value read_vectors() {
  json::ReadLimits limits;
  limits.integers_only = false;
  return json::read(read_input(k_vectors, limits::k_document_bytes_max), "core.json", limits);
}

Bytes from_base64(std::string_view text) {
  constexpr std::string_view k_digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  Bytes result;
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char c : text.substr(0, text.find('='))) {
    bits = bits << 6 | static_cast<std::uint32_t>(k_digits.find(c));
    count += 6;
    if (count < 8) continue;
    count -= 8;
    result.push_back(static_cast<std::uint8_t>(bits >> count & 0xFF));
  }
  return result;
}

double to_double(const json::Value& value) {
  if (!value.is_string()) return value.as_number();
  if (value.as_string() == "NaN") return std::nan("");
  return value.as_string() == "Infinity" ? HUGE_VAL : -HUGE_VAL;
}

Value to_value(const json::Value& vector);

Value to_list(const json::Value& vector) {
  Value::List elements;
  if (const json::Value* values = vector.find("values")) {
    for (const json::Value& one : values->as_array()) elements.push_back(to_value(one));
  }
  return elements;
}

Value to_map(const json::Value& vector) {
  std::vector<Value::Entry> entries;
  if (const json::Value* list = vector.find("entries")) {
    for (const json::Value& one : list->as_array()) {
      entries.emplace_back(to_value(one.at("key")), to_value(one.at("value")));
    }
  }
  return Value::map(std::move(entries));
}

/// A value of the vectors: an object with one member, which names the type.
Value to_value(const json::Value& vector) {
  const auto& [name, content] = *vector.as_object().begin();
  if (name == "nullValue") return {};
  if (name == "boolValue") return content.as_boolean();
  if (name == "int64Value") return std::int64_t{std::stoll(content.as_string())};
  if (name == "uint64Value") return std::uint64_t{std::stoull(content.as_string())};
  if (name == "doubleValue") return to_double(content);
  if (name == "stringValue") return content.as_string();
  if (name == "bytesValue") return from_base64(content.as_string());
  if (name == "listValue") return to_list(content);
  if (name == "mapValue") return to_map(content);
  REQUIRE(name == "typeValue");
  return Value(cel::parse_type(content.as_string()));
}

/// A type of the vectors' declarations.
Type to_type(const json::Value& vector) {
  if (const json::Value* primitive = vector.find("primitive")) {
    const std::map<std::string, TypeKind> kinds = {
        {"BOOL", TypeKind::boolean},    {"INT64", TypeKind::integer},
        {"STRING", TypeKind::string},   {"UINT64", TypeKind::unsigned_integer},
        {"DOUBLE", TypeKind::floating}, {"BYTES", TypeKind::bytes}};
    return kinds.at(primitive->as_string());
  }
  if (const json::Value* list = vector.find("listType"))
    return Type::list(to_type(list->at("elemType")));
  if (const json::Value* map = vector.find("mapType")) {
    return Type::map(to_type(map->at("keyType")), to_type(map->at("valueType")));
  }
  REQUIRE(vector.find("null") != nullptr);
  return TypeKind::null;
}

cel::Environment environment_of(const json::Value& test) {
  cel::Environment result;
  result.set_container(test.text("container"));
  if (const json::Value* declared = test.find("typeEnv")) {
    for (const json::Value& one : declared->as_array()) {
      result.declare_variable(one.text("name"), to_type(one.at("ident").at("type")));
    }
  }
  return result;
}

cel::Bindings bindings_of(const json::Value& test) {
  cel::Bindings result;
  if (const json::Value* bound = test.find("bindings")) {
    for (const auto& [name, one] : bound->as_object())
      result.emplace(name, to_value(one.at("value")));
  }
  return result;
}

/// Equal in type too, and NaN to NaN: what the vectors mean by the same.
bool is_same(const Value& left, const Value& right) {
  if (left.kind() != right.kind()) return false;
  if (left.kind() == TypeKind::floating && std::isnan(left.as_floating())) {
    return std::isnan(right.as_floating());
  }
  cel::Budget budget;
  return cel::builtins::are_equal(left, right, budget);
}

void check_result(const json::Value& test, const cel::Program& program) {
  const cel::Evaluated result = program.evaluate(bindings_of(test));
  const json::Value* expected = test.find("value");
  if (expected == nullptr) {
    CHECK(std::holds_alternative<cel::EvaluationError>(result));
    return;
  }
  if (const auto* error = std::get_if<cel::EvaluationError>(&result)) FAIL_CHECK(error->message);
  if (const auto* value = std::get_if<Value>(&result)) CHECK(is_same(*value, to_value(*expected)));
}

/// The program, or nothing after a failed check.
const cel::Program* program_of(const cel::Program::Compiled& compiled) {
  if (const auto* problems = std::get_if<std::vector<cel::Problem>>(&compiled)) {
    FAIL_CHECK(problems->front().message);
  }
  return std::get_if<cel::Program>(&compiled);
}

void check_vector(const json::Value& test) {
  const std::string expression = test.text("expr");
  const cel::Environment environment = environment_of(test);
  const auto unchecked = cel::Program::compile_unchecked(expression, environment);
  if (const cel::Program* program = program_of(unchecked)) check_result(test, *program);
  if (test.find("disableCheck") != nullptr) return;
  const auto checked = cel::Program::compile(expression, environment);
  const cel::Program* program = program_of(checked);
  if (program == nullptr) return;
  check_result(test, *program);
  if (test.find("type") != nullptr) {
    CHECK(cel::to_string(program->result_type()) == test.text("type"));
  }
}

}  // namespace

TEST_CASE("the vectors of cel-spec, unchecked and checked") {
  if (!std::filesystem::exists(k_vectors)) {
    std::cout << "skipped: no vectors\n";
    return;
  }
  const json::Value vectors = read_vectors();
  REQUIRE(vectors.as_array().size() > 600);
  for (const json::Value& test : vectors.as_array()) {
    INFO(test.text("section") << " " << test.text("name") << ": " << test.text("expr"));
    check_vector(test);
  }
}
