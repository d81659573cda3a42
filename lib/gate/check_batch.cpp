// SPDX-License-Identifier: Apache-2.0
#include "gate/check_batch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

#include "json/one_line.hpp"
#include "rules/judgement.hpp"
#include "rules/outcome.hpp"

namespace octroi::gate {
namespace {

/// An object or array that is written on one line, without a tree being made of it.
class Line {
 public:
  explicit Line(std::size_t bytes) { text_.reserve(bytes); }

  Line& open(char bracket) {
    separate();
    text_ += bracket;
    return *this;
  }
  Line& close(char bracket) {
    text_ += bracket;
    return *this;
  }
  Line& name(std::string_view name) {
    text(name);
    text_ += ':';
    return *this;
  }
  /// A name or text of octroi's own words.
  Line& own_name(std::string_view name) {
    own_text(name);
    text_ += ':';
    return *this;
  }
  Line& own_text(std::string_view word) {
    separate();
    text_ += '"';
    text_ += word;
    text_ += '"';
    return *this;
  }
  Line& text(std::string_view text) {
    separate();
    json::append_one_line_text(text_, text);
    return *this;
  }
  Line& number(std::size_t number) {
    separate();
    text_ += std::to_string(number);
    return *this;
  }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  void separate() {
    const bool is_first =
        text_.empty() || text_.back() == '{' || text_.back() == '[' || text_.back() == ':';
    if (!is_first) text_ += ',';
  }

  std::string text_;
};

void write_dataset_verdicts(Line& line, const rules::Judgement& judgement) {
  line.own_name("datasets").open('{');
  for (const auto& [id, verdict] : judgement.dataset_verdicts()) {
    line.name(id).own_text(rules::name_of(verdict));
  }
  line.close('}');
}

/// What stands in the way: the findings that refuse, refer or are incomplete.
void write_obstacles(Line& line, const rules::Judgement& judgement) {
  line.own_name("findings").open('[');
  for (const rules::Ruling& ruling : judgement.rulings) {
    if (rules::verdict_of(ruling.outcome) == rules::Verdict::clear) continue;
    line.open('{').own_name("finding").text(judgement.id_of(ruling));
    if (!ruling.missing().empty()) line.own_name("missing").text(ruling.missing());
    line.own_name("outcome").own_text(rules::name_of(ruling.outcome));
    line.own_name("rulebook").text(ruling.rulebook->id()).close('}');
  }
  line.close(']');
}

/// Members are sorted by name.
std::string verdict_at(const BatchPlace& place, const model::Document& request,
                       const rules::Judgement& judgement) {
  constexpr std::size_t k_bytes_of_most = 4096;
  Line line(k_bytes_of_most);
  line.open('{');
  write_dataset_verdicts(line, judgement);
  if (!place.file.empty()) line.own_name("file").text(place.file);
  write_obstacles(line, judgement);
  if (place.file.empty()) line.own_name("line").number(place.line);
  line.own_name("request").own_text(request.sha256.hex());
  line.own_name("verdict").own_text(rules::name_of(judgement.verdict));
  return line.close('}').take();
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
