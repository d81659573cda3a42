// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <filesystem>
#include <iostream>

#include "base/file.hpp"
#include "base/limits.hpp"
#include "catch.hpp"
#include "cel/builtins.hpp"
#include "cel/planned.hpp"
#include "cel/program.hpp"
#include "json/read.hpp"
#include "rules/value_form.hpp"

using namespace octroi;
using cel::TypeKind;
using cel::Value;

namespace {

constexpr const char* k_vectors = OCTROI_VECTORS "/cel/core.json";

json::Value read_vectors() {
  json::ReadLimits limits;
  limits.integers_only = false;
  return json::read(read_input(k_vectors, limits::k_document_bytes_max), "core.json", limits);
}

cel::Environment environment_of(const json::Value& test) {
  cel::Environment result;
  result.set_container(test.text("container"));
  if (const json::Value* declared = test.find("typeEnv")) {
    for (const json::Value& one : declared->as_array()) {
      result.declare_variable(one.text("name"), rules::read_type_form(one.at("ident").at("type")));
    }
  }
  return result;
}

cel::Bindings bindings_of(const json::Value& test) {
  cel::Bindings result;
  if (const json::Value* bound = test.find("bindings")) {
    for (const auto& [name, one] : bound->as_object())
      result.emplace(name, rules::read_value_form(one.at("value")));
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
  const cel::Evaluated result = cel::sample::evaluated(program, bindings_of(test));
  const json::Value* expected = test.find("value");
  if (expected == nullptr) {
    CHECK(std::holds_alternative<cel::EvaluationError>(result));
    return;
  }
  if (const auto* error = std::get_if<cel::EvaluationError>(&result)) FAIL_CHECK(error->message);
  if (const auto* value = std::get_if<Value>(&result)) {
    CHECK(is_same(*value, rules::read_value_form(*expected)));
    CHECK(is_same(*value, rules::read_value_form(rules::to_value_form(*value))));
  }
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
