// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "gate/context.hpp"
#include "json/value.hpp"
#include "law/case_deadlines.hpp"
#include "model/holiday_calendar.hpp"

namespace octroi::gate {

/// The legal deadlines of a request on a day.
struct CaseDeadlines {
  Date as_of;
  /// Without one, Saturdays and Sundays alone are days without work.
  std::optional<model::HolidayCalendar> calendar;
  std::vector<law::CaseDeadline> list;

  /// Whether the calendar that was given does not speak of all the days of the deadline.
  [[nodiscard]] bool is_beyond_calendar(const law::CaseDeadline& deadline) const;
};
[[nodiscard]] json::Value to_json(const CaseDeadlines& deadlines);

/// The deadlines of a request that have begun by a day, from the log and from what the version of
/// that day declares. An assessment that came out incomplete counts as a demand for more. The
/// caller holds a transaction. Throws Error(bad_input) when there is no such request.
[[nodiscard]] CaseDeadlines deadlines_of(Database& database, const std::string& id, Date as_of,
                                         std::optional<model::HolidayCalendar> calendar);

}  // namespace octroi::gate
