// SPDX-License-Identifier: Apache-2.0
#include "cel/plan.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/limits.hpp"
#include "cel/function.hpp"
#include "cel/plan_runner.hpp"
#include "cel/program.hpp"
#include "cel/resolver.hpp"

namespace octroi::cel {
namespace {

std::uint32_t nodes_in(const Node& node) {
  std::uint32_t count = 1;
  for_each_child(node, [&](const Node& child) { count += nodes_in(child); });
  return count;
}

constexpr std::size_t k_patterns_max = 8;        ///< that one plan keeps compiled
constexpr std::size_t k_pattern_bytes_max = 64;  ///< of each

/// True for a pattern whose compiled form cannot be much larger than itself: it counts nothing and
/// names no class of Unicode. Others are compiled when they are matched, and paid for each time, so
/// that a rulebook of nothing else takes neither time nor memory to load.
bool is_small_pattern(std::string_view source) {
  const bool is_large = source.find('{') != std::string_view::npos ||
                        source.find("\\p") != std::string_view::npos ||
                        source.find("\\P") != std::string_view::npos;
  return source.size() <= k_pattern_bytes_max && !is_large;
}

/// The path of a plain chain.
const std::string& path_of_chain(const Node& node) {
  const auto* name = std::get_if<Name>(&node.form);
  return name != nullptr ? name->name : std::get<Select>(node.form).path;
}

}  // namespace

/// Makes the steps of a tree, those of children first.
class PlanMaker {
 public:
  PlanMaker(Plan& plan, const Numbering& numbering) : plan_(plan), numbering_(numbering) {}

  using Step = Plan::Step;
  using Operation = Plan::Operation;

  /// The number of the step that is the node's.
  std::uint32_t make(const Node& node) {
    Step step = std::visit([&](const auto& form) { return step_of(form, node); }, node.form);
    plan_.steps_.push_back(step);
    return static_cast<std::uint32_t>(plan_.steps_.size() - 1);
  }

 private:
  Step step_of(const Literal& form, const Node& node);
  Step step_of(const Name& form, const Node& node);
  Step step_of(const Select& form, const Node& node);
  Step step_of(const Call& form, const Node& node);
  Step step_of(const Logical& form, const Node& node);
  Step step_of(const Conditional& form, const Node& node);
  Step step_of(const ListForm& form, const Node& node);
  Step step_of(const MapForm&, const Node&) { return {}; }
  Step step_of(const ObjectForm&, const Node&) { return {}; }
  Step step_of(const Comprehension& form, const Node& node);

  Step with_children(Operation operation, std::vector<std::uint32_t> children);
  Step numbered(Operation operation, std::size_t number, std::uint32_t cost);
  std::optional<Step> step_of_slot(const Node& node);
  std::optional<Step> step_of_presence(const Select& form, const Node& node);
  std::optional<Step> step_of_pattern(const Call& form);
  [[nodiscard]] static std::pair<Operation, bool> operation_of(const Call& form);
  std::size_t name(const std::string& text);
  /// The room of what no plan keeps to itself.
  const Value& keep(Value value);

