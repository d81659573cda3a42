// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "rules/condition.hpp"
#include "rules/facts.hpp"
#include "rules/narrowing.hpp"
#include "rules/rulebook_content.hpp"

namespace octroi::rules {

/// What rules are asked about: the whole request, or one dataset of it.
struct Subject {
  const json::Value* dataset;  ///< nullptr for the whole request
  std::string id;              ///< "" for the whole request
  FactBindings bindings;
};

/// How one rule comes out for one subject, without a word of why.
struct Ruling {
  const CompiledRulebook* rulebook;
  const CompiledRule* rule;
  std::size_t subject;  ///< in Judgement::subjects
  Outcome outcome = Outcome::incomplete;
  bool is_required = false;  ///< the rule applies: its requirement was asked
  std::shared_ptr<const Unanswered> unanswered = {};  ///< of the condition without a value, if any
  std::shared_ptr<const NarrowingGap> gap = {};       ///< why what holds is not met after all
};

/// The verdict of the rulebooks in force on some facts, and what it rests on. Borrows from both.
struct Judgement {
  Verdict verdict = Verdict::clear;                ///< the worst of all rulings
  std::vector<const CompiledRulebook*> rulebooks;  ///< those in force, by id
  std::vector<Subject> subjects;                   ///< the whole request, then its datasets by id
  std::vector<Ruling> rulings;                     ///< by rulebook id, rule order, dataset id
  std::vector<Narrowing> narrowings;

  /// The ids of the rulings that the verdict is that of, "RULE" or "DATASET/RULE"; none when it is
  /// clear.
  [[nodiscard]] std::vector<std::string> decided_by() const;
};

/// Asks every rule that is in force on the day of the facts. Throws as assess does.
[[nodiscard]] Judgement judge(const Facts& facts, const std::vector<CompiledRulebook>& rulebooks);

}  // namespace octroi::rules
