// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "cel/function.hpp"
#include "cel/plan.hpp"
#include "cel/view.hpp"

namespace octroi::cel {

constexpr std::size_t k_plan_locals_max = 4;     ///< macros in each other
constexpr std::size_t k_plan_arguments_max = 3;  ///< of one call

/// One run of a plan. Every operand is a view, `none` where it is an error, which names the slot
/// that it is of as long as it is the error that the tree would give. What the plan cannot tell
/// is `none` too, and makes the whole run unclear.
///
/// A run spends at least what the tree would: one that stays within the limit is one that the tree
/// would have come to the end of. Steps are counted as they are taken and the limit is asked for
/// where something is repeated, as what is not ends by itself.
class PlanRunner {
 public:
  PlanRunner(const Plan& plan, Slots& slots, std::size_t steps_max)
      : plan_(plan), slots_(slots), steps_max_(steps_max) {}

  [[nodiscard]] Decided decide();
  /// Never more than the most that it may.
  [[nodiscard]] std::size_t spent() const { return std::min(spent_, steps_max_); }

 private:
  using Step = Plan::Step;
  using Source = Plan::Source;
  using Operand = Plan::Operand;
  using Operation = Plan::Operation;

  /// What calls of functions need: most plans have none.
  struct Calls {
    Context context;
    std::vector<Value> results;  ///< which views look at
  };

  [[nodiscard]] View of(const Operand& operand) {
    spent_ += operand.cost;
    switch (operand.source) {
      case Source::constant:
        return plan_.constants_[operand.number];
      case Source::slot:
        return slots_.at(operand.number);
      case Source::local:
        return locals_[operand.number];
      case Source::step:
        break;
    }
    return run(plan_.steps_[operand.number]);
  }
  [[nodiscard]] View run(const Step& step);
  [[nodiscard]] View run_field(const Step& step);
  [[nodiscard]] View run_presence(const Step& step);
  [[nodiscard]] View run_junction(const Step& step);
  [[nodiscard]] View run_choice(const Step& step);
  [[nodiscard]] View run_macro(const Step& step);
  [[nodiscard]] View run_once(const Step& step, std::span<const View> elements);
  [[nodiscard]] View run_pattern(const Step& step);
  [[nodiscard]] View run_on_one(const Step& step);
  [[nodiscard]] View run_on_two(const Step& step);
  [[nodiscard]] View run_on_any(const Step& step);
  [[nodiscard]] View call(const Step& step, std::span<const View> operands);

  [[nodiscard]] std::optional<bool> are_equal(View left, View right);
  [[nodiscard]] std::optional<bool> are_equal_lists(std::span<const View> left,
                                                    std::span<const View> right);
  [[nodiscard]] std::optional<bool> is_among(View wanted, View list);
  [[nodiscard]] std::optional<bool> is_less(View left, View right);

  [[nodiscard]] bool is_spent() const { return spent_ >= steps_max_; }
  /// Does something that counts its steps itself.
  template <typename Work>
  auto counted(Budget& budget, const Work& work) {
    budget = Budget(steps_max_ - spent());
    auto result = work();
    spent_ = steps_max_ - budget.left();
    return result;
  }
  [[nodiscard]] View unclear() {
    is_unclear_ = true;
    return View::none();
  }

  const Plan& plan_;
  Slots& slots_;
  std::size_t steps_max_;
  std::size_t spent_ = 0;
  bool is_unclear_ = false;
  std::array<View, k_plan_locals_max> locals_;  ///< each set by the macro that it is of
  std::unique_ptr<Calls> calls_;                ///< made by the first
};

}  // namespace octroi::cel
