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

/// What an operator makes of a part that is no truth: the error that it has, or one of its own.
View error_of(View part) {
  return part.is(Kind::none) ? part : View::none();
}

/// Joins parts by `&&`, or else by `||`: one that decides wins over any error.
class Joined {
 public:
  explicit Joined(bool is_and) : result_(View::of(is_and)), neutral_(is_and) {}

  /// True when nothing that follows can change the result.
  bool add(View part) {
    if (!part.is(Kind::boolean)) {
      if (!result_.is(Kind::none)) result_ = error_of(part);
      return false;
    }
    if (part.as_boolean() == neutral_) return false;
    result_ = part;
    return true;
  }
  [[nodiscard]] View result() const { return result_; }

 private:
  View result_;
  bool neutral_;
};

const View::Field* find_field(View object, std::string_view name) {
  for (const View::Field& field : object.as_object()) {
    if (field.name == name) return &field;
  }
  return nullptr;
}

}  // namespace

Decided PlanRunner::decide() {
  const View result = run(plan_.steps_.back());
  // What the plan cannot tell may also be more than the tree may do, which no operator absorbs.
  if (is_unclear_ || context_.budget.is_spent()) return {Decision::unclear};
  if (result.is(Kind::boolean)) return {result.as_boolean() ? Decision::yes : Decision::no};
  if (!result.is(Kind::none)) return {Decision::unclear};
  return {Decision::error, result.absent_slot()};
}

View PlanRunner::run(const Step& step) {
  context_.budget.spend(step.cost);
  switch (step.operation) {
    case Operation::constant:
    case Operation::slot:
    case Operation::local:
      return run_leaf(step);
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
  if (is_scalar(object) || object.is(Kind::list)) return error_of(object);
  if (!object.is(Kind::object)) return unclear();
  const View::Field* found = find_field(object, plan_.names_[step.number]);
  if (step.operation == Operation::has_field) return View::of(found != nullptr);
  return found == nullptr ? View::none() : found->value;
}

View PlanRunner::run_presence(const Step& step) {
  const View outer = run_slot(step.extra);
  if (is_scalar(outer) || outer.is(Kind::list)) return error_of(outer);
  if (outer.is(Kind::other)) return unclear();
  return View::of(!slots_.at(step.number).is(Kind::none));
}

View PlanRunner::run_junction(const Step& step) {
  Joined joined(!step.is_other);
  for (std::size_t i = 0; i < step.children; ++i) {
    if (joined.add(run_child(step, i))) break;
  }
  return joined.result();
}

View PlanRunner::run_choice(const Step& step) {
  const View condition = run_child(step, 0);
  if (!condition.is(Kind::boolean)) return error_of(condition);
  return run_child(step, condition.as_boolean() ? 1 : 2);
}

View PlanRunner::run_macro(const Step& step) {
  const View range = run_child(step, 0);
  if (is_scalar(range)) return error_of(range);
  if (!range.is(Kind::list)) return unclear();
  if (step.operation == Operation::macro_once) return run_once(step, range.as_list());
  Joined joined(step.operation == Operation::macro_all);
  for (const View element : range.as_list()) {
    locals_[step.number] = element;
    if (joined.add(run_child(step, 1))) break;
    if (context_.budget.is_spent()) return unclear();
  }
  return joined.result();
}

View PlanRunner::run_once(const Step& step, std::span<const View> elements) {
  std::size_t found = 0;
  for (const View element : elements) {
    locals_[step.number] = element;
    const View result = run_child(step, 1);
    if (!result.is(Kind::boolean)) return error_of(result);
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
  return is_scalar(text) || text.is(Kind::list) ? error_of(text) : unclear();
}

View PlanRunner::run_call(const Step& step) {
  std::array<View, k_plan_arguments_max> operands;
  for (std::size_t i = 0; i < step.children; ++i) {
    operands[i] = run_child(step, i);
    if (operands[i].is(Kind::none)) return operands[i];
  }
  const auto [left, right, third] = operands;
  if (step.operation == Operation::index && left.is(Kind::list) && right.is(Kind::integer)) {
    const auto at = static_cast<std::uint64_t>(right.as_integer());
    return at < left.as_list().size() ? left.as_list()[at] : View::none();
  }
  if (step.operation == Operation::size && left.is(Kind::list)) {
    return View::of(static_cast<std::int64_t>(left.as_list().size()));
  }
  if (const std::optional<bool> truth = truth_of(step, left, right)) {
    return View::of(*truth != step.is_other);
  }
  return call(step, std::span(operands).first(step.children));
}

/// What can be had without asking the function.
std::optional<bool> PlanRunner::truth_of(const Step& step, View left, View right) {
  switch (step.operation) {
    case Operation::negation:
      return left.is(Kind::boolean) ? std::optional(!left.as_boolean()) : std::nullopt;
    case Operation::equality:
      return are_equal(left, right);
    case Operation::less:
      return is_less(left, right);
    case Operation::greater:
      return is_less(right, left);
    case Operation::membership:
      return right.is(Kind::list) ? is_among(left, right.as_list()) : std::nullopt;
    default:
      return std::nullopt;
  }
}

/// Any function, with values of its own.
View PlanRunner::call(const Step& step, std::span<const View> operands) {
  std::array<Value, k_plan_arguments_max> arguments;
  for (std::size_t i = 0; i < operands.size(); ++i) {
    std::optional<Value> value = to_value(operands[i]);
    if (!value) return unclear();
    arguments[i] = std::move(*value);
  }
  Evaluated result = step.function->call(Arguments(arguments.data(), operands.size()), context_);
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
