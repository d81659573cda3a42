// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "json/value.hpp"
#include "rules/assessment.hpp"
#include "rules/fact_sources.hpp"
#include "rules/regimes.hpp"

namespace octroi::rules {

/// A place in one of the documents of a case, and what stands there.
struct DeclaredAt {
  Declarer declarer;
  std::string document;              ///< the dataset's or provider's id; "" for request and day
  std::string pointer;               ///< JSON pointer in it; "" for the day
  std::optional<json::Value> value;  ///< nothing where nothing is declared

  friend bool operator==(const DeclaredAt&, const DeclaredAt&) = default;
};

/// A fact that a rule read, its value, and where it was declared.
struct ExplainedFact {
  std::string path;                  ///< "dataset.extent"
  std::optional<json::Value> value;  ///< nothing where it is not known
  std::vector<DeclaredAt> declared;  ///< those of the request first

  friend bool operator==(const ExplainedFact&, const ExplainedFact&) = default;
};

/// One finding, traced back to what was declared.
struct ExplainedFinding {
  Finding finding;
  std::vector<ExplainedFact> decided;  ///< what the failing parts of its requirement read; of what
                                       ///< made it apply where the requirement reads nothing
  std::vector<ExplainedFact> applied;  ///< what else made the rule apply

  friend bool operator==(const ExplainedFinding&, const ExplainedFinding&) = default;
};

/// Why an assessment came out as it did. It adds nothing to it and decides nothing.
struct Explanation {
  Date as_of;
  Verdict verdict = Verdict::refuse;
  std::vector<ExplainedFinding> findings;  ///< worst first, else in the assessment's order
  std::vector<Regime> regimes;             ///< what each rulebook alone says
};

/// The findings that stand in the way, or all of them. `facts` and `assessment` must be those of
/// `documents` under `rulebooks`.
[[nodiscard]] Explanation explain(const Case& documents, const Facts& facts,
                                  const std::vector<CompiledRulebook>& rulebooks,
                                  const Assessment& assessment, bool is_for_all);

[[nodiscard]] json::Value to_json(const Explanation& explanation);

}  // namespace octroi::rules
