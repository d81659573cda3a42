// SPDX-License-Identifier: Apache-2.0
#include "cel/plan_runner.hpp"

#include <algorithm>
#include <utility>

namespace octroi::cel {
namespace {

using Kind = View::Kind;

/// What an equality or a place in a list does not ask a function for.
bool is_plain(View view) {
  return view.is(Kind::boolean) || view.is(Kind::integer) || view.is(Kind::text);
}

/// What is known not to have fields or elements.
bool is_scalar(View view) {
  return is_plain(view) || view.is(Kind::none);
}

const View::Field* find_field(View object, std::string_view name) {
  for (const View::Field& field : object.as_object()) {
    if (field.name == name) return &field;
  }
  return nullptr;
}

}  // namespace

Decision PlanRunner::decide() {
  const View result = run(plan_.steps_.back());
  if (context_.budget.is_spent()) return Decision::unclear;
  if (result.is(Kind::boolean)) return result.as_boolean() ? Decision::yes : Decision::no;
  return is_unclear_ || !result.is(Kind::none) ? Decision::unclear : Decision::error;
}

View PlanRunner::run(const Step& step) {
  context_.budget.spend(step.cost);
  switch (step.operation) {
    case Operation::constant:
      return plan_.constants_[step.number];
    case Operation::slot:
      return slots_.at(step.number);
    case Operation::local:
      return locals_[step.number];
    case Operation::field:
    case Operation::has_field:
      return run_field(step);
    case Operation::has_slot:
      return run_presence(step);
    case Operation::junction:
      return run_junction(step);
    case Operation::choice:
      return run_choice(step);
    case Operation::macro_all:
    case Operation::macro_exists:
    case Operation::macro_once:
      return run_macro(step);
    case Operation::matches:
      return run_pattern(step);
    case Operation::negation:
    case Operation::equality:
    case Operation::less:
    case Operation::greater:
    case Operation::membership:
    case Operation::index:
    case Operation::size:
    case Operation::call:
      return run_call(step);
    case Operation::unclear:
      break;
  }
  return unclear();
}

View PlanRunner::run_field(const Step& step) {
  const View object = run_child(step, 0);
  if (is_scalar(object) || object.is(Kind::list)) return View::none();
  if (!object.is(Kind::object)) return unclear();
  const View::Field* found = find_field(object, plan_.names_[step.number]);
  if (step.operation == Operation::has_field) return View::of(found != nullptr);
  return found == nullptr ? View::none() : found->value;
}

View PlanRunner::run_presence(const Step& step) {
  const View outer = slots_.at(step.extra);
  if (is_scalar(outer) || outer.is(Kind::list)) return View::none();
  if (outer.is(Kind::other)) return unclear();
  return View::of(!slots_.at(step.number).is(Kind::none));
}

/// One that decides wins over any error.
View PlanRunner::run_junction(const Step& step) {
  const bool neutral = !step.is_other;
  bool is_known = true;
  for (std::size_t i = 0; i < step.children; ++i) {
    const View operand = run_child(step, i);
    if (!operand.is(Kind::boolean)) {
      is_known = false;
    } else if (operand.as_boolean() != neutral) {
      return operand;
    }
  }
  return is_known ? View::of(neutral) : View::none();
}

View PlanRunner::run_choice(const Step& step) {
  const View condition = run_child(step, 0);
  if (!condition.is(Kind::boolean)) return View::none();
  return run_child(step, condition.as_boolean() ? 1 : 2);
}

View PlanRunner::run_macro(const Step& step) {
  const View range = run_child(step, 0);
  if (is_scalar(range)) return View::none();
  if (!range.is(Kind::list)) return unclear();
  if (step.operation == Operation::macro_once) return run_once(step, range.as_list());
  const bool neutral = step.operation == Operation::macro_all;
  bool is_known = true;
  for (const View element : range.as_list()) {
    locals_[step.number] = element;
    const View result = run_child(step, 1);
    if (!result.is(Kind::boolean)) {
      is_known = false;
    } else if (result.as_boolean() != neutral) {
      return result;
    }
    if (context_.budget.is_spent()) return unclear();
  }
  return is_known ? View::of(neutral) : View::none();
}

View PlanRunner::run_once(const Step& step, std::span<const View> elements) {
  std::size_t found = 0;
  for (const View element : elements) {
    locals_[step.number] = element;
    const View result = run_child(step, 1);
    if (!result.is(Kind::boolean)) return View::none();
    if (result.as_boolean()) ++found;
    if (context_.budget.is_spent()) return unclear();
  }
  return View::of(found == 1);
}

View PlanRunner::run_pattern(const Step& step) {
  const View text = run_child(step, 0);
  if (text.is(Kind::text)) {
    return View::of(plan_.patterns_[step.number]->matches(text.as_text(), context_.budget));
  }
  return is_scalar(text) || text.is(Kind::list) ? View::none() : unclear();
}

View PlanRunner::run_call(const Step& step) {
  Operands operands;
  for (std::size_t i = 0; i < step.children; ++i) {
    operands[i] = run_child(step, i);
    if (operands[i].is(Kind::none)) return View::none();
  }
  const std::optional<View> quick = run_quickly(step, operands);
  return quick ? *quick : call(step, operands);
}

/// The results that can be had without asking the function.
std::optional<View> PlanRunner::run_quickly(const Step& step, const Operands& operands) {
  const auto& [left, right, third] = operands;
  std::optional<bool> truth;
  switch (step.operation) {
    case Operation::negation:
      if (left.is(Kind::boolean)) truth = !left.as_boolean();
      break;
    case Operation::equality:
      truth = are_equal(left, right);
      break;
    case Operation::less:
      truth = is_less(left, right);
      break;
    case Operation::greater:
      truth = is_less(right, left);
      break;
    case Operation::membership:
      if (right.is(Kind::list)) truth = is_among(left, right.as_list());
      break;
    case Operation::index:
      if (left.is(Kind::list) && right.is(Kind::integer)) {
        const auto at = static_cast<std::uint64_t>(right.as_integer());
        return at < left.as_list().size() ? left.as_list()[at] : View::none();
      }
      break;
    case Operation::size:
      if (left.is(Kind::list)) return View::of(static_cast<std::int64_t>(left.as_list().size()));
      break;
    default:
      break;
  }
  if (!truth) return std::nullopt;
  return View::of(*truth != step.is_other);
}

/// Any function, with values of its own.
View PlanRunner::call(const Step& step, const Operands& operands) {
  std::array<Value, k_plan_arguments_max> arguments;
  for (std::size_t i = 0; i < step.children; ++i) {
    std::optional<Value> value = to_value(operands[i]);
    if (!value) return unclear();
    arguments[i] = std::move(*value);
  }
  Evaluated result = step.function->call(Arguments(arguments.data(), step.children), context_);
  auto* value = std::get_if<Value>(&result);
  if (value == nullptr) return View::none();
  if (value->kind() == TypeKind::boolean) return View::of(value->as_boolean());
  if (value->kind() == TypeKind::integer) return View::of(value->as_integer());
  if (results_.empty()) results_.resize(plan_.results_);
  Value& kept = results_[step.number];
  kept = std::move(*value);
  if (kept.kind() == TypeKind::string) return View::of(std::string_view(kept.as_string()));
  return View::other(kept);
}

/// Nothing where it takes more than this to tell.
std::optional<bool> PlanRunner::are_equal(View left, View right) {
  context_.budget.spend(2);
  if (left.is(Kind::text) && right.is(Kind::text)) {
    context_.budget.spend(left.as_text().size() / 64);
    return left.as_text() == right.as_text();
  }
  if (left.is(Kind::other) || right.is(Kind::other)) return std::nullopt;
  if (left.is(Kind::sealed) || right.is(Kind::sealed)) return std::nullopt;
  if (left.kind() != right.kind()) return false;
  if (is_plain(left)) return left.as_integer() == right.as_integer();
  if (!left.is(Kind::list)) return std::nullopt;
  const auto ours = left.as_list();
  const auto theirs = right.as_list();
  if (ours.size() != theirs.size()) return false;
  for (std::size_t i = 0; i < ours.size(); ++i) {
    const std::optional<bool> equal = are_equal(ours[i], theirs[i]);
    if (!equal || !*equal) return equal;
  }
  return true;
}

std::optional<bool> PlanRunner::is_among(View wanted, std::span<const View> elements) {
  for (const View element : elements) {
    const std::optional<bool> equal = are_equal(wanted, element);
    if (!equal || *equal) return equal;
  }
  return false;
}

/// Nothing where they are not of one kind with an order.
std::optional<bool> PlanRunner::is_less(View left, View right) {
  if (left.kind() != right.kind()) return std::nullopt;
  if (left.is(Kind::text)) {
    context_.budget.spend(1 + std::max(left.as_text().size(), right.as_text().size()) / 64);
    return left.as_text() < right.as_text();
  }
  if (!is_plain(left)) return std::nullopt;
  context_.budget.spend(1);
  return left.as_integer() < right.as_integer();
}

}  // namespace octroi::cel
