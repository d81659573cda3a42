// SPDX-License-Identifier: Apache-2.0
#include "screen/check_words.hpp"
#include "screen/labels.hpp"
#include "screen/page.hpp"
#include "screen/parts.hpp"
#include "screen/values.hpp"

namespace octroi::screen {
namespace {

std::string text_of(const gate::AuditFault& fault, const Style& style) {
  if (!fault.seq) return fault.what;
  return say_with(Word::event_number, style, *fault.seq) + ": " + fault.what;
}

void add_faults(Page& page, const gate::AuditReport& report) {
  if (report.is_sound()) return;
  page.heading(say(Word::faults, page.style()));
  for (const gate::AuditFault& fault : report.faults) page.item(text_of(fault, page.style()), 2);
}

void add_gaps(Page& page, const gate::AuditReport& report) {
  if (report.not_checked.empty()) return;
  const Style& style = page.style();
  page.heading(say(Word::not_checked, style));
  for (const gate::AuditGap& gap : report.not_checked) {
    page.item(gate::sentence_of(gap.kind).in(style.lang), 2);
    if (!gap.names.empty()) page.prose(fact_text(json::strings(gap.names), style), 4);
  }
}

void add_touched(Page& page, const gate::AuditReport& report) {
  if (report.touched.empty()) return;
  const Style& style = page.style();
  page.heading(say(Word::touched, style));
  page.prose(say(Word::touched_why, style), 2);
  for (const gate::TouchedItem& item : report.touched) {
    page.item(say_with(Word::touched_item, style, item.seq, item.type, item.id, item.kid,
                       format_instant(item.at)),
              2);
  }
}

/// "9 events, the last of …; 3 came after it"; "" where nothing was compared.
std::string compared_text(const gate::AuditReport& report, const Style& style) {
  if (!report.against) return "";
  const gate::ComparedCheckpoint& one = *report.against;
  return say_with(Word::compared_checkpoint, style, one.events,
                  one.last ? format_instant(*one.last) : std::string(say(Word::none, style)),
                  one.events_after);
}

std::vector<std::string> checks_of(const gate::TokenAudit& audit, gate::CheckOutcome outcome,
                                   const Style& style) {
  std::vector<std::string> texts;
  for (const gate::TokenCheck& check : audit.verification.checks) {
    if (check.outcome != outcome) continue;
    std::string text = check_name(check.name, style);
    if (outcome == gate::CheckOutcome::failed) text += ": " + check_detail(check, style);
    texts.push_back(std::move(text));
  }
  return texts;
}

void add_token_answer(Page& page, const gate::TokenAudit& audit, std::size_t faults) {
  const Style& style = page.style();
  if (audit.is_damaged()) {
    page.lead(say(Word::damaged, style), Tone::bad,
              say_count(Word::damaged_one, Word::damaged_many, faults, style));
  } else if (faults > 0) {
    page.answer(say(Word::refused_token, style), Tone::bad, cause_text(audit.verification, style));
  } else {
    page.lead(say(Word::sound, style), Tone::good, say(Word::sound_token, style));
  }
}

}  // namespace

std::string render(const gate::TokenAudit& audit, const Style& style) {
  Page page(style);
  const auto faults = checks_of(audit, gate::CheckOutcome::failed, style);
  add_token_answer(page, audit, faults.size());
  page.blank();
  const auto& claims = audit.verification.claims;
  page.fields({{std::string(say(Word::origin, style)), audit.origin},
               {std::string(say(Word::token, style)), claims ? claims->id : ""}},
              2);
  if (!faults.empty()) {
    page.heading(say(audit.is_damaged() ? Word::faults : Word::why, style));
  }
  for (const std::string& fault : faults) page.item(fault, 2);
  const auto skipped = checks_of(audit, gate::CheckOutcome::skipped, style);
  if (skipped.empty()) return std::move(page).take();
  page.heading(say(Word::not_checked, style));
  page.item(gate::sentence_of(gate::AuditGapKind::skipped_checks).in(style.lang), 2);
  page.prose(joined(skipped, style), 4);
  return std::move(page).take();
}

std::string render(const gate::AuditReport& report, const Style& style) {
  Page page(style);
  if (report.is_sound()) {
    const Word rest = report.not_checked.empty() ? Word::sound_rest : Word::sound_in_part;
    page.lead(say(Word::sound, style), Tone::good, say(rest, style));
  } else {
    page.lead(say(Word::damaged, style), Tone::bad,
              say_count(Word::damaged_one, Word::damaged_many, report.faults.size(), style));
  }
  page.blank();
  page.fields({{std::string(say(Word::origin, style)), report.origin},
               {std::string(say(Word::events, style)), std::to_string(report.events)},
               {std::string(say(Word::documents_count, style)), std::to_string(report.documents)},
               {std::string(say(Word::erased_count, style)),
                report.erased == 0 ? "" : std::to_string(report.erased)},
               {std::string(say(Word::assessments_replayed, style)),
                report.assessments == 0 ? "" : std::to_string(report.assessments)},
               {std::string(say(Word::assessments_erased, style)),
                report.erased_assessments == 0 ? "" : std::to_string(report.erased_assessments)},
               {std::string(say(Word::tokens, style)), std::to_string(report.tokens)},
               {std::string(say(Word::compared_with, style)), compared_text(report, style)}},
              2);
  if (!report.head.empty()) {  // never broken, so that two can be compared: on a line of its own
    page.prose(say(Word::head, style), 2);
    page.unbroken(report.head, 4);
  }
  add_faults(page, report);
  add_touched(page, report);
  add_gaps(page, report);
  return std::move(page).take();
}

}  // namespace octroi::screen
