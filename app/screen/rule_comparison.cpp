// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/error.hpp"
#include "screen/page.hpp"
#include "screen/screen.hpp"
#include "screen/values.hpp"

namespace octroi::screen {
namespace {

using gate::FindingChange;
using gate::RequestChange;
using gate::RuleEffect;
using rules::FieldChange;
using rules::RulebookDiff;
using rules::RuleChange;

/// This page's own words, which no other one needs.
std::string_view in(const Style& style, std::string_view english, std::string_view french) {
  return style.lang == "fr" ? french : english;
}

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string text_or_nothing(const std::optional<json::Value>& value, const Style& style) {
  return value ? fact_text(*value, style) : std::string(in(style, "nothing", "rien"));
}

void add_field_change(Page& page, const FieldChange& change) {
  const Style& style = page.style();
  const std::string_view same =
      in(style, " (written otherwise, means the same)", " (écrit autrement, même sens)");
  page.item(change.is_same_meaning ? change.field + std::string(same) : change.field, 2);
  page.fields({{std::string(in(style, "from", "avant")), text_or_nothing(change.from, style)},
               {std::string(in(style, "to", "après")), text_or_nothing(change.to, style)}},
              4);
}

/// What people look for in a rule that comes or goes.
void add_whole_rule(Page& page, const RuleChange& change) {
  const std::string_view title = in(page.style(), "title.en", "title.fr");
  std::vector<Field> fields;
  for (const FieldChange& one : change.fields) {
    if (one.field != "applies" && one.field != "requires" && one.field != "otherwise" &&
        one.field != title) {
      continue;
    }
    fields.push_back({one.field, text_or_nothing(one.to ? one.to : one.from, page.style())});
  }
  page.fields(fields, 2);
}

void add_rule_change(Page& page, const RuleChange& change) {
  page.blank();
  switch (change.kind) {
    case RuleChange::Kind::added:
      page.lead(in(page.style(), "ADDED", "AJOUTÉE"), Tone::strong, change.rule);
      add_whole_rule(page, change);
      return;
    case RuleChange::Kind::removed:
      page.lead(in(page.style(), "REMOVED", "SUPPRIMÉE"), Tone::strong, change.rule);
      add_whole_rule(page, change);
      return;
    case RuleChange::Kind::changed:
      page.lead(in(page.style(), "CHANGED", "MODIFIÉE"), Tone::strong, change.rule);
      for (const FieldChange& field : change.fields) add_field_change(page, field);
      return;
  }
  broken_invariant("a change of a rule that is none");
}

std::size_t count_of(const RulebookDiff& diff, RuleChange::Kind kind) {
  std::size_t count = 0;
  for (const RuleChange& change : diff.rules) count += change.kind == kind ? 1 : 0;
  return count;
}

void add_diff(Page& page, const RulebookDiff& diff) {
  const Style& style = page.style();
  const std::string id =
      diff.old_id == diff.new_id
          ? diff.old_id
          : fmt::format("{} {} {}", diff.old_id, in(style, "and", "et"), diff.new_id);
  if (diff.is_empty()) {
    page.prose(fmt::format(
        "{}{}", id, in(style, ": the two say the same", " : les deux disent la même chose")));
    return;
  }
  const std::size_t added = count_of(diff, RuleChange::Kind::added);
  const std::size_t removed = count_of(diff, RuleChange::Kind::removed);
  const std::size_t changed = count_of(diff, RuleChange::Kind::changed);
  const std::string counts =
      style.lang == "fr" ? fmt::format(" : règles ajoutées : {}, supprimées : {}, modifiées : {}",
                                       added, removed, changed)
                         : fmt::format(": {} added, {} removed, {} changed",
                                       counted(added, "rule", "rules"), removed, changed);
  page.prose(id + counts +
             std::string(diff.is_reordered ? in(style, "; the rules stand in another order",
                                                " ; les règles sont dans un autre ordre")
                                           : ""));
  for (const FieldChange& field : diff.fields) add_field_change(page, field);
  for (const RuleChange& change : diff.rules) add_rule_change(page, change);
}

std::string verdict_text(const std::optional<rules::Verdict>& verdict, const Style& style) {
  return verdict ? word_of(*verdict, style)
                 : std::string(in(style, "no rulebook in force", "aucun référentiel en vigueur"));
}

std::string outcome_text(const std::optional<rules::Outcome>& outcome, const Style& style) {
  return outcome ? word_of(*outcome, style)
                 : std::string(in(style, "no such rule", "pas de telle règle"));
}

void add_request_change(Page& page, const RequestChange& change) {
  const Style& style = page.style();
  page.blank();
  const std::string verdict = change.has_other_verdict()
                                  ? fmt::format("{} -> {}", verdict_text(change.from, style),
                                                verdict_text(change.to, style))
                                  : fmt::format("{} {}", verdict_text(change.to, style),
                                                in(style, "as before", "comme avant"));
  page.lead(change.id, Tone::strong,
            fmt::format("{} ({}, {})", verdict, change.title, state_word(change.state, style)));
  for (const FindingChange& one : change.findings) {
    page.item(fmt::format("{}: {} -> {}", one.finding, outcome_text(one.from, style),
                          outcome_text(one.to, style)),
              2);
  }
  if (change.is_narrowed_otherwise) {
    page.item(in(style, "the token would carry other obligations or a shorter or longer time",
                 "le jeton porterait d'autres obligations ou une autre durée"),
              2);
  }
}

void add_effect(Page& page, const RuleEffect& effect) {
  std::size_t others = 0;
  for (const RequestChange& change : effect.changed) others += change.has_other_verdict() ? 1 : 0;
  const Style& style = page.style();
  page.heading(
      fmt::format("{} {}", in(style, "Requests on", "Demandes au"), format_date(effect.as_of)));
  if (!effect.is_old_in_force) {
    page.prose(in(
        style,
        "The registry does not apply the old version on that day; what is compared is the "
        "rulebooks in force with either of the two.",
        "Le registre n'applique pas l'ancienne version ce jour-là ; sont comparés les référentiels "
        "en vigueur avec l'une ou l'autre des deux."));
  }
  const std::size_t rest = effect.changed.size() - others;
  page.prose(style.lang == "fr"
                 ? fmt::format("Évaluées : {} ; autre verdict : {}, autres constats seulement : {}",
                               effect.requests, others, rest)
                 : fmt::format("{} assessed; {} another verdict, {} only other findings",
                               counted(effect.requests, "request", "requests"),
                               counted(others, "would have", "would have"), rest));
  for (const RequestChange& change : effect.changed) add_request_change(page, change);
  for (const gate::UnassessedRequest& one : effect.unassessed) {
    page.blank();
    page.lead(in(page.style(), "NOT ASSESSED", "NON ÉVALUÉE"), Tone::bad, one.id);
    page.paragraphs(one.why, 2);
  }
}

}  // namespace

std::string render(const gate::RulebookComparison& comparison, const Style& style) {
  Page page(style);
  add_diff(page, comparison.diff);
  if (comparison.effect) add_effect(page, *comparison.effect);
  return std::move(page).take();
}

}  // namespace octroi::screen
