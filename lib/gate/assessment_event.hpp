// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "gate/context.hpp"
#include "model/document.hpp"
#include "registry/assessments.hpp"
#include "rules/assessment.hpp"
#include "rules/judgement.hpp"

/// What the event of an assessment says, held against what it is of: decisions and tokens follow
/// the event.
namespace octroi::gate {

/// What an event says of an assessment.
struct AssessmentGist {
  rules::Verdict verdict = rules::Verdict::refuse;
  Date as_of;
  std::map<std::string, rules::Verdict> datasets;
  /// The findings that refer, each with its dataset or "".
  std::set<std::pair<std::string, std::string>> referred;
};
[[nodiscard]] AssessmentGist gist_of(const rules::Assessment& assessment);
[[nodiscard]] AssessmentGist gist_of(const rules::Judgement& judgement, Date as_of);

/// How the event says something else than the assessment, if it does.
[[nodiscard]] std::optional<std::string> fault_of_event(const registry::AssessmentRow& row,
                                                        const AssessmentGist& assessment);

/// How the event names another holder of a dataset than the dataset itself, if it does: a token is
/// for the holder that the event names.
[[nodiscard]] std::optional<std::string> fault_of_holders(
    const registry::AssessmentRow& row, const std::vector<const model::Document*>& datasets);

/// The same where the documents are gone: each holder must be one that the log had of the dataset
/// then. Throws Error(damaged).
void require_known_holders(Database& database, const registry::RecordedAssessment& assessment);

}  // namespace octroi::gate
