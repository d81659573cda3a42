// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>

#include "base/time.hpp"
#include "model/document.hpp"

namespace octroi::model {

/// The days between two days, both included, on which no work is done besides Saturdays and
/// Sundays. Of days before and after it says nothing.
struct HolidayCalendar {
  std::string name;
  Date first_day;
  Date last_day;
  std::set<Date> days;

  /// The document must be of kind holidays.
  [[nodiscard]] static HolidayCalendar from(const Document& document);

  [[nodiscard]] bool covers(Date day) const { return first_day <= day && day <= last_day; }
};

}  // namespace octroi::model
