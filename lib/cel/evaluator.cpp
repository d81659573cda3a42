// SPDX-License-Identifier: Apache-2.0
#include "cel/evaluator.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "base/safe_text.hpp"
#include "cel/function.hpp"

namespace octroi::cel {
namespace {

Evaluated limit_error() {
  return failure(fmt::format("expected an evaluation of at most {} steps (expression steps limit)",
                             limits::k_expression_steps_max));
}

Evaluated allowance_error() {
  return failure(
      "expected all expressions together to take fewer steps: their allowance is used up");
}

Evaluated expected_bool(const Value& value) {
  return failure(fmt::format("no such overload: expected bool, got {}", to_string(value.type())));
}

/// The truth of a result; nothing where it is an error or no truth.
std::optional<bool> truth_of(const Evaluated& result) {
  const auto* value = std::get_if<Value>(&result);
  if (value == nullptr || value->kind() != TypeKind::boolean) return std::nullopt;
  return value->as_boolean();
}

/// The error of a result that has no truth.
Evaluated as_error(const Evaluated& result) {
  const auto* value = std::get_if<Value>(&result);
  return value == nullptr ? result : expected_bool(*value);
}

/// Joins results by `&&` or `||`: one that decides wins over any error.
class Junction {
 public:
  explicit Junction(bool is_and) : is_and_(is_and) {}

  /// True when nothing that follows can change the result.
  bool add(const Evaluated& result) {
    const std::optional<bool> truth = truth_of(result);
    if (truth) {
      is_decided_ = *truth != is_and_;
    } else if (!error_) {
      error_ = as_error(result);
    }
    return is_decided_;
  }
  [[nodiscard]] Evaluated result() const {
    if (is_decided_) return Value(!is_and_);
    return error_ ? *error_ : Evaluated(Value(is_and_));
  }

 private:
  bool is_and_;
  bool is_decided_ = false;
  std::optional<Evaluated> error_;
};

class Evaluator {
 public:
  Evaluator(const Bindings& bindings, std::size_t steps) : bindings_(bindings) {
    context_.budget = Budget(steps);
  }

  Evaluated run(const Node& root) {
    Evaluated result = evaluate(root);
    // However the limit was met, no operator may absorb it.
    return context_.budget.is_spent() ? limit_error() : result;
  }
  [[nodiscard]] std::size_t steps_left() const { return context_.budget.left(); }

  Evaluated operator()(const Literal& form) { return form.value; }
  Evaluated operator()(const Name& form);
  Evaluated operator()(const Select& form);
  Evaluated operator()(const Call& form);
  Evaluated operator()(const Logical& form);
  Evaluated operator()(const Conditional& form);
  Evaluated operator()(const ListForm& form);
  Evaluated operator()(const MapForm& form);
  Evaluated operator()(const ObjectForm& form);
  Evaluated operator()(const Comprehension& form);

 private:
  Evaluated evaluate(const Node& node) {
    if (!context_.budget.spend(1)) return limit_error();
    return std::visit(*this, node.form);
  }
  /// The error of the first node that has one, or nothing with all values appended.
  std::optional<Evaluated> evaluate_all(const std::vector<NodePointer>& nodes, Value::List& values);
  Evaluated run_over(const Comprehension& form, const Value::List& elements);
  Evaluated run_junction(const Comprehension& form, const Value::List& elements);
  Evaluated run_exists_one(const Comprehension& form, const Value::List& elements);
  Evaluated run_list(const Comprehension& form, const Value::List& elements);
  Evaluated evaluate_with(const Node& node, const Value& element);

