// SPDX-License-Identifier: Apache-2.0
#include "gate/check_batch.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "json/write.hpp"
#include "rules/outcome.hpp"

namespace octroi::gate {
namespace {

using json::Value;

Value dataset_verdicts(const rules::Assessment& assessment) {
  Value result = Value::Object{};
  for (const auto& [id, verdict] : assessment.datasets) result.set(id, rules::name_of(verdict));
  return result;
}

/// What stands in the way: the findings that refuse, refer or are incomplete.
Value obstacles(const rules::Assessment& assessment) {
  Value result = Value::Array{};
  for (const rules::Finding& finding : assessment.findings) {
    if (rules::verdict_of(finding.outcome) == rules::Verdict::clear) continue;
    Value one = json::object({{"rulebook", finding.rulebook},
                              {"finding", finding.id()},
                              {"outcome", rules::name_of(finding.outcome)}});
    if (!finding.missing.empty()) one.set("missing", finding.missing);
    result.push(std::move(one));
  }
  return result;
}

std::string verdict_at(const BatchPlace& place, const rules::Assessment& assessment) {
  Value value = answer_at(place);
  value.set("request", assessment.documents.request.hex());
  value.set("verdict", rules::name_of(assessment.verdict));
  value.set("datasets", dataset_verdicts(assessment));
  value.set("findings", obstacles(assessment));
  return json::one_line(value);
}

void require_any_in_force(const std::vector<rules::CompiledRulebook>& rulebooks, Date as_of) {
  const bool is_any =
      std::any_of(rulebooks.begin(), rulebooks.end(),
                  [as_of](const rules::CompiledRulebook& one) { return one.is_in_force(as_of); });
  if (is_any) return;
  throw Error(ErrorCode::not_yet,
              fmt::format("no rulebook in force on {}: without rules there is no verdict",
                          format_date(as_of)));
}

}  // namespace

CheckBatch::CheckBatch(Database* database, const GivenDocuments& given, Date as_of)
    : source_(database, given), as_of_(as_of) {
  if (database != nullptr) reading_.emplace(*database, registry::Transaction::Kind::read);
  rulebooks_ = rulebooks_for(database, given.rulebooks, as_of);
  require_any_in_force(rulebooks_, as_of);
}

CheckAnswer CheckBatch::answer(const BatchLine& line) {
  try {
    const model::Document request = read_request(line);
    const rules::Case documents = source_.case_of(request);
    const rules::Assessment assessment =
        rules::assess(documents, source_.facts_of(documents, as_of_), rulebooks_);
    return {verdict_at(line.place, assessment), assessment.verdict};
  } catch (const Error& error) {
    if (!is_about_the_line(error.code())) throw;
    return {refused_at(line.place, error.what()), std::nullopt, error.code()};
  }
}

}  // namespace octroi::gate
