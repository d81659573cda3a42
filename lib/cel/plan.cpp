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

/// Makes the operands of a tree, and the steps that they are of.
class PlanMaker {
 public:
  PlanMaker(Plan& plan, const Numbering& numbering) : plan_(plan), numbering_(numbering) {}

  using Step = Plan::Step;
  using Source = Plan::Source;
  using Operand = Plan::Operand;
  using Operation = Plan::Operation;

  Operand make(const Node& node) {
    return std::visit([&](const auto& form) { return operand_of(form, node); }, node.form);
  }

 private:
  Operand operand_of(const Literal& form, const Node& node);
  Operand operand_of(const Name& form, const Node& node);
  Operand operand_of(const Select& form, const Node& node);
  Operand operand_of(const Call& form, const Node& node);
  Operand operand_of(const Logical& form, const Node& node);
  Operand operand_of(const Conditional& form, const Node& node);
  Operand operand_of(const ListForm& form, const Node& node);
  Operand operand_of(const MapForm&, const Node&) { return unclear(); }
  Operand operand_of(const ObjectForm&, const Node&) { return unclear(); }
  Operand operand_of(const Comprehension& form, const Node& node);

  std::vector<Operand> make_all(const std::vector<NodePointer>& nodes);
  Operand add(Step step, const std::vector<Operand>& operands, std::uint32_t cost = 1);
  Operand unclear() { return add({}, {}); }
  Operand constant(Value value, std::uint32_t cost);
  std::optional<Operand> slot(const Node& node);
  std::optional<Operand> presence(const Select& form, const Node& node);
  std::optional<Operand> match(const Call& form);
  [[nodiscard]] static Step operation_of(const Call& form);

  Plan& plan_;
  const Numbering& numbering_;
  std::vector<std::string> locals_;
};

std::vector<PlanMaker::Operand> PlanMaker::make_all(const std::vector<NodePointer>& nodes) {
  std::vector<Operand> result;
  for (const NodePointer& node : nodes) result.push_back(make(*node));
  return result;
}

PlanMaker::Operand PlanMaker::add(Step step, const std::vector<Operand>& operands,
                                  std::uint32_t cost) {
  step.operand_count = static_cast<std::uint16_t>(operands.size());
  step.first_operand = static_cast<std::uint32_t>(plan_.operands_.size());
  plan_.operands_.insert(plan_.operands_.end(), operands.begin(), operands.end());
  plan_.steps_.push_back(step);
  return {Source::step, static_cast<std::uint32_t>(plan_.steps_.size() - 1), cost};
}

PlanMaker::Operand PlanMaker::constant(Value value, std::uint32_t cost) {
  plan_.values_.push_back(std::make_unique<const Value>(std::move(value)));
  plan_.constants_.push_back(plan_.room_->lay_out(*plan_.values_.back()));
  return {Source::constant, static_cast<std::uint32_t>(plan_.constants_.size() - 1), cost};
}

PlanMaker::Operand PlanMaker::operand_of(const Literal& form, const Node&) {
  return constant(form.value, 1);
}

std::optional<PlanMaker::Operand> PlanMaker::slot(const Node& node) {
  if (!is_plain_chain(node)) return std::nullopt;
  const std::optional<std::size_t> number = numbering_(path_of_chain(node));
  if (!number) return std::nullopt;
  return Operand{Source::slot, static_cast<std::uint32_t>(*number), nodes_in(node)};
}

PlanMaker::Operand PlanMaker::operand_of(const Name& form, const Node& node) {
  if (!form.is_local) {
    const std::optional<Operand> fact = slot(node);
    return fact ? *fact : unclear();
  }
  const auto found = std::find(locals_.rbegin(), locals_.rend(), form.name);
  const auto level = static_cast<std::uint32_t>(locals_.rend() - found) - 1;
  return level < k_plan_locals_max ? Operand{Source::local, level, 1} : unclear();
}

std::optional<PlanMaker::Operand> PlanMaker::presence(const Select& form, const Node& node) {
  std::optional<Operand> outer = slot(*form.operand);
  if (!outer || form.path.empty()) return std::nullopt;
  const std::optional<std::size_t> number = numbering_(form.path);
  if (!number) return std::nullopt;
  outer->cost = 0;  // both are of the one node
  const Operand itself{Source::slot, static_cast<std::uint32_t>(*number), 0};
  return add({Operation::has_slot}, {*outer, itself}, nodes_in(node));
}

PlanMaker::Operand PlanMaker::operand_of(const Select& form, const Node& node) {
  const std::optional<Operand> fact = form.is_test ? presence(form, node) : slot(node);
  if (fact) return *fact;
  Step step{form.is_test ? Operation::has_field : Operation::field};
  step.number = static_cast<std::uint32_t>(plan_.names_.size());
  plan_.names_.push_back(form.field);
  return add(step, {make(*form.operand)});
}

