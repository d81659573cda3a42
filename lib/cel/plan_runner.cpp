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

/// What it costs to make a value of a view; counted no further than `enough`.
std::size_t steps_to_copy(View view, std::size_t enough) {
  if (view.is(Kind::text)) return steps_for_bytes(view.as_text().size());
  std::size_t steps = 1;
  if (!view.is(Kind::list)) return steps;
  for (const View element : view.as_list()) {
    if (steps >= enough) break;
    steps += steps_to_copy(element, enough - steps);
  }
  return steps;
}

}  // namespace

Decided PlanRunner::decide() {
  const View result = of(plan_.root_);
  // What the plan cannot tell may also be more than the tree may do, which no operator absorbs.
  if (is_unclear_ || is_spent()) return {Decision::unclear};
  if (result.is(Kind::boolean)) return {result.as_boolean() ? Decision::yes : Decision::no};
  if (!result.is(Kind::none)) return {Decision::unclear};
  return {Decision::error, result.absent_slot()};
}

View PlanRunner::run(const Step& step) {
  switch (step.operation) {
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
    case Operation::size:
      return run_on_one(step);
    case Operation::equality:
    case Operation::less:
    case Operation::greater:
    case Operation::membership:
    case Operation::index:
      return run_on_two(step);
    case Operation::call:
      return run_on_any(step);
    case Operation::unclear:
      break;
  }
  return unclear();
}

View PlanRunner::run_field(const Step& step) {
  const View object = of(plan_.operands_[step.first_operand]);
  if (is_scalar(object) || object.is(Kind::list)) return error_of(object);
  if (!object.is(Kind::object)) return unclear();
  const View::Field* found = object.find_field(plan_.names_[step.number]);
  if (step.operation == Operation::has_field) return View::of(found != nullptr);
  return found == nullptr ? View::none() : found->value;
}

View PlanRunner::run_presence(const Step& step) {
  const auto operands = plan_.operands_of(step);
  const View outer = of(operands[0]);
  if (is_scalar(outer) || outer.is(Kind::list)) return error_of(outer);
  if (outer.is(Kind::other)) return unclear();
  return View::of(!of(operands[1]).is(Kind::none));
}

View PlanRunner::run_junction(const Step& step) {
  Joined joined(!step.is_other);
  for (const Operand& operand : plan_.operands_of(step)) {
    if (joined.add(of(operand))) break;
  }
  return joined.result();
}

View PlanRunner::run_choice(const Step& step) {
  const auto operands = plan_.operands_of(step);
  const View condition = of(operands[0]);
  if (!condition.is(Kind::boolean)) return error_of(condition);
  return of(operands[condition.as_boolean() ? 1 : 2]);
}

View PlanRunner::run_macro(const Step& step) {
  const auto operands = plan_.operands_of(step);
  const View range = of(operands[0]);
  if (is_scalar(range)) return error_of(range);
  if (!range.is(Kind::list)) return unclear();
  if (step.operation == Operation::macro_once) return run_once(step, range.as_list());
  Joined joined(step.operation == Operation::macro_all);
  for (const View element : range.as_list()) {
    locals_[step.number] = element;
    if (joined.add(of(operands[1]))) break;
    if (is_spent()) return unclear();
  }
  return joined.result();
}

View PlanRunner::run_once(const Step& step, std::span<const View> elements) {
  std::size_t found = 0;
  for (const View element : elements) {
    locals_[step.number] = element;
    const View result = of(plan_.operands_of(step)[1]);
    if (!result.is(Kind::boolean)) return error_of(result);
    if (result.as_boolean()) ++found;
    if (is_spent()) return unclear();
  }
  return View::of(found == 1);
}

View PlanRunner::run_pattern(const Step& step) {
  const View text = of(plan_.operands_[step.first_operand]);
  if (!text.is(Kind::text)) {
    return is_scalar(text) || text.is(Kind::list) ? error_of(text) : unclear();
  }
  Budget budget;
  return View::of(counted(
      budget, [&] { return plan_.patterns_[step.number]->matches(text.as_text(), budget); }));
}

View PlanRunner::run_on_one(const Step& step) {
  const View operand = of(plan_.operands_[step.first_operand]);
  if (operand.is(Kind::none)) return operand;
  if (step.operation == Operation::negation && operand.is(Kind::boolean)) {
    return View::of(!operand.as_boolean());
  }
  if (step.operation == Operation::size && operand.is(Kind::list)) {
    return View::of(static_cast<std::int64_t>(operand.as_list().size()));
  }
  return call(step, std::span(&operand, 1));
}