  const Bindings& bindings_;
  Context context_;
  std::vector<std::pair<std::string_view, Value>> locals_;
};

Evaluated Evaluator::operator()(const Name& form) {
  if (form.is_local) {
    for (auto local = locals_.rbegin(); local != locals_.rend(); ++local) {
      if (local->first == form.name) return local->second;
    }
  }
  const auto found = bindings_.find(form.name);
  if (found != bindings_.end()) return found->second;
  return EvaluationError{fmt::format("no such key: {}", printable(form.name)), form.name};
}

Evaluated Evaluator::operator()(const Select& form) {
  Evaluated operand = evaluate(*form.operand);
  const auto* value = std::get_if<Value>(&operand);
  if (value == nullptr) return operand;
  if (!value->is_map_or_object()) {
    return failure(fmt::format("no such overload: {} has no fields, expected {}",
                               to_string(value->type()), in_quotes(form.field)));
  }
  const Value* found = value->find_field(form.field);
  if (form.is_test) return Value(found != nullptr);
  if (found != nullptr) return *found;
  const bool is_fact = form.is_declared || value->kind() == TypeKind::object;
  const std::string& name = form.path.empty() ? form.field : form.path;
  return EvaluationError{fmt::format("no such key: {}", printable(name)),
                         is_fact ? form.path : std::string()};
}

std::optional<Evaluated> Evaluator::evaluate_all(const std::vector<NodePointer>& nodes,
                                                 Value::List& values) {
  values.reserve(nodes.size());
  for (const NodePointer& node : nodes) {
    Evaluated result = evaluate(*node);
    if (!std::holds_alternative<Value>(result)) return result;
    values.push_back(std::get<Value>(std::move(result)));
  }
  return std::nullopt;
}

Evaluated Evaluator::operator()(const Call& form) {
  if (form.implementation == nullptr) {
    return failure(fmt::format("unbound function: {} with {} arguments", printable(form.function),
                               form.arguments.size()));
  }
  Value::List values;
  if (auto error = evaluate_all(form.arguments, values)) return *error;
  return form.implementation->call(values, context_);
}

Evaluated Evaluator::operator()(const Logical& form) {
  Junction junction(form.is_and);
  for (const NodePointer& operand : form.operands) {
    if (junction.add(evaluate(*operand))) break;
  }
  return junction.result();
}

Evaluated Evaluator::operator()(const Conditional& form) {
  const Evaluated condition = evaluate(*form.condition);
  const std::optional<bool> truth = truth_of(condition);
  if (!truth) return as_error(condition);
  return evaluate(*truth ? *form.if_true : *form.if_false);
}

Evaluated Evaluator::operator()(const ListForm& form) {
  Value::List values;
  if (auto error = evaluate_all(form.elements, values)) return *error;
  return Value(std::move(values));
}

Evaluated Evaluator::operator()(const MapForm& form) {
  std::vector<Value::Entry> entries;
  for (const auto& [key_node, value_node] : form.entries) {
    Evaluated key = evaluate(*key_node);
    if (!std::holds_alternative<Value>(key)) return key;
    if (!is_key(std::get<Value>(key))) {
      return failure(
          fmt::format("unsupported key type: {}", to_string(std::get<Value>(key).type())));
    }
    context_.budget.spend(steps_for(std::get<Value>(key)));
    Evaluated value = evaluate(*value_node);
    if (!std::holds_alternative<Value>(value)) return value;
    entries.emplace_back(std::get<Value>(std::move(key)), std::get<Value>(std::move(value)));
  }
  if (has_repeated_key(entries)) return failure("repeated key in a map");
  return Value::map(std::move(entries));
}

Evaluated Evaluator::operator()(const ObjectForm& form) {
  if (!form.is_known) {
    return failure(fmt::format("no such type: {}", printable(form.type_name)));
  }
  std::vector<Value::Entry> fields;
  for (const FieldForm& field : form.fields) {
    Evaluated value = evaluate(*field.value);
    if (!std::holds_alternative<Value>(value)) return value;
    fields.emplace_back(Value(field.name), std::get<Value>(std::move(value)));
  }
  if (has_repeated_key(fields)) return failure("repeated field in an object");
  return Value::object(form.type_name, std::move(fields));
}

Evaluated Evaluator::operator()(const Comprehension& form) {
  Evaluated range = evaluate(*form.range);
  const auto* value = std::get_if<Value>(&range);
  if (value == nullptr) return range;
  if (value->kind() == TypeKind::list) return run_over(form, value->as_list());
  if (value->kind() != TypeKind::map) {
    return failure(fmt::format("no such overload: expected a list or map to go through, got {}",
                               to_string(value->type())));
  }
  Value::List keys;
  for (const Value::Entry& entry : value->as_map().entries) keys.push_back(entry.first);
  context_.budget.spend(keys.size());
  return run_over(form, keys);
}

Evaluated Evaluator::run_over(const Comprehension& form, const Value::List& elements) {
  locals_.emplace_back(form.variable, Value());
  Evaluated result;
  switch (form.kind) {
    case MacroKind::all:
    case MacroKind::exists:
      result = run_junction(form, elements);
      break;
    case MacroKind::exists_one:
      result = run_exists_one(form, elements);
      break;
    case MacroKind::map:
    case MacroKind::filter:
      result = run_list(form, elements);
      break;
  }
  locals_.pop_back();
  return result;
}

Evaluated Evaluator::evaluate_with(const Node& node, const Value& element) {
  locals_.back().second = element;
  return evaluate(node);
}

Evaluated Evaluator::run_junction(const Comprehension& form, const Value::List& elements) {
  Junction junction(form.kind == MacroKind::all);
  for (const Value& element : elements) {
    if (junction.add(evaluate_with(*form.condition, element))) break;
    if (context_.budget.is_spent()) return limit_error();
  }
  return junction.result();
}

Evaluated Evaluator::run_exists_one(const Comprehension& form, const Value::List& elements) {
  std::size_t found = 0;
  for (const Value& element : elements) {
    const Evaluated result = evaluate_with(*form.condition, element);
    const std::optional<bool> truth = truth_of(result);
    if (!truth) return as_error(result);
    if (*truth) ++found;
  }
  return Value(found == 1);
}

Evaluated Evaluator::run_list(const Comprehension& form, const Value::List& elements) {
  Value::List values;
  for (const Value& element : elements) {
    if (form.condition) {
      const Evaluated result = evaluate_with(*form.condition, element);
      const std::optional<bool> truth = truth_of(result);
      if (!truth) return as_error(result);
      if (!*truth) continue;
    }
    Evaluated value = form.transform ? evaluate_with(*form.transform, element) : Evaluated(element);
    if (!std::holds_alternative<Value>(value)) return value;
    values.push_back(std::get<Value>(std::move(value)));
  }
  return Value(std::move(values));
}

}  // namespace

Evaluated evaluate(const Node& root, const Bindings& bindings, Allowance* allowance) {
  if (allowance == nullptr) return Evaluator(bindings, limits::k_expression_steps_max).run(root);
  const std::size_t steps = std::min(allowance->steps, limits::k_expression_steps_max);
  Evaluator evaluator(bindings, steps);
  Evaluated result = evaluator.run(root);
  allowance->steps -= steps - evaluator.steps_left();
  return allowance->steps > 0 ? result : allowance_error();
}

}  // namespace octroi::cel