/// A text is matched with a pattern that is written down.
std::optional<PlanMaker::Operand> PlanMaker::match(const Call& form) {
  if (form.function != "matches" || form.arguments.size() != 2) return std::nullopt;
  const auto* literal = std::get_if<Literal>(&form.arguments[1]->form);
  if (literal == nullptr || literal->value.kind() != TypeKind::string) return std::nullopt;
  if (plan_.patterns_.size() == k_patterns_max || !is_small_pattern(literal->value.as_string())) {
    return std::nullopt;
  }
  auto pattern = std::make_unique<const builtins::Pattern>(literal->value.as_string());
  if (!pattern->is_valid()) return std::nullopt;
  Step step{Operation::matches};
  step.number = static_cast<std::uint32_t>(plan_.patterns_.size());
  plan_.patterns_.push_back(std::move(pattern));
  return add(step, {make(*form.arguments[0])}, 2);
}

PlanMaker::Step PlanMaker::operation_of(const Call& form) {
  struct Row {
    std::string_view function;
    Step step;
  };
  static constexpr std::array k_rows = {
      Row{"!_", {Operation::negation}},         Row{"_==_", {Operation::equality}},
      Row{"_!=_", {Operation::equality, true}}, Row{"_<_", {Operation::less}},
      Row{"_>=_", {Operation::less, true}},     Row{"_>_", {Operation::greater}},
      Row{"_<=_", {Operation::greater, true}},  Row{"@in", {Operation::membership}},
      Row{"_[_]", {Operation::index}},          Row{"size", {Operation::size}},
  };
  for (const Row& row : k_rows) {
    if (row.function == form.function) return row.step;
  }
  return {Operation::call};
}

PlanMaker::Operand PlanMaker::operand_of(const Call& form, const Node&) {
  if (form.implementation == nullptr || form.arguments.size() > k_plan_arguments_max) {
    return unclear();
  }
  if (const std::optional<Operand> matched = match(form)) return *matched;
  Step step = operation_of(form);
  step.function = form.implementation;
  step.number = static_cast<std::uint32_t>(plan_.results_++);
  return add(step, make_all(form.arguments));
}

PlanMaker::Operand PlanMaker::operand_of(const Logical& form, const Node&) {
  return add({Operation::junction, !form.is_and}, make_all(form.operands));
}

PlanMaker::Operand PlanMaker::operand_of(const Conditional& form, const Node&) {
  const Operand condition = make(*form.condition);
  const Operand if_true = make(*form.if_true);
  return add({Operation::choice}, {condition, if_true, make(*form.if_false)});
}

/// A list of literals; of another one no plan knows.
PlanMaker::Operand PlanMaker::operand_of(const ListForm& form, const Node& node) {
  Value::List elements;
  for (const NodePointer& element : form.elements) {
    const auto* literal = std::get_if<Literal>(&element->form);
    if (literal == nullptr) return unclear();
    elements.push_back(literal->value);
  }
  return constant(Value(std::move(elements)), nodes_in(node));
}

PlanMaker::Operand PlanMaker::operand_of(const Comprehension& form, const Node&) {
  Step step;
  if (form.kind == MacroKind::all) step.operation = Operation::macro_all;
  if (form.kind == MacroKind::exists) step.operation = Operation::macro_exists;
  if (form.kind == MacroKind::exists_one) step.operation = Operation::macro_once;
  if (step.operation == Operation::unclear || locals_.size() == k_plan_locals_max) {
    return unclear();
  }
  const Operand range = make(*form.range);
  step.number = static_cast<std::uint32_t>(locals_.size());
  locals_.push_back(form.variable);
  const Operand condition = make(*form.condition);
  locals_.pop_back();
  return add(step, {range, condition});
}

Plan::Plan(const Node& root, const Numbering& numbering) : room_(std::make_unique<ViewRoom>()) {
  root_ = PlanMaker(*this, numbering).make(root);
}

Decided Plan::decide(Slots& slots, Allowance* allowance) const {
  constexpr std::size_t k_steps_max = limits::k_expression_steps_max;
  if (allowance != nullptr && allowance->steps == 0) return {Decision::unclear};
  PlanRunner runner(*this, slots,
                    allowance == nullptr ? k_steps_max : std::min(allowance->steps, k_steps_max));
  const Decided decided = runner.decide();
  if (allowance != nullptr) allowance->steps -= runner.spent();
  return decided;
}

}  // namespace octroi::cel
