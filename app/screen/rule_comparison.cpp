// SPDX-License-Identifier: Apache-2.0
// In English, as the tools for rules are.
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

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string text_or_nothing(const std::optional<json::Value>& value, const Style& style) {
  return value ? fact_text(*value, style) : "nothing";
}

void add_field_change(Page& page, const FieldChange& change) {
  page.item(
      change.is_same_meaning ? change.field + " (written otherwise, means the same)" : change.field,
      2);
  page.fields({{"from", text_or_nothing(change.from, page.style())},
               {"to", text_or_nothing(change.to, page.style())}},
              4);
}

/// What people look for in a rule that comes or goes.
void add_whole_rule(Page& page, const RuleChange& change) {
  std::vector<Field> fields;
  for (const FieldChange& one : change.fields) {
    if (one.field != "applies" && one.field != "requires" && one.field != "otherwise" &&
        one.field != "title.en") {
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
      page.lead("ADDED", Tone::strong, change.rule);
      add_whole_rule(page, change);
      return;
    case RuleChange::Kind::removed:
      page.lead("REMOVED", Tone::strong, change.rule);
      add_whole_rule(page, change);
      return;
    case RuleChange::Kind::changed:
      page.lead("CHANGED", Tone::strong, change.rule);
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
  const std::string id =
      diff.old_id == diff.new_id ? diff.old_id : diff.old_id + " and " + diff.new_id;
  if (diff.is_empty()) {
    page.prose(fmt::format("{}: the two say the same", id));
    return;
  }
  page.prose(fmt::format("{}: {} added, {} removed, {} changed{}", id,
                         counted(count_of(diff, RuleChange::Kind::added), "rule", "rules"),
                         count_of(diff, RuleChange::Kind::removed),
                         count_of(diff, RuleChange::Kind::changed),
                         diff.is_reordered ? "; the rules stand in another order" : ""));
  for (const FieldChange& field : diff.fields) add_field_change(page, field);
  for (const RuleChange& change : diff.rules) add_rule_change(page, change);
}

std::string verdict_text(const std::optional<rules::Verdict>& verdict, const Style& style) {
  return verdict ? word_of(*verdict, style) : "no rulebook in force";
}

std::string outcome_text(const std::optional<rules::Outcome>& outcome, const Style& style) {
  return outcome ? word_of(*outcome, style) : "no such rule";
}

void add_request_change(Page& page, const RequestChange& change) {
  const Style& style = page.style();
  page.blank();
  const std::string verdict = change.has_other_verdict()
                                  ? fmt::format("{} -> {}", verdict_text(change.from, style),
                                                verdict_text(change.to, style))
                                  : fmt::format("{} as before", verdict_text(change.to, style));
  page.lead(change.id, Tone::strong,
            fmt::format("{} ({}, {})", verdict, change.title, state_word(change.state, style)));
  for (const FindingChange& one : change.findings) {
    page.item(fmt::format("{}: {} -> {}", one.finding, outcome_text(one.from, style),
                          outcome_text(one.to, style)),
              2);
  }
  if (change.is_narrowed_otherwise) {
    page.item("the token would carry other obligations or a shorter or longer time", 2);
  }
}

void add_effect(Page& page, const RuleEffect& effect) {
  std::size_t others = 0;
  for (const RequestChange& change : effect.changed) others += change.has_other_verdict() ? 1 : 0;
  page.heading(fmt::format("Requests on {}", format_date(effect.as_of)));
  if (!effect.is_old_in_force) {
    page.prose(
        "The registry does not apply the old version on that day; what is compared is the "
        "rulebooks in force with either of the two.");
  }
  page.prose(fmt::format("{} assessed; {} another verdict, {} only other findings",
                         counted(effect.requests, "request", "requests"),
                         counted(others, "would have", "would have"),
                         effect.changed.size() - others));
  for (const RequestChange& change : effect.changed) add_request_change(page, change);
  for (const gate::UnassessedRequest& one : effect.unassessed) {
    page.blank();
    page.lead("NOT ASSESSED", Tone::bad, one.id);
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
