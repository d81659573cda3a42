// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/error.hpp"
#include "screen/labels.hpp"
#include "screen/page.hpp"
#include "screen/table.hpp"
#include "screen/values.hpp"

namespace octroi::screen {
namespace {

using gate::ReplayedAssessment;
using gate::ReplayResult;

std::string title(Word word, const Style& style) {
  return std::string(say(word, style));
}

bool is_same(const ReplayedAssessment& one) {
  return one.result == ReplayResult::same;
}

bool is_erased(const ReplayedAssessment& one) {
  return one.result == ReplayResult::erased;
}

Cell result_cell(ReplayResult result, const Style& style) {
  switch (result) {
    case ReplayResult::same:
      return {title(Word::result_same, style), Tone::good};
    case ReplayResult::differs:
      return {title(Word::result_differs, style), Tone::bad};
    case ReplayResult::erased:
      return {title(Word::erased_for_good, style), Tone::caution};
    case ReplayResult::unavailable:
      return {title(Word::result_unavailable, style), Tone::bad};
  }
  broken_invariant("a result that is none");
}

std::string verdict_text(const std::string& name, const Style& style) {
  const auto verdict = rules::parse_verdict(name);
  return verdict ? word_of(*verdict, style) : name;
}

void add_table(Page& page, const std::vector<ReplayedAssessment>& replayed) {
  const Style& style = page.style();
  Table table({{title(Word::request, style), Column::Kind::whole},
               {title(Word::version_short, style), Column::Kind::whole},
               {title(Word::sequence, style), Column::Kind::whole},
               {title(Word::day, style), Column::Kind::whole},
               {title(Word::verdict_alone, style), Column::Kind::whole},
               {title(Word::result, style), Column::Kind::whole}});
  for (const ReplayedAssessment& one : replayed) {
    table.add({{one.request, Tone::strong},
               {std::to_string(one.version)},
               {std::to_string(one.seq)},
               {format_date(one.as_of)},
               {verdict_text(one.verdict, style)},
               result_cell(one.result, style)});
  }
  page.block(table.text(style));
}

std::string side_text(const std::optional<json::Value>& side, const Style& style) {
  return side ? fact_text(*side, style) : title(Word::nothing, style);
}

std::string engine_text(const ReplayedAssessment& one, const Style& style) {
  if (!one.engine) return title(Word::unknown_engine, style);
  if (one.is_same_engine) return "";
  return say_with(Word::other_engine, style, one.engine->rules, short_digest(one.engine->facts));
}

void add_fault(Page& page, const ReplayedAssessment& one) {
  const Style& style = page.style();
  page.heading(one.request + ", " + say_with(Word::event_number, style, one.seq));
  page.prose(one.what, 2);
  if (one.recorded != one.computed) {
    page.fields({{title(Word::first_difference, style), one.pointer, Tone::strong},
                 {title(Word::was_recorded, style), side_text(one.recorded, style)},
                 {title(Word::is_computed, style), side_text(one.computed, style)}},
                2);
  }
  const std::string engine = engine_text(one, style);
  if (!engine.empty()) page.prose(engine, 2, Tone::caution);
}

}  // namespace

std::string render(const std::vector<ReplayedAssessment>& replayed, const Style& style) {
  Page page(style);
  const auto same = std::count_if(replayed.begin(), replayed.end(), is_same);
  const auto erased = std::count_if(replayed.begin(), replayed.end(), is_erased);
  const auto others = static_cast<std::ptrdiff_t>(replayed.size()) - same - erased;
  if (others == 0 && erased > 0) {
    page.lead(say(Word::erased_for_good, style), Tone::caution,
              say_with(Word::replayed_erased, style, erased, replayed.size()));
  } else if (others == 0) {
    page.lead(say(Word::result_same, style), Tone::good, say(Word::replayed_same, style));
  } else {
    page.lead(say(Word::result_differs, style), Tone::bad,
              say_with(Word::replayed_other, style, others, replayed.size()));
  }
  page.blank();
  add_table(page, replayed);
  for (const ReplayedAssessment& one : replayed) {
    if (!is_same(one)) add_fault(page, one);
  }
  return std::move(page).take();
}

}  // namespace octroi::screen
