// SPDX-License-Identifier: Apache-2.0
#include "rules/review.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "cel/problem.hpp"
#include "rules/rulebook_content.hpp"

namespace octroi::rules {
namespace {

/// Rules of one book that are compared in pairs; a longer book is reviewed rule by rule only.
constexpr std::size_t k_compared_rules_max = 500;

std::size_t first_offset(const cel::Node& node) {
  std::size_t result = node.offset;
  cel::for_each_child(
      node, [&result](const cel::Node& child) { result = std::min(result, first_offset(child)); });
  return result;
}

/// The parts that `&&` joins, or the whole.
std::vector<const cel::Node*> conjuncts(const cel::Node& node) {
  const auto* logical = std::get_if<cel::Logical>(&node.form);
  if (logical == nullptr || !logical->is_and) return {&node};
  std::vector<const cel::Node*> result;
  for (const cel::NodePointer& operand : logical->operands) {
    for (const cel::Node* part : conjuncts(*operand)) result.push_back(part);
  }
  return result;
}

struct ReadRule {
  const CompiledRule* rule;
  cel::NodePointer applies;
  cel::NodePointer requirement;
  bool is_left_out = false;  ///< of the comparison in pairs: it is wrong, or never says anything
};

/// What a rule says, as assess() has it.
Verdict verdict_for(Truth applies, Truth requirement, Outcome otherwise) {
  if (applies == Truth::no) return Verdict::clear;
  if (applies == Truth::error || requirement == Truth::error) return Verdict::incomplete;
  return requirement == Truth::yes ? Verdict::clear : verdict_of(otherwise);
}

class Reviewer {
 public:
  explicit Reviewer(const CompiledRulebook& rulebook) : validity_(validity_of(rulebook)) {
    for (const CompiledRule& rule : rulebook.content().rules) {
      rules_.push_back({&rule, tree_of(rule.applies.source()), tree_of(rule.requirement.source())});
    }
  }

  [[nodiscard]] std::vector<RulebookProblem> run() {
    for (ReadRule& rule : rules_) {
      if (finds_dead(rule) || finds_never_met(rule)) continue;
      find_always_met(rule);
    }
    if (rules_.size() <= k_compared_rules_max) {
      for (std::size_t i = 0; i < rules_.size(); ++i) find_shadow(i);
    }
    return std::move(problems_);
  }

 private:
  void report(const CompiledRule& rule, std::string_view where, const Condition& condition,
              const cel::Node& at, std::string message, bool is_warning) {
    const cel::Problem place = cel::problem_at(condition.source(), first_offset(at), {});
    problems_.push_back({rule.id, std::string(where), std::move(message), condition.source(),
                         place.line, place.column, is_warning});
  }

  /// The first of some parts with which all before it can no longer hold where `given` does.
  [[nodiscard]] std::optional<std::size_t> contradiction(
      const cel::Node* given, const std::vector<const cel::Node*>& parts) {
    Propositions propositions(validity_, effort_);
    if (given != nullptr) propositions.add(*given);
    const std::size_t first = given == nullptr ? 0 : 1;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      propositions.add(*parts[i]);
      const bool never = propositions.always([&](const Propositions::Outcome& outcome) {
        for (std::size_t number = 0; number <= first + i; ++number) {
          if (outcome(number) != Truth::yes) return true;
        }
        return false;
      });
      if (never) return i;
    }
    return std::nullopt;
  }

  bool finds_dead(ReadRule& rule) {
    const std::vector<const cel::Node*> parts = conjuncts(*rule.applies);
    const std::optional<std::size_t> at = contradiction(nullptr, parts);
    if (!at) return false;
    rule.is_left_out = true;
    report(*rule.rule, "applies", rule.rule->applies, *parts[*at],
           *at == 0 ? "this can never hold, so the rule never applies"
                    : "this can never hold where what stands before it does, so the rule never "
                      "applies",
           false);
    return true;
  }

