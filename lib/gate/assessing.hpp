// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gate/context.hpp"
#include "json/value.hpp"
#include "model/document.hpp"
#include "rules/assessment.hpp"

namespace octroi::gate {

/// What `check` looks at. What is absent here is taken from the registry, if there is one.
struct CheckInput {
  const model::Document& request;
  std::vector<model::Document> datasets;
  std::vector<model::Document> rulebooks;  ///< none: those of the registry in force that day
  std::vector<model::Document> providers;
};

/// Facts and assessment of a request that need not be in any registry. Nothing is written.
struct CheckResult {
  json::Value facts;  ///< schemas/facts.schema.json
  rules::Assessment assessment;
};

/// `database` may be nullptr. Throws Error(bad_input) that names what is missing and how to give
/// it.
[[nodiscard]] CheckResult check(Database* database, const CheckInput& input, Date as_of);

/// The facts alone, for whoever writes rules: no rulebook is needed. Throws as check does.
[[nodiscard]] json::Value facts(Database* database, const CheckInput& input, Date as_of);

/// An assessment that is on record.
struct RecordedAssessment {
  std::string request;
  int version = 1;
  rules::Assessment assessment;
  std::string sha256;  ///< of the assessment's canonical bytes
  bool is_new = true;  ///< false when the last one on record says exactly the same
};
[[nodiscard]] json::Value to_json(const RecordedAssessment& assessment);

/// Assesses the current version under the rulebooks in force today and records it (secretaries).
[[nodiscard]] RecordedAssessment assess(Database& database, const Actor& actor,
                                        const std::string& request, const Context& context);

}  // namespace octroi::gate
