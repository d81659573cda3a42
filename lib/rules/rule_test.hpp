// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json/value.hpp"
#include "model/document.hpp"
#include "rules/compiled_rulebook.hpp"
#include "rules/outcome.hpp"

namespace octroi::rules {

/// One thing a test expected and did not get.
struct Difference {
  std::string what;      ///< "verdict", or the id of a finding
  std::string expected;  ///< an outcome or verdict
  std::string got;       ///< the same, or "no such finding"

  friend bool operator==(const Difference&, const Difference&) = default;
};

struct RuleTestResult {
  std::string name;
  std::vector<Difference> differences;
  std::string error;  ///< why it could not be run: facts that do not fit their schema, …

  [[nodiscard]] bool has_passed() const { return differences.empty() && error.empty(); }
};

/// One outcome that a rule can have, and how many tests reached it.
struct CoveredOutcome {
  std::string rule;
  Outcome outcome;
  std::size_t tests = 0;
  std::string unreachable;  ///< why it is not asked for, or ""
};

/// What the tests of one rulebook said.
struct RuleTestReport {
  std::string rulebook;
  std::vector<RuleTestResult> results;
  std::vector<CoveredOutcome> coverage;  ///< by rule in the order of the rulebook, then outcome

  [[nodiscard]] std::size_t failed() const;
  /// Outcomes that are asked for, and those of them that tests reached.
  [[nodiscard]] std::size_t outcomes() const;
  [[nodiscard]] std::size_t outcomes_reached() const;
};
[[nodiscard]] json::Value to_json(const std::vector<RuleTestReport>& reports);

/// The documents that tests "from documents" start from.
struct TestedCase {
  json::Value request;
  json::Value provider;
  std::vector<json::Value> datasets;
  std::vector<model::Document> hierarchies = {};  ///< not changed by tests
};

/// Runs the tests whose names contain `filter`. A test changes the facts, or the case, that it
/// starts from; what it then states has to fit the schemas, so that no test speaks of facts that
/// cannot be. `tests` is a document of kind rule_tests.
[[nodiscard]] RuleTestReport run_rule_tests(const model::Document& tests,
                                            const CompiledRulebook& rulebook,
                                            const std::optional<TestedCase>& tested_case,
                                            std::string_view filter);

/// The outcomes that a rule can have: not-applicable where it has a condition of application, pass
/// unless it requires `false`, its `otherwise` unless it requires `true`, and incomplete where a
/// condition reads a fact that can be absent.
[[nodiscard]] std::vector<CoveredOutcome> possible_outcomes(const CompiledRulebook& rulebook);

}  // namespace octroi::rules
