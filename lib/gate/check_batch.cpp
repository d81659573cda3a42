// SPDX-License-Identifier: Apache-2.0
#include "gate/check_batch.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "json/write.hpp"
#include "rules/judgement.hpp"
#include "rules/outcome.hpp"

namespace octroi::gate {
namespace {

using json::Value;

Value dataset_verdicts(const rules::Judgement& judgement) {
  Value result = Value::Object{};
  for (const auto& [id, verdict] : judgement.dataset_verdicts()) {
    result.set(id, rules::name_of(verdict));
  }
  return result;
}

/// What stands in the way: the findings that refuse, refer or are incomplete.
Value obstacles(const rules::Judgement& judgement) {
  Value result = Value::Array{};
  for (const rules::Ruling& ruling : judgement.rulings) {
    if (rules::verdict_of(ruling.outcome) == rules::Verdict::clear) continue;
    Value one = json::object({{"rulebook", ruling.rulebook->id()},
                              {"finding", judgement.id_of(ruling)},
                              {"outcome", rules::name_of(ruling.outcome)}});
    if (!ruling.missing().empty()) one.set("missing", ruling.missing());
    result.push(std::move(one));
  }
  return result;
}

std::string verdict_at(const BatchPlace& place, const model::Document& request,
                       const rules::Judgement& judgement) {
  Value value = answer_at(place);
  value.set("request", request.sha256.hex());
  value.set("verdict", rules::name_of(judgement.verdict));
  value.set("datasets", dataset_verdicts(judgement));
  value.set("findings", obstacles(judgement));
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
    const rules::Facts facts = source_.facts_of(documents, as_of_);
    const rules::Judgement judgement = rules::judge(facts, rulebooks_);
    return {verdict_at(line.place, request, judgement), judgement.verdict};
  } catch (const Error& error) {
    if (!is_about_the_line(error.code())) throw;
    return {refused_at(line.place, error.what()), std::nullopt, error.code()};
  }
}

}  // namespace octroi::gate
