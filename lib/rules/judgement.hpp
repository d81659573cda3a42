// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "rules/condition.hpp"
#include "rules/facts.hpp"
#include "rules/narrowing.hpp"
#include "rules/rulebook_content.hpp"

namespace octroi::rules {

/// What rules are asked about: the whole request, or one dataset of it.
struct Subject {
  std::optional<std::size_t> dataset;  ///< in the facts; nothing for the whole request
  std::string id;                      ///< "" for the whole request
  FactBindings bindings;
};

/// How one rule comes out for one subject, without a word of why.
struct Ruling {
  const CompiledRulebook* rulebook;
  const CompiledRule* rule;
  std::size_t subject;  ///< in Judgement::subjects
  Outcome outcome = Outcome::incomplete;
  bool is_required = false;                      ///< the rule applies: its requirement was asked
  const Unanswered* unanswered = nullptr;        ///< of the condition without a value, if any
  std::shared_ptr<const NarrowingGap> gap = {};  ///< why what holds is not met after all

  /// The path of the fact whose absence made this incomplete, or "".
  [[nodiscard]] const std::string& missing() const;
  /// What the evaluation said when it failed, or "".
  [[nodiscard]] const std::string& message() const;
};

/// The verdict of the rulebooks in force on some facts, and what it rests on. Borrows from both.
struct Judgement {
  Verdict verdict = Verdict::clear;                ///< the worst of all rulings
  std::vector<const CompiledRulebook*> rulebooks;  ///< those in force, by id
  std::vector<Subject> subjects;                   ///< the whole request, then its datasets by id
  std::vector<Ruling> rulings;                     ///< by rulebook id, rule order, dataset id
  std::vector<Narrowing> narrowings;

  /// What a decision calls a ruling: "RULE", or "DATASET/RULE".
  [[nodiscard]] std::string id_of(const Ruling& ruling) const;
  /// The same, appended.
  void append_id_of(std::string& out, const Ruling& ruling) const;

  /// The worst for each dataset, what concerns the whole request included.
  [[nodiscard]] std::map<std::string, Verdict> dataset_verdicts() const;

  /// The worst of each rulebook.
  [[nodiscard]] std::map<std::string, Verdict> rulebook_verdicts() const;

  /// The ids of the rulings that the verdict is that of; none when it is clear.
  [[nodiscard]] std::vector<std::string> decided_by() const;
};

/// Asks every rule that is in force on the day of the facts. Throws as assess does.
[[nodiscard]] Judgement judge(const Facts& facts, const std::vector<CompiledRulebook>& rulebooks);

/// The assessment that a judgement of these facts is.
[[nodiscard]] Assessment assess(const Case& documents, const Facts& facts,
                                const Judgement& judgement);

/// The same without its findings, which are nearly all of it.
[[nodiscard]] Assessment frame_of(const Case& documents, const Facts& facts,
                                  const Judgement& judgement);

/// The bytes of the whole assessment: those of its JSON in canonical form, its findings written
/// without being made. `frame` is that of the judgement of these facts.
[[nodiscard]] std::string assessment_bytes(const Assessment& frame, const Facts& facts,
                                           const Judgement& judgement);

}  // namespace octroi::rules
