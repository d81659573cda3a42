// SPDX-License-Identifier: Apache-2.0
#include "gate/assessment_event.hpp"

#include <fmt/format.h>

#include <map>
#include <utility>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "registry/catalogue.hpp"

namespace octroi::gate {

AssessmentGist gist_of(const rules::Assessment& assessment) {
  AssessmentGist gist{assessment.verdict, assessment.as_of, assessment.datasets, {}};
  for (const rules::Finding& finding : assessment.findings) {
    if (finding.outcome != rules::Outcome::refer) continue;
    gist.referred.emplace(finding.id(), finding.dataset);
  }
  return gist;
}

AssessmentGist gist_of(const rules::Judgement& judgement, Date as_of) {
  AssessmentGist gist{judgement.verdict, as_of, judgement.dataset_verdicts(), {}};
  for (const rules::Ruling& ruling : judgement.rulings) {
    if (ruling.outcome != rules::Outcome::refer) continue;
    gist.referred.emplace(judgement.id_of(ruling), judgement.subjects[ruling.subject].id);
  }
  return gist;
}

std::optional<std::string> fault_of_event(const registry::AssessmentRow& row,
                                          const AssessmentGist& assessment) {
  if (rules::name_of(assessment.verdict) != row.verdict || assessment.as_of != row.as_of) {
    return "the assessment says another verdict or day than its event";
  }
  std::map<std::string, std::string> datasets;
  for (const auto& one : row.datasets) datasets.emplace(one.dataset, one.verdict);
  std::map<std::string, std::string> assessed;
  for (const auto& [id, verdict] : assessment.datasets) {
    assessed.emplace(id, rules::name_of(verdict));
  }
  if (datasets != assessed) return "the assessment says otherwise of its datasets than its event";
  // With the dataset: a grant need not resolve what concerns other ones.
  std::set<std::pair<std::string, std::string>> referred;
  for (const auto& one : row.referrals) referred.emplace(one.finding, one.dataset);
  if (referred != assessment.referred) return "the assessment refers other findings than its event";
  return std::nullopt;
}

std::optional<std::string> fault_of_holders(const registry::AssessmentRow& row,
                                            const std::vector<const model::Document*>& datasets) {
  std::map<std::string, std::string> holders;
  for (const model::Document* dataset : datasets) {
    holders.emplace(dataset->value.text("id"), dataset->value.at("holder").text("id"));
  }
  for (const auto& one : row.datasets) {
    const auto holder = holders.find(one.dataset);
    if (holder != holders.end() && holder->second == one.holder) continue;
    return fmt::format("its event names another holder of {} than the dataset",
                       printable(one.dataset));
  }
  return std::nullopt;
}

// Times are whole seconds: a version that came in the assessment's own second may be the one.
void require_known_holders(Database& database, const registry::RecordedAssessment& assessment) {
  for (const auto& one : assessment.row.datasets) {
    bool is_known = false;
    for (int version = 1; !is_known; ++version) {
      const std::optional<registry::Entry> entry =
          registry::find_dataset(database, one.dataset, version);
      if (!entry || entry->added > assessment.at) break;
      const auto next = registry::find_dataset(database, one.dataset, version + 1);
      is_known = entry->holder == one.holder && (!next || next->added >= assessment.at);
    }
    if (is_known) continue;
    throw Error(
        ErrorCode::damaged,
        fmt::format("the event names another holder of {} than the registry had", one.dataset));
  }
}

}  // namespace octroi::gate
