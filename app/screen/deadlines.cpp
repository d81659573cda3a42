// SPDX-License-Identifier: Apache-2.0
#include "screen/labels.hpp"
#include "screen/parts.hpp"

namespace octroi::screen {
namespace {

using law::Deadline;
using law::DeadlineStanding;

Word title_of(Deadline deadline) {
  switch (deadline) {
    case Deadline::ehds_completion:
      return Word::deadline_ehds_completion;
    case Deadline::ehds_permit:
      return Word::deadline_ehds_permit;
    case Deadline::ehds_permit_public:
      return Word::deadline_ehds_permit_public;
    case Deadline::ehds_permit_trusted:
      return Word::deadline_ehds_permit_trusted;
    case Deadline::ehds_statistics:
      return Word::deadline_ehds_statistics;
    case Deadline::ehds_data:
      return Word::deadline_ehds_data;
    case Deadline::ehds_publication:
      return Word::deadline_ehds_publication;
    case Deadline::ehds_results:
      return Word::deadline_ehds_results;
    case Deadline::ehds_deletion:
      return Word::deadline_ehds_deletion;
    case Deadline::snds_completeness:
      return Word::deadline_snds_completeness;
    case Deadline::snds_simplified:
      return Word::deadline_snds_simplified;
    case Deadline::snds_committee:
      return Word::deadline_snds_committee;
    case Deadline::cnil_authorisation:
      return Word::deadline_cnil_authorisation;
    case Deadline::secnumcloud_change:
      break;
  }
  return Word::deadline_secnumcloud_change;
}

Word word_of_regime(law::DeadlineRegime regime) {
  switch (regime) {
    case law::DeadlineRegime::ehds:
      return Word::regime_ehds;
    case law::DeadlineRegime::snds:
      return Word::regime_snds;
    case law::DeadlineRegime::secnumcloud:
      break;
  }
  return Word::regime_secnumcloud;
}

Tone tone_of_standing(DeadlineStanding standing) {
  switch (standing) {
    case DeadlineStanding::passed:
    case DeadlineStanding::late:
      return Tone::bad;
    case DeadlineStanding::unless_extended:
    case DeadlineStanding::stopped:
      return Tone::caution;
    case DeadlineStanding::met:
      return Tone::good;
    case DeadlineStanding::running:
      break;
  }
  return Tone::plain;
}

std::string standing_text(const law::CaseDeadline& one, const Style& style) {
  const std::string day = one.met ? format_date(*one.met) : "";
  switch (one.standing) {
    case DeadlineStanding::running:
      return std::string(say(Word::standing_running, style));
    case DeadlineStanding::stopped:
      return std::string(say(Word::standing_stopped, style));
    case DeadlineStanding::met:
      return say_with(Word::standing_met, style, day);
    case DeadlineStanding::late:
      return say_with(Word::standing_late, style, day);
    case DeadlineStanding::unless_extended:
      return std::string(say(Word::standing_unless_extended, style));
    case DeadlineStanding::passed:
      break;
  }
  return std::string(say(Word::standing_passed, style));
}

std::string span_text(const law::CaseDeadline& one, const Style& style) {
  if (!one.end) return say_with(Word::runs_from, style, format_date(one.start));
  std::string text = say_with(Word::span, style, format_date(one.start), format_date(*one.end));
  if (one.is_extended) text += ", " + std::string(say(Word::is_extended, style));
  if (one.end_if_extended) {
    text += ", " + say_with(Word::if_extended, style, format_date(*one.end_if_extended));
  }
  return text;
}

std::string lapse_text(Deadline deadline, const Style& style) {
  switch (law::lapse_of(deadline)) {
    case law::Lapse::no_permit:
      return std::string(say(Word::if_passed_no_permit, style));
    case law::Lapse::authorised:
      return std::string(say(Word::if_passed_authorised, style));
    case law::Lapse::nothing:
      break;
  }
  return "";
}

}  // namespace

void add_deadlines(Page& page, const gate::CaseDeadlines& deadlines) {
  const Style& style = page.style();
  page.heading(say_with(Word::deadlines_on, style, format_date(deadlines.as_of)));
  if (deadlines.list.empty()) return page.prose(say(Word::no_deadlines, style), 2);
  for (const law::CaseDeadline& one : deadlines.list) {
    page.item(say(title_of(one.deadline), style), 2);
    std::vector<Field> fields = {
        {std::string(say(Word::state, style)), standing_text(one, style),
         tone_of_standing(one.standing)},
        {std::string(say(Word::runs, style)), span_text(one, style)},
        {"", lapse_text(one.deadline, style)},
    };
    if (deadlines.is_beyond_calendar(one)) {
      fields.push_back({"", std::string(say(Word::beyond_calendar, style)), Tone::caution});
    }
    fields.push_back({std::string(say(Word::regime, style)),
                      std::string(say(word_of_regime(law::regime_of(one.deadline)), style))});
    fields.push_back({std::string(say(Word::source, style)),
                      std::string(law::source_of(one.deadline)), Tone::quiet});
    page.fields(fields, 4);
  }
  if (const auto& calendar = deadlines.calendar) {
    page.prose(say_with(Word::holidays_of, style, calendar->name, format_date(calendar->first_day),
                        format_date(calendar->last_day)),
               2, Tone::quiet);
  } else {
    page.prose(say(Word::weekends_only, style), 2, Tone::quiet);
  }
}

}  // namespace octroi::screen
