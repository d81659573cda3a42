// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rules/compiled_rulebook.hpp"
#include "rules/condition.hpp"
#include "rules/narrowing.hpp"
#include "rules/outcome.hpp"
#include "rules/text.hpp"

namespace octroi::rules {

/// What the findings of a rule say alike, as members of canonical JSON.
struct FindingParts {
  std::string because;   ///< "because":{…},"cites":[…]
  std::string excused;   ///< the same where the rule does not apply
  std::string remedy;    ///< "remedy":{…}
  std::string identity;  ///< "rule":"…","rulebook":"…","title":{…}
};

struct CompiledRule {
  std::string id;
  Text title;
  Condition applies;
  Condition requirement;
  Outcome otherwise;
  Text because;
  Text not_applicable;
  Text remedy;
  std::vector<Citation> cites;
  std::optional<Narrows> narrows;
  /// A condition, or what it narrows by, reads `dataset`: the rule is then asked once per dataset.
  bool is_about_datasets = false;
  /// It applies under the same condition as the rule before it that is about the same, datasets or
  /// the request, so that nobody needs to ask it again.
  bool applies_as_before = false;
  FindingParts parts = {};

  /// Why it asks what it asks; where it is not applicable, why that is so, if it says.
  [[nodiscard]] const Text& reason(Outcome outcome) const {
    const bool is_excused = outcome == Outcome::not_applicable && !not_applicable.en.empty();
    return is_excused ? not_applicable : because;
  }
};

struct DisregardedFact {
  std::string path;
  Text because;
  std::vector<Citation> cites;
};

struct CompiledRulebook::Content {
  std::string id;
  Digest sha256;
  std::optional<Date> valid_from;
  std::optional<Date> valid_through;
  std::vector<CompiledRule> rules;
  std::vector<DisregardedFact> disregards;
};

}  // namespace octroi::rules
