// SPDX-License-Identifier: Apache-2.0
#include "gate/check_batch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "crypto/hash.hpp"
#include "json/one_line.hpp"
#include "rules/judgement.hpp"
#include "rules/outcome.hpp"

namespace octroi::gate {
namespace {

/// Appends `before`, which is JSON already, and then a text as JSON.
void append_text(std::string& out, std::string_view before, std::string_view text) {
  out += before;
  json::append_one_line_text(out, text);
}

/// The same of a text that needs no escape, as ids, by their schemas, and digests do not.
void append_name(std::string& out, std::string_view before, std::string_view name) {
  out += before;
  out += '"';
  out += name;
  out += '"';
}

void append_dataset_verdicts(std::string& out, const rules::Judgement& judgement) {
  out += R"("datasets":{)";
  for (const auto& [id, verdict] : judgement.dataset_verdicts()) {
    append_name(out, out.back() == '{' ? "" : ",", id);
    append_name(out, ":", rules::name_of(verdict));
  }
  out += '}';
}

/// What stands in the way: the findings that refuse, refer or are incomplete.
void append_obstacles(std::string& out, const rules::Judgement& judgement) {
  out += R"("findings":[)";
  for (const rules::Ruling& ruling : judgement.rulings) {
    if (rules::verdict_of(ruling.outcome) == rules::Verdict::clear) continue;
    if (out.back() != '[') out += ',';
    out += R"({"finding":")";
    judgement.append_id_of(out, ruling);  // of ids, which need no escape
    out += '"';
    if (!ruling.missing().empty()) append_text(out, R"(,"missing":)", ruling.missing());
    append_name(out, R"(,"outcome":)", rules::name_of(ruling.outcome));
    append_name(out, R"(,"rulebook":)", ruling.rulebook->id());
    out += '}';
  }
  out += ']';
}

/// The answer on one line, its members sorted by name. No tree is made of it.
std::string verdict_at(const BatchPlace& place, const Digest& request,
                       const rules::Judgement& judgement) {
  constexpr std::size_t k_bytes_of_most = 4096;
  std::string out = "{";
  out.reserve(k_bytes_of_most);
  append_dataset_verdicts(out, judgement);
  out += ',';
  if (!place.file.empty()) {
    append_text(out, R"("file":)", place.file);
    out += ',';
  }
  append_obstacles(out, judgement);
  if (place.file.empty()) out += R"(,"line":)" + std::to_string(place.line);
  append_name(out, R"(,"request":)", request.hex());
  append_name(out, R"(,"verdict":)", rules::name_of(judgement.verdict));
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
    const json::Tape request = read_request(line);
    const rules::Facts facts = source_.facts_of(request.root(), as_of_);
    const rules::Judgement judgement = rules::judge(facts, rulebooks_);
    return {verdict_at(line.place, crypto::sha256(bytes_of(line)), judgement), judgement.verdict};
  } catch (const Error& error) {
    if (!is_about_the_line(error.code())) throw;
    return {refused_at(line.place, error.what()), std::nullopt, error.code()};
  }
}

}  // namespace octroi::gate
