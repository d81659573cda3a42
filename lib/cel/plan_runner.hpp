// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "cel/function.hpp"
#include "cel/plan.hpp"
#include "cel/view.hpp"

namespace octroi::cel {

constexpr std::size_t k_plan_locals_max = 4;     ///< macros in each other
constexpr std::size_t k_plan_arguments_max = 3;  ///< of one call

/// One run of a plan. Every step is a view, `none` where it is an error, which names the slot that
/// it is of as long as it is the error that the tree would give. What the plan cannot tell
/// is `none` too, and makes the whole run unclear.
///
/// A run spends at least what the tree would: one that stays within the limit is one that the tree
/// would have come to the end of.
class PlanRunner {
 public:
  PlanRunner(const Plan& plan, Slots& slots, Budget budget) : plan_(plan), slots_(slots) {
    context_.budget = budget;
  }

  [[nodiscard]] Decided decide();
  [[nodiscard]] std::size_t steps_left() const { return context_.budget.left(); }

 private:
  using Step = Plan::Step;
  using Operation = Plan::Operation;

  [[nodiscard]] View run(const Step& step);
  /// The same, with the steps that have no children seen to at once: most are such.
  [[nodiscard]] View run_child(const Step& step, std::size_t at) {
    const Step& child = plan_.child(step, at);
    if (child.operation > Operation::local) return run(child);
    context_.budget.spend(child.cost);
    return run_leaf(child);
  }
  [[nodiscard]] View run_leaf(const Step& step) {
    if (step.operation == Operation::constant) return plan_.constants_[step.number];
    return step.operation == Operation::slot ? run_slot(step.number) : locals_[step.number];
  }
  [[nodiscard]] View run_slot(std::size_t number) {
    const View fact = slots_.at(number);
    return fact.is(View::Kind::none) ? View::absent(number) : fact;
  }
  [[nodiscard]] View run_field(const Step& step);
  [[nodiscard]] View run_presence(const Step& step);
  [[nodiscard]] View run_junction(const Step& step);
  [[nodiscard]] View run_choice(const Step& step);
  [[nodiscard]] View run_macro(const Step& step);
  [[nodiscard]] View run_once(const Step& step, std::span<const View> elements);
  [[nodiscard]] View run_pattern(const Step& step);
  [[nodiscard]] View run_call(const Step& step);
  [[nodiscard]] std::optional<bool> truth_of(const Step& step, View left, View right);
  [[nodiscard]] View call(const Step& step, std::span<const View> operands);

  [[nodiscard]] std::optional<bool> are_equal(View left, View right);
  [[nodiscard]] std::optional<bool> is_among(View wanted, std::span<const View> elements);
  [[nodiscard]] std::optional<bool> is_less(View left, View right);
  [[nodiscard]] View unclear() {
    is_unclear_ = true;
    return View::none();
  }

  const Plan& plan_;
  Slots& slots_;
  Context context_;
  std::array<View, k_plan_locals_max> locals_;
  std::vector<Value> results_;  ///< of calls, which views look at; made room for by the first
  bool is_unclear_ = false;
};

}  // namespace octroi::cel
