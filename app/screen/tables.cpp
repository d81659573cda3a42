// SPDX-License-Identifier: Apache-2.0
#include "screen/check_words.hpp"
#include "screen/labels.hpp"
#include "screen/page.hpp"
#include "screen/table.hpp"
#include "screen/values.hpp"

namespace octroi::screen {
namespace {

Column whole(Word word, const Style& style) {
  return {std::string(say(word, style)), Column::Kind::whole};
}

Column prose(Word word, const Style& style) {
  return {std::string(say(word, style)), Column::Kind::prose};
}

std::string day(Instant instant) {
  return format_date(date_of(instant));
}

/// The table, or the sentence where it has no rows.
std::string shown(const Table& table, Word when_empty, const Style& style) {
  std::string text = table.text(style);
  if (!text.empty()) return text;
  Page page(style);
  page.prose(say(when_empty, style));
  return std::move(page).take();
}

Tone tone_of_state(const std::string& state, const std::string& token_status) {
  if (state == "refused" || state == "withdrawn" || token_status == "revoked") return Tone::bad;
  if (token_status == "suspended" || token_status == "mixed") return Tone::caution;
  return state == "granted" || state == "issued" ? Tone::good : Tone::plain;
}

/// The state or, where its tokens were taken back since, how they stand: both would be too wide.
Cell state_cell(const gate::RequestRow& row, const Style& style) {
  const std::string standing = standing_word(row.token_status, style);
  return {standing.empty() ? state_word(row.state, style) : standing,
          tone_of_state(row.state, row.token_status)};
}

/// A verdict as the registry's tables have it; "" before the first assessment.
Cell verdict_cell(const std::string& name, const Style& style) {
  const std::optional<rules::Verdict> verdict = rules::parse_verdict(name);
  if (!verdict) return {name};
  return {word_of(*verdict, style), tone_of(*verdict)};
}

/// The title, or the word for a document that is gone.
Cell title_cell(const std::string& title, bool is_erased, const Style& style) {
  if (is_erased) return {std::string(say(Word::erased, style)), Tone::quiet};
  return {title};
}

std::string time_or_none(const std::optional<Instant>& time) {
  return time ? format_instant(*time) : "";
}

}  // namespace

std::string render(const std::vector<gate::BoardKey>& keys, const Style& style) {
  Table table({whole(Word::key_use, style), whole(Word::member, style), whole(Word::from, style),
               whole(Word::until, style)});
  for (const gate::BoardKey& key : keys) {
    const std::string compromised =
        key.compromised_from ? fmt::format(" ({} {})", say(Word::compromised_from, style),
                                           format_instant(*key.compromised_from))
                             : "";
    table.add({{key_use_word(key.use, style)},
               {key.owner},
               {format_instant(key.from)},
               {time_or_none(key.until)}},
              key.kid + compromised);
  }
  return shown(table, Word::no_keys, style);
}

std::string render(const std::vector<gate::DocumentRow>& rows, const Style& style) {
  Table table({whole(Word::kind, style), whole(Word::id, style), whole(Word::version_short, style),
               prose(Word::state, style)});
  for (const gate::DocumentRow& row : rows) {
    const std::string state = row.erased
                                  ? say_with(Word::erased_why, style, format_instant(*row.erased),
                                             reason_word(row.reason, style), row.authority)
                                  : "";
    table.add({{row.kind},
               {row.owner},
               {row.version == 0 ? "" : std::to_string(row.version)},
               {state, Tone::quiet}},
              row.digest);
  }
  return shown(table, Word::no_documents, style);
}

std::string render(const gate::ErasedDocuments& erased, const Style& style) {
  Page page(style);
  page.lead(say(erased.is_dry_run ? Word::erase_dry_run : Word::erased_for_good, style),
            erased.is_dry_run ? Tone::caution : Tone::strong,
            say_count(Word::documents_one, Word::documents_many, erased.documents.size(), style));
  for (const gate::DocumentRow& row : erased.documents) {
    page.item(row.kind + (row.owner.empty() ? "" : " " + row.owner) + ": " + row.digest, 2);
  }
  return std::move(page).take();
}

std::string render(const gate::TrustCheck& check, const Style& style) {
  Page page(style);
  std::vector<Mark> marks;
  for (const gate::TokenCheck& one : check.checks) {
    const bool is_passed = one.outcome == gate::CheckOutcome::passed;
    marks.push_back({check_name(one.name, style),
                     std::string(say(is_passed ? Word::check_passed : Word::check_failed, style)),
                     is_passed ? Tone::good : Tone::bad, check_detail(one, style)});
  }
  page.marks(marks);
  page.blank();
  page.lead(say(check.is_trusted() ? Word::trusted : Word::not_trusted, style),
            check.is_trusted() ? Tone::good : Tone::bad,
            say(check.is_trusted() ? Word::trusted_rest : Word::not_trusted_rest, style));
  return std::move(page).take();
}

std::string render(const std::vector<gate::MemberRow>& members, const Style& style) {
  Table table({whole(Word::member, style), prose(Word::roles, style), whole(Word::since, style),
               whole(Word::retired, style)});
  for (const gate::MemberRow& member : members) {
    std::vector<std::string> roles;
    for (const std::string& role : member.roles) {
      const bool is_proposed = role == "secretary" && !member.proposed_by.empty();
      roles.push_back(role_word(role, style) +
                      (is_proposed ? fmt::format(" ({})", say(Word::member_proposed, style)) : ""));
    }
    table.add({{member.id},
               {joined(roles, style)},
               {day(member.since)},
               {member.retired ? day(*member.retired)
                : member.retiring_by.empty()
                    ? ""
                    : fmt::format("{} {}", say(Word::retiring, style), member.retiring_by),
                Tone::bad}},
              member.kid);
  }
  return shown(table, Word::no_members, style);
}

std::string render(const std::vector<gate::CatalogueRow>& rows, const Style& style) {
  Table table({whole(Word::id, style), whole(Word::version, style), prose(Word::title, style),
               whole(Word::holder, style), whole(Word::added, style), whole(Word::digest, style)});
  for (const gate::CatalogueRow& row : rows) {
    table.add({{row.id},
               {std::to_string(row.version)},
               title_cell(row.title, row.is_erased, style),
               {row.holder},
               {day(row.added)},
               {short_digest(row.sha256)}});
  }
  return shown(table, Word::no_catalogue, style);
}

std::string render(const std::vector<gate::AdoptionRow>& rows, const Style& style) {
  Table table({whole(Word::rulebook, style), prose(Word::title, style), whole(Word::from, style),
               whole(Word::until, style), whole(Word::in_force, style),
               whole(Word::digest, style)});
  for (const gate::AdoptionRow& row : rows) {
    table.add({{row.id},
               title_cell(style.lang == "fr" ? row.title_fr : row.title_en, row.is_erased, style),
               {format_date(row.from)},
               {date_text(row.until)},
               {std::string(say(row.is_in_force ? Word::yes : Word::no, style)),
                row.is_in_force ? Tone::good : Tone::quiet},
               {short_digest(row.sha256)}});
  }
  return shown(table, Word::no_adoptions, style);
}

std::string render(const std::vector<gate::RequestRow>& rows, const Style& style) {
  Table table({whole(Word::request, style), whole(Word::version_short, style),
               whole(Word::state, style), whole(Word::verdict, style), prose(Word::title, style),
               whole(Word::submitter, style), whole(Word::submitted, style)});
  for (const gate::RequestRow& row : rows) {
    table.add({{row.id},
               {std::to_string(row.version)},
               state_cell(row, style),
               verdict_cell(row.verdict, style),
               title_cell(row.title, row.is_erased, style),
               {row.submitter},
               {day(row.submitted)}});
  }
  return shown(table, Word::no_requests, style);
}

}  // namespace octroi::screen
