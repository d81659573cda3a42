// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "rules/fact_schema.hpp"
#include "rules/rule_test.hpp"
#include "rules/rulebook_content.hpp"

namespace octroi::rules {
namespace {

bool reads_what_can_be_absent(const std::vector<std::string>& paths) {
  return std::any_of(paths.begin(), paths.end(), can_be_absent);
}

}  // namespace

std::vector<CoveredOutcome> possible_outcomes(const CompiledRulebook& rulebook) {
  std::vector<CoveredOutcome> result;
  for (const CompiledRule& rule : rulebook.content().rules) {
    std::vector<Outcome> outcomes;
    if (!rule.applies.is_literal(true)) outcomes.push_back(Outcome::not_applicable);
    if (!rule.requirement.is_literal(false)) outcomes.push_back(Outcome::pass);
    if (!rule.requirement.is_literal(true)) outcomes.push_back(rule.otherwise);
    const bool narrows_by_what_can_be_absent =
        rule.narrows && reads_what_can_be_absent(rule.narrows->reads());
    if (rule.otherwise != Outcome::incomplete &&
        (reads_what_can_be_absent(rule.applies.reads()) ||
         reads_what_can_be_absent(rule.requirement.reads()) || narrows_by_what_can_be_absent)) {
      outcomes.push_back(Outcome::incomplete);
    }
    for (const Outcome outcome : outcomes) result.push_back({rule.id, outcome, 0, ""});
  }
  return result;
}

}  // namespace octroi::rules
