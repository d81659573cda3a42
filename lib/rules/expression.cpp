// SPDX-License-Identifier: Apache-2.0
#include "rules/expression.hpp"

#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/limits.hpp"
#include "base/safe_text.hpp"
#include "cel/program.hpp"
#include "json/read.hpp"
#include "json/schema.hpp"
#include "json/within_line.hpp"
#include "model/document.hpp"
#include "rules/condition.hpp"
#include "rules/fact_schema.hpp"
#include "rules/value_form.hpp"

namespace octroi::rules {
namespace {

using json::Value;

constexpr std::string_view k_line_schema = "expression-line";
constexpr std::size_t k_line_depth_max = 256;  ///< a list in a list is four levels of JSON

constexpr json::ReadLimits k_line_limits{.bytes_max = limits::k_batch_line_bytes_max,
                                         .depth_max = k_line_depth_max,
                                         .integers_only = false};

const json::Schema& line_schema() {
  static const json::Schema result = json::Schema::compile(
      json::read(model::schema_text(k_line_schema), k_line_schema), k_line_schema);
  return result;
}

/// A schema that asks for no member.
Value without_required(const Value& schema) {
  if (schema.is_array()) {
    Value result = Value::Array{};
    for (const Value& one : schema.as_array()) result.push(without_required(one));
    return result;
  }
  if (!schema.is_object()) return schema;
  Value result = Value::Object{};
  for (const auto& [name, inner] : schema.as_object()) {
    const bool is_keyword = name == "required" && inner.is_array();
    if (!is_keyword) result.set(name, without_required(inner));
  }
  return result;
}

const json::Schema& partial_schema() {
  constexpr std::string_view k_source = "facts.schema.json";
  static const json::Schema result = json::Schema::compile(
      without_required(json::read(model::schema_text("facts"), k_source)), k_source);
  return result;
}

[[noreturn]] void refuse_dataset(const std::string& id, const std::vector<std::string>& known) {
  throw Error(ErrorCode::bad_input,
              fmt::format("the facts have no dataset {}; they have {}", in_quotes(id),
                          known.empty() ? "none" : fmt::format("{}", fmt::join(known, ", "))));
}

/// The place of the dataset that the name `dataset` stands for, or nothing.
std::optional<std::size_t> find_dataset(const Value& facts, const std::string& id) {
  const Value* datasets = facts.find("datasets");
  const std::size_t count = datasets == nullptr ? 0 : datasets->as_array().size();
  if (id.empty()) return count == 1 ? std::optional<std::size_t>(0) : std::nullopt;
  std::vector<std::string> known;
  for (std::size_t i = 0; i < count; ++i) {
    const Value& one = datasets->as_array()[i];
    if (one.text("id") == id) return i;
    known.push_back(printable(one.text("id")));
  }
  refuse_dataset(id, known);
}

cel::Bindings bindings_of_facts(const Value* facts, const std::string& dataset) {
  if (facts == nullptr) return {};
  const Facts whole(*facts);
  const FactBindings of_request(whole);
  const std::optional<std::size_t> chosen = find_dataset(*facts, dataset);
  return chosen ? of_request.with_dataset(*chosen).bindings() : of_request.bindings();
}

std::string described(const std::vector<cel::Problem>& problems, std::string_view expression) {
  std::string result;
  for (const cel::Problem& problem : problems) {
    if (!result.empty()) result += '\n';
    result += describe(RulebookProblem{"", "expression", problem.message, std::string(expression),
                                       problem.line, problem.column});
  }
  return result;
}

Value error_line(std::string_view message) {
  return json::object({{"error", printable(message)}});
}

/// The value of a binding, in either of the forms that it may have.
const Value& bound_value(const Value& binding) {
  const Value* inner = binding.find("value");
  return inner == nullptr ? binding : *inner;
}

/// A line, read.
struct Line {
  std::string expression;
  cel::Environment environment;
  cel::Bindings bindings;
  bool is_checked = true;
};

Line read_line(std::string_view text) {
  const Value value = json::read(text, "line", k_line_limits);
  json::require_valid(line_schema(), value, "line");
  Line line;
  line.expression = value.text("expr");
  line.environment.set_container(value.text("container"));
  line.is_checked = !value.flag("disableCheck").value_or(false);
  if (const Value* bound = value.find("bindings")) {
    for (const auto& [name, binding] : bound->as_object()) {
      line.bindings.emplace(name, read_value_form(bound_value(binding)));
      line.environment.declare_variable(name, cel::TypeKind::dyn);
    }
  }
  if (const Value* declared = value.find("typeEnv")) {
    for (const Value& one : declared->as_array()) {
      line.environment.declare_variable(one.text("name"),
                                        read_type_form(one.at("ident").at("type")));
    }
  }
  return line;
}

Value answer(const Line& line) {
  const auto compiled = line.is_checked
                            ? cel::Program::compile(line.expression, line.environment)
                            : cel::Program::compile_unchecked(line.expression, line.environment);
  if (const auto* problems = std::get_if<std::vector<cel::Problem>>(&compiled)) {
    const cel::Problem& first = problems->front();
    return error_line(fmt::format("{}:{}: {}", first.line, first.column, first.message));
  }
  const cel::Evaluated result = std::get<cel::Program>(compiled).evaluate(line.bindings);
  if (const auto* error = std::get_if<cel::EvaluationError>(&result)) {
    return error_line(error->message);
  }
  Value line_answer;
  line_answer.set("value", to_value_form(std::get<cel::Value>(result)));
  return line_answer;
}

}  // namespace

Value to_json(const ExpressionAnswer& answer) {
  Value result = json::object({{"type", answer.type}});
  if (answer.value) result.set("value", to_value_form(*answer.value));
  if (!answer.error.empty()) result.set("error", printable(answer.error));
  if (!answer.missing.empty()) result.set("missing", answer.missing);
  return result;
}

Value partial_facts(Value value, std::string_view source) {
  json::require_valid(partial_schema(), value, source);
  return value;
}

ExpressionAnswer evaluate_expression(std::string_view expression, const Value* facts,
                                     const std::string& dataset) {
  const auto compiled = cel::Program::compile(expression, fact_environment());
  if (const auto* problems = std::get_if<std::vector<cel::Problem>>(&compiled)) {
    throw Error(ErrorCode::bad_input, described(*problems, expression));
  }
  const auto& program = std::get<cel::Program>(compiled);
  ExpressionAnswer answer{cel::to_string(program.result_type()), std::nullopt, "", ""};
  cel::Evaluated result = program.evaluate(bindings_of_facts(facts, dataset));
  if (auto* error = std::get_if<cel::EvaluationError>(&result)) {
    answer.error = std::move(error->message);
    answer.missing = std::move(error->missing);
    return answer;
  }
  answer.value = std::get<cel::Value>(std::move(result));
  if (program.result_type().kind() == cel::TypeKind::dyn) {
    answer.type = cel::to_string(answer.value->type());
  }
  return answer;
}

Value answer_line(std::string_view line) {
  try {
    return answer(read_line(line));
  } catch (const Error& error) {
    return error_line(json::within_line(error.what()));
  }
}

Value answer_long_line() {
  return error_line(fmt::format("expected a line of at most {} bytes (batch line limit)",
                                limits::k_batch_line_bytes_max));
}

}  // namespace octroi::rules
