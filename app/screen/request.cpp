// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "screen/labels.hpp"
#include "screen/parts.hpp"
#include "screen/table.hpp"
#include "screen/values.hpp"

namespace octroi::screen {
namespace {

using json::Value;

std::string label(Word word, const Style& style) {
  return std::string(say(word, style));
}

/// "snds:6, ehds:e".
std::string purposes_text(const Value& request, const Style& style) {
  std::vector<std::string> codes;
  const Value* purposes = request.find("purposes");
  if (purposes == nullptr || !purposes->is_object()) return "";
  for (const auto& [regime, list] : purposes->as_object()) {
    if (!list.is_array()) continue;
    for (const std::string& code : json::to_strings(&list)) codes.push_back(regime + ":" + code);
  }
  return joined(codes, style);
}

std::string users_text(const Value& request, const Style& style) {
  std::vector<std::string> ids;
  const Value* users = request.find("users");
  if (users == nullptr) return "";
  for (const Value& user : users->as_array()) ids.push_back(user.text("id"));
  return joined(ids, style);
}

void add_asked(Page& page, const Value& request) {
  const Style& style = page.style();
  page.heading(say(Word::asks_for, style));
  std::vector<Field> fields;
  if (const Value* datasets = request.find("datasets")) {
    for (const Value& use : datasets->as_array()) {
      fields.push_back(
          {label(Word::dataset, style),
           use.text("dataset") + ": " +
               extent_text(use.text("extent"), json::to_strings(use.find("components")), style)});
    }
  }
  if (const Value* environment = request.find("environment")) {
    fields.push_back({label(Word::environment, style), environment->text("provider")});
  }
  fields.push_back({label(Word::purposes, style), purposes_text(request, style)});
  fields.push_back({label(Word::users, style), users_text(request, style)});
  page.fields(fields, 2);
}

/// "issued, revoked".
std::string state_text(const gate::RequestRow& row, const Style& style) {
  const std::string standing = standing_word(row.token_status, style);
  return standing.empty() ? state_word(row.state, style)
                          : state_word(row.state, style) + ", " + standing;
}

void add_head(Page& page, const gate::RequestRow& row) {
  const Style& style = page.style();
  page.lead(row.id, Tone::strong,
            row.is_erased ? std::string(say(Word::erased, style)) : row.title);
  page.blank();
  page.fields({{label(Word::state, style), state_text(row, style), Tone::strong},
               {label(Word::version, style), std::to_string(row.version)},
               {label(Word::submitted, style),
                say_with(Word::recorded_by, style, format_instant(row.submitted), row.submitter)}},
              2);
}

gate::BallotCounts counts_of(const Value& counts) {
  const auto count = [&counts](std::string_view name) {
    const Value* value = counts.find(name);
    return value == nullptr ? 0 : static_cast<int>(value->as_integer());
  };
  return {count("for"), count("against"), count("abstaining"), count("absent")};
}

void add_decision(Page& page, const gate::DecisionRow& decision) {
  const Style& style = page.style();
  const Value& document = decision.document;
  if (decision.is_erased) {
    page.item(decision.id + ", " + say_with(Word::version_number, style, decision.version) + ": " +
                  std::string(say(Word::erased, style)),
              2);
    return;
  }
  const bool is_granted = document.text("result") == "granted";
  page.lead(label(is_granted ? Word::granted : Word::refused, style),
            is_granted ? Tone::good : Tone::bad,
            decision.id + ", " + say_with(Word::version_number, style, decision.version), 2);
  std::vector<Field> fields = {
      {label(Word::session, style), document.text("date")},
      {label(Word::reference, style), document.text("reference")},
      {label(Word::datasets, style), joined(json::to_strings(document.find("datasets")), style)},
      {label(Word::until, style), document.text("until")},
      {label(Word::resolves, style), joined(json::to_strings(document.find("resolves")), style)},
  };
  if (const Value* ballots = document.find("ballots")) {
    if (const Value* counts = ballots->find("counts")) {
      fields.push_back({label(Word::ballots, style), ballots_text(counts_of(*counts), style)});
    }
  }
  for (const std::string& condition : json::to_strings(document.find("conditions"))) {
    fields.push_back({label(Word::conditions, style), condition});
  }
  fields.push_back({label(Word::recorded, style),
                    say_with(Word::recorded_by, style, format_instant(decision.recorded),
                             decision.recorded_by)});
  page.fields(fields, 4);
  if (document.text("reason").empty()) return;
  page.prose(say(Word::reason, style), 4, Tone::quiet);
  page.paragraphs(document.text("reason"), 6);
}

void add_decisions(Page& page, const gate::RequestDetails& details) {
  if (details.decisions.empty()) return;
  page.heading(say(Word::decisions, page.style()));
  for (const gate::DecisionRow& decision : details.decisions) add_decision(page, decision);
}

std::string status_text(const gate::IssuedRow& token, const Style& style) {
  const std::string word = token_status_word(token.status, style);
  const std::string detail = status_detail(token.reason, token.since, style);
  return detail.empty() ? word : word + " (" + detail + ")";
}

void add_tokens(Page& page, const gate::RequestDetails& details) {
  if (details.tokens.empty()) return;
  const Style& style = page.style();
  page.heading(say(Word::tokens, style));
  for (const gate::IssuedRow& token : details.tokens) {
    page.item(token.id, 2);
    page.fields(
        {{label(Word::holder, style), token.holder},
         {label(Word::valid, style), say_with(Word::span, style, format_instant(token.not_before),
                                              format_instant(token.expires))},
         {label(Word::status, style), status_text(token, style)}},
        4);
    if (token.text.empty() && !token.is_text_erased) continue;
    page.prose(say(Word::reason, style), 4, Tone::quiet);
    page.paragraphs(token.is_text_erased ? std::string(say(Word::erased, style)) : token.text, 6);
  }
}

void add_history(Page& page, const gate::RequestDetails& details) {
  if (details.history.empty()) return;
  const Style& style = page.style();
  page.heading(say(Word::history, style));
  Table table({{label(Word::sequence, style), Column::Kind::whole},
               {label(Word::when, style), Column::Kind::whole},
               {label(Word::act, style), Column::Kind::whole},
               {label(Word::who, style), Column::Kind::whole}});
  for (const gate::HistoryEntry& entry : details.history) {
    table.add({{std::to_string(entry.seq)},
               {format_instant(entry.at)},
               {act_word(entry.type, style)},
               {entry.member}},
              history_note(entry.type, entry.note, style));
  }
  page.block(table.text(style));
}

/// Whether the board decided of the version that is shown.
bool was_decided(const gate::RequestDetails& details) {
  return std::any_of(
      details.decisions.begin(), details.decisions.end(),
      [&](const gate::DecisionRow& one) { return one.version == details.row.version; });
}

}  // namespace

std::string render(const gate::RequestDetails& details, const Style& style) {
  Page page(style);
  add_head(page, details.row);
  if (details.document) add_asked(page, details.document->value);
  page.heading(say(Word::assessment, style));
  if (details.assessment) {
    add_assessment(page, *details.assessment, was_decided(details));
  } else {
    page.prose(say(details.is_assessment_erased ? Word::erased : Word::not_assessed, style));
  }
  add_decisions(page, details);
  add_tokens(page, details);
  if (details.deadlines) add_deadlines(page, *details.deadlines);
  add_history(page, details);
  return std::move(page).take();
}

}  // namespace octroi::screen
