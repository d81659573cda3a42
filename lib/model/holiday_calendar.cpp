// SPDX-License-Identifier: Apache-2.0
#include "model/holiday_calendar.hpp"

#include "base/error.hpp"

namespace octroi::model {

HolidayCalendar HolidayCalendar::from(const Document& document) {
  if (document.kind != DocumentKind::holidays) {
    broken_invariant("a calendar is read from another kind of document");
  }
  // INVARIANT: read_document has seen to it that the days are there and exist.
  const json::Value& value = document.value;
  HolidayCalendar calendar{value.text("name"),
                           parse_date(value.text("from")).value(),
                           parse_date(value.text("through")).value(),
                           {}};
  for (const json::Value& one : value.at("days").as_array()) {
    calendar.days.insert(parse_date(one.text("day")).value());
  }
  return calendar;
}

}  // namespace octroi::model
