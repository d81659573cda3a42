// SPDX-License-Identifier: Apache-2.0
#include "rules/regimes.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "screen/labels.hpp"
#include "screen/parts.hpp"
#include "screen/table.hpp"
#include "screen/values.hpp"

namespace octroi::screen {
namespace {

using rules::Outcome;
using rules::Regime;
using rules::Verdict;

std::string heading_of(Word word, const Style& style) {
  return std::string(say(word, style));
}

/// "1 refused, 4 not applicable".
std::string counts_text(const Regime& regime, const Style& style) {
  constexpr std::pair<Outcome, Word> k_words[] = {
      {Outcome::refuse, Word::count_refuse},
      {Outcome::incomplete, Word::count_incomplete},
      {Outcome::refer, Word::count_refer},
      {Outcome::pass, Word::count_pass},
      {Outcome::not_applicable, Word::count_not_applicable}};
  std::vector<std::string> parts;
  for (const auto& [outcome, word] : k_words) {
    if (regime.count(outcome) > 0) parts.push_back(say_with(word, style, regime.count(outcome)));
  }
  return joined(parts, style);
}

void add_rulebooks(Page& page, const std::vector<Regime>& regimes) {
  const Style& style = page.style();
  page.heading(say(Word::by_rulebook, style));
  Table table({{heading_of(Word::rulebook, style), Column::Kind::whole},
               {heading_of(Word::verdict_alone, style), Column::Kind::whole},
               {heading_of(Word::findings, style), Column::Kind::prose}});
  for (const Regime& regime : regimes) {
    table.add(
        {{regime.rulebook, Tone::strong},
         {word_of(regime.verdict, style), tone_of(regime.verdict)},
         {counts_text(regime, style)}},
        regime.decided_by.empty() ? "" : say_with(Word::decided_by, style, regime.decided_by));
  }
  page.block(table.text(style));
}

/// The verdict on each dataset, and what each rulebook says of it.
void add_datasets(Page& page, const std::vector<Regime>& regimes) {
  struct Row {
    Verdict verdict = Verdict::clear;
    std::vector<std::string> by_rulebook;
  };
  const Style& style = page.style();
  std::map<std::string, Row> rows;
  for (const Regime& regime : regimes) {
    for (const auto& [dataset, verdict] : regime.datasets) {
      Row& row = rows[dataset];
      row.verdict = rules::worse(row.verdict, verdict);
      row.by_rulebook.push_back(regime.rulebook + " " + word_of(verdict, style));
    }
  }
  if (rows.size() < 2) return;
  page.heading(say(Word::by_dataset, style));
  Table table({{heading_of(Word::dataset, style), Column::Kind::whole},
               {heading_of(Word::verdict_alone, style), Column::Kind::whole},
               {heading_of(Word::rulebook, style), Column::Kind::prose}});
  for (const auto& [dataset, row] : rows) {
    table.add({{dataset, Tone::strong},
               {word_of(row.verdict, style), tone_of(row.verdict)},
               {joined(row.by_rulebook, style)}});
  }
  page.block(table.text(style));
}

}  // namespace

void add_regimes(Page& page, const std::vector<Regime>& regimes) {
  if (regimes.empty()) return;
  add_rulebooks(page, regimes);
  add_datasets(page, regimes);
}

}  // namespace octroi::screen
