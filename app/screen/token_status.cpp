// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "base/error.hpp"
#include "screen/labels.hpp"
#include "screen/page.hpp"
#include "screen/table.hpp"
#include "screen/values.hpp"

namespace octroi::screen {
namespace {

Column column(Word word, const Style& style) {
  return {std::string(say(word, style)), Column::Kind::whole};
}

Tone tone_of_status(const std::string& status) {
  if (status == "revoked") return Tone::bad;
  return status == "suspended" ? Tone::caution : Tone::good;
}

std::string table_of(const std::vector<gate::TokenStatusRow>& rows, const Style& style) {
  Table table({column(Word::token, style), column(Word::request, style),
               column(Word::holder_short, style), column(Word::until, style),
               column(Word::status, style)});
  for (const gate::TokenStatusRow& row : rows) {
    table.add({{row.id},
               {row.request},
               {row.holder},
               {format_date(date_of(row.expires))},
               {token_status_word(row.status, style), tone_of_status(row.status)}},
              status_detail(row.reason, row.since, style));
  }
  return table.text(style);
}

/// The reasons in words, of the tokens that have some.
void add_texts(Page& page, const std::vector<gate::TokenStatusRow>& rows) {
  const Style& style = page.style();
  bool is_first = true;
  for (const gate::TokenStatusRow& row : rows) {
    if (row.text.empty() && !row.is_text_erased) continue;
    if (std::exchange(is_first, false)) page.heading(say(Word::reason, style));
    page.item(row.id, 2);
    page.paragraphs(row.is_text_erased ? std::string(say(Word::erased, style)) : row.text, 4);
  }
}

/// What was or is to be done, in a word.
Word word_of(const gate::TokenChanges& changes) {
  switch (changes.act) {
    case registry::TokenAct::revoked:
      return changes.is_done ? Word::done_revoked : Word::planned_revoked;
    case registry::TokenAct::suspended:
      return changes.is_done ? Word::done_suspended : Word::planned_suspended;
    case registry::TokenAct::resumed:
      return changes.is_done ? Word::done_resumed : Word::planned_resumed;
  }
  broken_invariant("an act on a token that is none");
}

}  // namespace

std::string render(const std::vector<gate::TokenStatusRow>& rows, const Style& style) {
  Page page(style);
  if (rows.empty()) {
    page.prose(say(Word::no_tokens, style));
    return std::move(page).take();
  }
  page.block(table_of(rows, style));
  add_texts(page, rows);
  return std::move(page).take();
}

std::string render(const gate::TokenChanges& changes, const Style& style) {
  Page page(style);
  page.lead(say(word_of(changes), style), changes.is_done ? Tone::strong : Tone::caution,
            say_count(Word::changes_one, Word::changes_many, changes.tokens.size(), style));
  page.blank();
  page.fields(
      {{std::string(say(Word::reason_code, style)), reason_word(changes.reason, style)},
       {std::string(say(Word::counts_from, style)),
        changes.from ? format_instant(*changes.from) : std::string(say(Word::from_now_on, style))}},
      2);
  page.heading(say(Word::tokens_before, style));
  page.block(table_of(changes.tokens, style));
  if (changes.left.empty()) return std::move(page).take();
  page.heading(say(Word::tokens_left, style));
  for (const gate::LeftToken& token : changes.left) page.item(token.id + " " + token.why, 2);
  return std::move(page).take();
}

}  // namespace octroi::screen