  bool finds_never_met(ReadRule& rule) {
    if (rule.rule->requirement.is_literal(false)) return false;
    const std::vector<const cel::Node*> parts = conjuncts(*rule.requirement);
    const std::optional<std::size_t> at = contradiction(rule.applies.get(), parts);
    if (!at) return false;
    rule.is_left_out = true;
    report(*rule.rule, "requires", rule.rule->requirement, *parts[*at],
           "this can never hold where the rule applies; if that is meant, write false for the "
           "whole",
           false);
    return true;
  }

  void find_always_met(ReadRule& rule) {
    Propositions propositions(validity_, effort_);
    propositions.add(*rule.applies);
    propositions.add(*rule.requirement);
    const bool never_unmet = propositions.always([](const Propositions::Outcome& outcome) {
      return outcome(0) != Truth::yes || outcome(1) != Truth::no;
    });
    if (!never_unmet) return;
    rule.is_left_out = true;
    if (rule.rule->requirement.is_literal(true)) return;
    report(*rule.rule, "requires", rule.rule->requirement, *rule.requirement,
           "this always holds where the rule applies; if that is meant, write true", true);
  }

  [[nodiscard]] static bool share_a_fact(const CompiledRule& left, const CompiledRule& right) {
    std::set<std::string> paths(left.applies.reads().begin(), left.applies.reads().end());
    paths.insert(left.requirement.reads().begin(), left.requirement.reads().end());
    const auto is_shared = [&paths](const std::string& path) { return paths.contains(path); };
    return std::any_of(right.applies.reads().begin(), right.applies.reads().end(), is_shared) ||
           std::any_of(right.requirement.reads().begin(), right.requirement.reads().end(),
                       is_shared);
  }

  /// True when one rule says nothing that the other does not say at least as severely.
  [[nodiscard]] bool is_shadowed_by(const ReadRule& rule, const ReadRule& other) {
    if (rule.is_left_out || other.is_left_out || rule.rule->narrows) return false;
    if (verdict_of(other.rule->otherwise) < verdict_of(rule.rule->otherwise)) {
      return false;
    }
    const bool is_other_fixed =
        other.rule->applies.reads().empty() && other.rule->requirement.reads().empty();
    if (!is_other_fixed && !share_a_fact(*rule.rule, *other.rule)) return false;
    Propositions propositions(validity_, effort_);
    propositions.add(*rule.applies);
    propositions.add(*rule.requirement);
    propositions.add(*other.applies);
    propositions.add(*other.requirement);
    return propositions.always([&](const Propositions::Outcome& outcome) {
      const auto verdict = [&](std::size_t first, Outcome otherwise) {
        const Truth applies = outcome(first);
        return verdict_for(applies, applies == Truth::yes ? outcome(first + 1) : applies,
                           otherwise);
      };
      return verdict(0, rule.rule->otherwise) <= verdict(2, other.rule->otherwise);
    });
  }

  void find_shadow(std::size_t number) {
    const ReadRule& rule = rules_[number];
    for (std::size_t i = 0; i < rules_.size(); ++i) {
      if (i == number || !is_shadowed_by(rule, rules_[i])) continue;
      // Of two rules that say the same the later one is named.
      if (number < i && is_shadowed_by(rules_[i], rule)) continue;
      report(
          *rule.rule, "requires", rule.rule->requirement, *rule.requirement,
          fmt::format("this adds nothing: wherever the rule stands in the way, {} does too, and at "
                      "least as severely",
                      rules_[i].rule->id),
          true);
      return;
    }
  }

  DayRange validity_;
  Propositions::Effort effort_{};
  std::vector<ReadRule> rules_;
  std::vector<RulebookProblem> problems_;
};

}  // namespace

std::vector<RulebookProblem> review(const CompiledRulebook& rulebook) {
  return Reviewer(rulebook).run();
}

DayRange validity_of(const CompiledRulebook& rulebook) {
  return {rulebook.content().valid_from, rulebook.content().valid_through};
}

std::string to_string(const DayRange& days) {
  const std::string from = days.from ? "from " + format_date(*days.from) : "";
  if (!days.through) return from.empty() ? "on every day" : from + " on";
  return fmt::format("{}{}to {}", from, from.empty() ? "" : " ", format_date(*days.through));
}

}  // namespace octroi::rules