View PlanRunner::run_on_two(const Step& step) {
  const Operand* operands = plan_.operands_.data() + step.first_operand;
  const View left = of(operands[0]);
  if (left.is(Kind::none)) return left;
  const View right = of(operands[1]);
  if (right.is(Kind::none)) return right;
  std::optional<bool> truth;
  if (step.operation == Operation::equality) truth = are_equal(left, right);
  if (step.operation == Operation::membership) truth = is_among(left, right);
  if (step.operation == Operation::less) truth = is_less(left, right);
  if (step.operation == Operation::greater) truth = is_less(right, left);
  if (truth) return View::of(*truth != step.is_other);
  if (step.operation == Operation::index && left.is(Kind::list) && right.is(Kind::integer)) {
    const auto at = static_cast<std::uint64_t>(right.as_integer());
    return at < left.as_list().size() ? left.as_list()[at] : View::none();
  }
  return call(step, std::array{left, right});
}

View PlanRunner::run_on_any(const Step& step) {
  std::array<View, k_plan_arguments_max> values{};
  std::size_t count = 0;
  for (const Operand& operand : plan_.operands_of(step)) {
    values[count] = of(operand);
    if (values[count].is(Kind::none)) return values[count];
    ++count;
  }
  return call(step, std::span(values).first(count));
}

/// Any function, with values of its own: what they are copied from is paid for by its size.
View PlanRunner::call(const Step& step, std::span<const View> operands) {
  for (const View operand : operands) spent_ += steps_to_copy(operand, steps_max_);
  if (is_spent()) return unclear();
  std::array<Value, k_plan_arguments_max> arguments;
  for (std::size_t i = 0; i < operands.size(); ++i) {
    std::optional<Value> value = to_value(operands[i]);
    if (!value) return unclear();
    arguments[i] = std::move(*value);
  }
  if (!calls_) calls_ = std::make_unique<Calls>();
  Context& context = calls_->context;
  Evaluated result = counted(context.budget, [&] {
    return step.function->call(Arguments(arguments.data(), operands.size()), context);
  });
  auto* value = std::get_if<Value>(&result);
  if (value == nullptr) return View::none();
  if (value->kind() == TypeKind::boolean) return View::of(value->as_boolean());
  if (value->kind() == TypeKind::integer) return View::of(value->as_integer());
  calls_->results.resize(plan_.results_);
  Value& kept = calls_->results[step.number];
  kept = std::move(*value);
  if (kept.kind() == TypeKind::string) return View::of(std::string_view(kept.as_string()));
  return View::other(kept);
}

/// Nothing where it takes more than this to tell.
std::optional<bool> PlanRunner::are_equal(View left, View right) {
  spent_ += 2;
  if (left.is(Kind::text) && right.is(Kind::text)) {
    const std::string_view text = left.as_text();
    spent_ += text.size() / 64;
    return text == right.as_text();
  }
  if (is_plain(left) && is_plain(right)) {
    return left.kind() == right.kind() && left.as_integer() == right.as_integer();
  }
  if (left.is(Kind::other) || right.is(Kind::other)) return std::nullopt;
  if (left.is(Kind::sealed) || right.is(Kind::sealed)) return std::nullopt;
  if (left.kind() != right.kind()) return false;
  if (!left.is(Kind::list)) return std::nullopt;
  return are_equal_lists(left.as_list(), right.as_list());
}

std::optional<bool> PlanRunner::are_equal_lists(std::span<const View> left,
                                                std::span<const View> right) {
  if (left.size() != right.size()) return false;
  for (std::size_t i = 0; i < left.size(); ++i) {
    const std::optional<bool> equal = are_equal(left[i], right[i]);
    if (!equal || !*equal) return equal;
  }
  return true;
}

std::optional<bool> PlanRunner::is_among(View wanted, View list) {
  if (!list.is(Kind::list)) return std::nullopt;
  for (const View element : list.as_list()) {
    const std::optional<bool> equal = are_equal(wanted, element);
    if (!equal || *equal) return equal;
  }
  return false;
}

/// Nothing where they are not of one kind with an order.
std::optional<bool> PlanRunner::is_less(View left, View right) {
  if (left.kind() != right.kind() || !is_plain(left)) return std::nullopt;
  ++spent_;
  if (!left.is(Kind::text)) return left.as_integer() < right.as_integer();
  spent_ += std::max(left.as_text().size(), right.as_text().size()) / 64;
  return left.as_text() < right.as_text();
}

}  // namespace octroi::cel
