// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gate/case_documents.hpp"
#include "gate/context.hpp"
#include "json/value.hpp"
#include "model/document.hpp"
#include "rules/assessment.hpp"
#include "rules/explanation.hpp"
#include "rules/what_if.hpp"

namespace octroi::gate {

/// What `check` and `explain` look at.
struct CheckInput {
  model::Document request;
  GivenDocuments given;
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

struct ExplainWishes {
  bool is_for_all = false;   ///< explain rules that are met or do not apply too
  bool has_what_if = false;  ///< look for the smallest change that helps
};

/// Why the rules say what they say of a request, traced back to what was declared.
struct Explained {
  rules::Explanation explanation;
  std::optional<rules::WhatIf> what_if;
};
[[nodiscard]] json::Value to_json(const Explained& explained);

/// Throws as check does. What-if may choose every provider given or in the registry; a given one
/// stands for that of its id in the registry.
[[nodiscard]] Explained explain(Database* database, const CheckInput& input, Date as_of,
                                const ExplainWishes& wishes);

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
