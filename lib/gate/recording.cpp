// SPDX-License-Identifier: Apache-2.0
#include "gate/recording.hpp"

#include <algorithm>
#include <map>

#include "gate/acting.hpp"
#include "gate/case_documents.hpp"
#include "json/write.hpp"
#include "registry/members.hpp"
#include "registry/requests.hpp"
#include "rules/judgement.hpp"

namespace octroi::gate {
namespace {

using json::Value;
using registry::EventType;

std::map<std::string, std::string> holders_by_dataset(const rules::Case& documents) {
  std::map<std::string, std::string> holders;
  for (const model::Document* dataset : documents.datasets) {
    holders.emplace(dataset->value.at("id").as_string(),
                    dataset->value.at("holder").at("id").as_string());
  }
  return holders;
}

Value dataset_verdicts(const rules::Assessment& assessment, const rules::Case& documents) {
  const std::map<std::string, std::string> holders = holders_by_dataset(documents);
  Value result = Value::Array{};
  for (const auto& [dataset, verdict] : assessment.datasets) {
    result.push(json::object({{"dataset", dataset},
                              {"verdict", rules::name_of(verdict)},
                              {"holder", holders.at(dataset)}}));
  }
  return result;
}

Value referrals(const rules::Assessment& assessment) {
  std::map<std::string, std::string> dataset_by_finding;
  for (const rules::Finding& finding : assessment.findings) {
    if (finding.outcome == rules::Outcome::refer) {
      dataset_by_finding.emplace(finding.id(), finding.dataset);
    }
  }
  Value result = Value::Array{};
  for (const auto& [finding, dataset] : dataset_by_finding) {
    Value referral = json::object({{"finding", finding}});
    if (!dataset.empty()) referral.set("dataset", dataset);
    result.push(std::move(referral));
  }
  return result;
}

/// The assessment on record when it says the same as a new one but for the day.
std::optional<RecordedAssessment> same_on_another_day(Database& database,
                                                      const registry::AssessmentRow& last,
                                                      const std::string& request, int version,
                                                      rules::Assessment fresh) {
  const model::Document document =
      load(database, last.document, model::DocumentKind::assessment, request);
  rules::Assessment recorded = rules::Assessment::from(document);
  fresh.as_of = recorded.as_of;
  if (json::canonical(fresh.to_json()) != document.bytes) return std::nullopt;
  return RecordedAssessment{request, version, std::move(recorded), last.sha256, false};
}

RecordedAssessment record(Database& database, const Actor& actor, const std::string& request,
                          bool may_stand, const Context& context) {
  require_role(database, actor, "secretary");
  const registry::Request row = registry::require_request(database, request);
  const model::Document asked = load(database, row.document, model::DocumentKind::request, request);
  CaseSource source(database);
  const rules::Case documents = source.case_of(asked);
  const Date as_of = date_of(context.clock());
  const rules::Facts facts = source.facts_of(documents, as_of);
  const auto rulebooks = rulebooks_in_force(database, as_of);
  const rules::Judgement judgement = rules::judge(facts, rulebooks);
  rules::Assessment assessment = rules::assess(documents, facts, judgement);
  const model::Document document =
      model::read_document(model::DocumentKind::assessment,
                           rules::assessment_bytes(assessment, facts, judgement), "assessment");
  const auto last = registry::last_assessment(database, request, row.version);
  const std::string sha256 = document.sha256.hex();
  if (last && last->sha256 == sha256) {
    return {request, row.version, std::move(assessment), sha256, false};
  }
  if (last && may_stand) {
    auto standing = same_on_another_day(database, *last, request, row.version, assessment);
    if (standing) return std::move(*standing);
  }
  act(database, actor, EventType::request_assessed,
      json::object({{"request", request},
                    {"version", row.version},
                    {"document", keep(database, document, context)},
                    {"sha256", sha256},
                    {"as_of", format_date(as_of)},
                    {"verdict", rules::name_of(assessment.verdict)},
                    {"datasets", dataset_verdicts(assessment, documents)},
                    {"referred", referrals(assessment)}}),
      context);
  return {request, row.version, std::move(assessment), sha256, true};
}

}  // namespace

RecordedAssessment record_assessment(Database& database, const Actor& actor,
                                     const std::string& request, const Context& context) {
  return record(database, actor, request, false, context);
}

RecordedAssessment standing_assessment(Database& database, const Actor& actor,
                                       const std::string& request, const Context& context) {
  const bool may_stand = registry::read_charter(database).endorsements > 0;
  return record(database, actor, request, may_stand, context);
}

}  // namespace octroi::gate
