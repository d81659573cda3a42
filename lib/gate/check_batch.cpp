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

/// Appends a member to an object that is written on one line; nothing without a text.
void append_member(std::string& out, std::string_view name, std::string_view text) {
  if (text.empty()) return;
  out += out.back() == '{' ? "\"" : ",\"";
  out += name;
  out += "\":";
  out += json::one_line(text);
}

/// What stands in the way, on one line: the findings that refuse, refer or are incomplete. They are
/// most of an answer, and no tree is made of them.
std::string obstacles(const rules::Judgement& judgement) {
  std::string out = "[";
  for (const rules::Ruling& ruling : judgement.rulings) {
    if (rules::verdict_of(ruling.outcome) == rules::Verdict::clear) continue;
    out += out.back() == '[' ? "{" : ",{";
    append_member(out, "finding", judgement.id_of(ruling));
    append_member(out, "missing", ruling.missing());
    append_member(out, "outcome", rules::name_of(ruling.outcome));
    append_member(out, "rulebook", ruling.rulebook->id());
    out += '}';
  }
  out += ']';
  return out;
}

std::string verdict_at(const BatchPlace& place, const model::Document& request,
                       const rules::Judgement& judgement) {
  Value value = answer_at(place);
  value.set("request", request.sha256.hex());
  value.set("verdict", rules::name_of(judgement.verdict));
  value.set("datasets", dataset_verdicts(judgement));
  value.set("findings", nullptr);  // its place among the others
  std::string out = "{";
  for (const auto& [name, member] : value.as_object()) {
    out += out.back() == '{' ? "\"" : ",\"";
    out += name + "\":" + (member.is_null() ? obstacles(judgement) : json::one_line(member));
  }
  out += '}';
  return out;
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