  Plan& plan_;
  const Numbering& numbering_;
  std::vector<std::string> locals_;
};

PlanMaker::Step PlanMaker::with_children(Operation operation, std::vector<std::uint32_t> children) {
  Step step;
  step.operation = operation;
  step.children = static_cast<std::uint16_t>(children.size());
  step.first_child = static_cast<std::uint32_t>(plan_.links_.size());
  plan_.links_.insert(plan_.links_.end(), children.begin(), children.end());
  return step;
}

PlanMaker::Step PlanMaker::numbered(Operation operation, std::size_t number, std::uint32_t cost) {
  Step step;
  step.operation = operation;
  step.number = static_cast<std::uint32_t>(number);
  step.cost = cost;
  return step;
}

std::size_t PlanMaker::name(const std::string& text) {
  plan_.names_.push_back(text);
  return plan_.names_.size() - 1;
}

const Value& PlanMaker::keep(Value value) {
  plan_.values_.push_back(std::make_unique<const Value>(std::move(value)));
  return *plan_.values_.back();
}

PlanMaker::Step PlanMaker::step_of(const Literal& form, const Node&) {
  plan_.constants_.push_back(plan_.room_->lay_out(keep(form.value)));
  return numbered(Operation::constant, plan_.constants_.size() - 1, 1);
}

std::optional<PlanMaker::Step> PlanMaker::step_of_slot(const Node& node) {
  if (!is_plain_chain(node)) return std::nullopt;
  const std::optional<std::size_t> number = numbering_(path_of_chain(node));
  if (!number) return std::nullopt;
  return numbered(Operation::slot, *number, nodes_in(node));
}

PlanMaker::Step PlanMaker::step_of(const Name& form, const Node& node) {
  if (!form.is_local) return step_of_slot(node).value_or(Step{});
  const auto found = std::find(locals_.rbegin(), locals_.rend(), form.name);
  const auto level = static_cast<std::size_t>(locals_.rend() - found) - 1;
  return level < k_plan_locals_max ? numbered(Operation::local, level, 1) : Step{};
}

std::optional<PlanMaker::Step> PlanMaker::step_of_presence(const Select& form, const Node& node) {
  const std::optional<Step> outer = step_of_slot(*form.operand);
  if (!outer || form.path.empty()) return std::nullopt;
  const std::optional<std::size_t> number = numbering_(form.path);
  if (!number) return std::nullopt;
  Step step = numbered(Operation::has_slot, *number, nodes_in(node));
  step.extra = outer->number;
  return step;
}

PlanMaker::Step PlanMaker::step_of(const Select& form, const Node& node) {
  const std::optional<Step> slot = form.is_test ? step_of_presence(form, node) : step_of_slot(node);
  if (slot) return *slot;
  const Operation operation = form.is_test ? Operation::has_field : Operation::field;
  Step step = with_children(operation, {make(*form.operand)});
  step.number = static_cast<std::uint32_t>(name(form.field));
  return step;
}

/// A text is matched with a pattern that is written down.
std::optional<PlanMaker::Step> PlanMaker::step_of_pattern(const Call& form) {
  if (form.function != "matches" || form.arguments.size() != 2) return std::nullopt;
  const auto* literal = std::get_if<Literal>(&form.arguments[1]->form);
  if (literal == nullptr || literal->value.kind() != TypeKind::string) return std::nullopt;
  if (plan_.patterns_.size() == k_patterns_max || !is_small_pattern(literal->value.as_string())) {
    return std::nullopt;
  }
  auto pattern = std::make_unique<const builtins::Pattern>(literal->value.as_string());
  if (!pattern->is_valid()) return std::nullopt;
  Step step = with_children(Operation::matches, {make(*form.arguments[0])});
  step.cost = 2;
  step.number = static_cast<std::uint32_t>(plan_.patterns_.size());
  plan_.patterns_.push_back(std::move(pattern));
  return step;
}

std::pair<PlanMaker::Operation, bool> PlanMaker::operation_of(const Call& form) {
  struct Row {
    std::string_view function;
    Operation operation;
    bool is_other;
  };
  static constexpr std::array k_rows = {
      Row{"!_", Operation::negation, false},  Row{"_==_", Operation::equality, false},
      Row{"_!=_", Operation::equality, true}, Row{"_<_", Operation::less, false},
      Row{"_>=_", Operation::less, true},     Row{"_>_", Operation::greater, false},
      Row{"_<=_", Operation::greater, true},  Row{"@in", Operation::membership, false},
      Row{"_[_]", Operation::index, false},   Row{"size", Operation::size, false},
  };
  for (const Row& row : k_rows) {
    if (row.function == form.function) return {row.operation, row.is_other};
  }
  return {Operation::call, false};
}

PlanMaker::Step PlanMaker::step_of(const Call& form, const Node&) {
  if (form.implementation == nullptr || form.arguments.size() > k_plan_arguments_max) return {};
  if (const std::optional<Step> pattern = step_of_pattern(form)) return *pattern;
  const auto [operation, is_other] = operation_of(form);
  std::vector<std::uint32_t> arguments;
  for (const NodePointer& argument : form.arguments) arguments.push_back(make(*argument));
  Step step = with_children(operation, std::move(arguments));
  step.is_other = is_other;
  step.function = form.implementation;
  step.number = static_cast<std::uint32_t>(plan_.results_++);
  return step;
}

PlanMaker::Step PlanMaker::step_of(const Logical& form, const Node&) {
  std::vector<std::uint32_t> operands;
  for (const NodePointer& operand : form.operands) operands.push_back(make(*operand));
  Step step = with_children(Operation::junction, std::move(operands));
  step.is_other = !form.is_and;
  return step;
}

PlanMaker::Step PlanMaker::step_of(const Conditional& form, const Node&) {
  const std::uint32_t condition = make(*form.condition);
  const std::uint32_t if_true = make(*form.if_true);
  return with_children(Operation::choice, {condition, if_true, make(*form.if_false)});
}

/// A list of literals; of another one no plan knows.
PlanMaker::Step PlanMaker::step_of(const ListForm& form, const Node& node) {
  Value::List elements;
  for (const NodePointer& element : form.elements) {
    const auto* literal = std::get_if<Literal>(&element->form);
    if (literal == nullptr) return {};
    elements.push_back(literal->value);
  }
  plan_.constants_.push_back(plan_.room_->lay_out(keep(Value(std::move(elements)))));
  return numbered(Operation::constant, plan_.constants_.size() - 1, nodes_in(node));
}

PlanMaker::Step PlanMaker::step_of(const Comprehension& form, const Node&) {
  Operation operation = Operation::unclear;
  if (form.kind == MacroKind::all) operation = Operation::macro_all;
  if (form.kind == MacroKind::exists) operation = Operation::macro_exists;
  if (form.kind == MacroKind::exists_one) operation = Operation::macro_once;
  if (operation == Operation::unclear || locals_.size() == k_plan_locals_max) return {};
  const std::uint32_t range = make(*form.range);
  const auto level = static_cast<std::uint32_t>(locals_.size());
  locals_.push_back(form.variable);
  const std::uint32_t condition = make(*form.condition);
  locals_.pop_back();
  Step step = with_children(operation, {range, condition});
  step.number = level;
  return step;
}

Plan::Plan(const Node& root, const Numbering& numbering) : room_(std::make_unique<ViewRoom>()) {
  PlanMaker(*this, numbering).make(root);
}

Decided Plan::decide(Slots& slots, Allowance* allowance) const {
  if (allowance == nullptr) return PlanRunner(*this, slots, Budget()).decide();
  const Budget budget(std::min(allowance->steps, limits::k_expression_steps_max));
  PlanRunner runner(*this, slots, budget);
  const Decided decided = runner.decide();
  allowance->steps -= budget.left() - runner.steps_left();
  return decided;
}

}  // namespace octroi::cel
