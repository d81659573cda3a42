// SPDX-License-Identifier: Apache-2.0
#include "law/deadlines.hpp"

#include <algorithm>
#include <array>

namespace octroi::law {
namespace {

enum class Unit { working_days, weeks, months };

struct Period {
  Deadline deadline;
  std::string_view name;
  int count;
  int extension;  ///< what an extension adds, in the same unit; 0 where there is none
  Unit unit;
  std::string_view source;
};

constexpr std::array k_periods = {
    Period{Deadline::ehds_completion, "ehds-completion", 4, 0, Unit::weeks,
           "Regulation (EU) 2025/327, article 68(4)"},
    Period{Deadline::ehds_permit, "ehds-permit", 3, 3, Unit::months,
           "Regulation (EU) 2025/327, article 68(4)"},
    Period{Deadline::ehds_permit_public, "ehds-permit-public", 2, 1, Unit::months,
           "Regulation (EU) 2025/327, article 68(6)"},
    Period{Deadline::ehds_permit_trusted, "ehds-permit-trusted", 2, 2, Unit::months,
           "Regulation (EU) 2025/327, article 72"},
    Period{Deadline::ehds_statistics, "ehds-statistics", 3, 0, Unit::months,
           "Regulation (EU) 2025/327, article 69"},
    Period{Deadline::ehds_data, "ehds-data", 2, 0, Unit::months,
           "Regulation (EU) 2025/327, article 68(7)"},
    Period{Deadline::ehds_publication, "ehds-publication", 30, 0, Unit::working_days,
           "Regulation (EU) 2025/327, article 57(1)(j)(iii)"},
    Period{Deadline::ehds_results, "ehds-results", 18, 0, Unit::months,
           "Regulation (EU) 2025/327, article 61(4)"},
    Period{Deadline::ehds_deletion, "ehds-deletion", 6, 0, Unit::months,
           "Regulation (EU) 2025/327, article 68(12)"},
    Period{Deadline::snds_completeness, "snds-completeness", 7, 0, Unit::working_days,
           "Health Data Hub, starter kit: from completeness check to committee"},
    Period{Deadline::snds_committee, "snds-committee", 1, 0, Unit::months,
           "Law 78-17, article 76; CNAM, guide to SNDS access for projects"},
    Period{Deadline::cnil_authorisation, "cnil-authorisation", 2, 2, Unit::months,
           "Law 78-17, article 66 V"},
    Period{Deadline::secnumcloud_change, "secnumcloud-change", 1, 0, Unit::months,
           "SecNumCloud 3.2, 19.6 f"},
};

const Period& period_of(Deadline deadline) {
  return *std::find_if(k_periods.begin(), k_periods.end(),
                       [deadline](const Period& one) { return one.deadline == deadline; });
}

/// Pauses in order, those that touch or overlap made one.
std::vector<Pause> merged(std::vector<Pause> pauses) {
  std::sort(pauses.begin(), pauses.end(),
            [](const Pause& left, const Pause& right) { return left.from < right.from; });
  std::vector<Pause> result;
  for (const Pause& pause : pauses) {
    if (pause.through && *pause.through < pause.from) continue;
    if (result.empty() || (result.back().through && *result.back().through < pause.from)) {
      result.push_back(pause);
      continue;
    }
    std::optional<Date>& last = result.back().through;
    if (last) last = pause.through ? std::optional(std::max(*last, *pause.through)) : std::nullopt;
  }
  return result;
}

bool is_paused(Date day, const std::vector<Pause>& pauses) {
  return std::any_of(pauses.begin(), pauses.end(), [day](const Pause& pause) {
    return pause.from <= day && (!pause.through || day <= *pause.through);
  });
}

bool is_paused_for_good(Date day, const std::vector<Pause>& pauses) {
  return !pauses.empty() && !pauses.back().through && pauses.back().from <= day;
}

std::optional<Date> after_working_days(Date start, int count, const Holidays& holidays,
                                       const std::vector<Pause>& pauses) {
  Date day = start;
  while (count > 0) {
    day += std::chrono::days(1);
    if (is_paused_for_good(day, pauses)) return std::nullopt;
    if (is_working_day(day, holidays) && !is_paused(day, pauses)) --count;
  }
  return day;
}

std::optional<Date> moved_by(Date last, const std::vector<Pause>& pauses, Date start) {
  for (const Pause& pause : pauses) {
    if (last < pause.from) break;
    if (!pause.through) return std::nullopt;
    const Date first = std::max(pause.from, start + std::chrono::days(1));
    if (first <= *pause.through) last += *pause.through - first + std::chrono::days(1);
  }
  return last;
}

}  // namespace

std::string_view name_of(Deadline deadline) {
  return period_of(deadline).name;
}

std::string_view source_of(Deadline deadline) {
  return period_of(deadline).source;
}

bool can_be_extended(Deadline deadline) {
  return period_of(deadline).extension > 0;
}

bool is_working_day(Date day, const Holidays& holidays) {
  const std::chrono::weekday weekday(day);
  return weekday != std::chrono::Saturday && weekday != std::chrono::Sunday &&
         !holidays.contains(day);
}

std::optional<Date> last_day_of(Deadline deadline, Date start, Extension extension,
                                const Holidays& holidays, std::vector<Pause> pauses) {
  const Period& period = period_of(deadline);
  const int count = period.count + (extension == Extension::yes ? period.extension : 0);
  pauses = merged(std::move(pauses));
  if (period.unit == Unit::working_days) {
    return after_working_days(start, count, holidays, pauses);
  }
  const Date unmoved =
      period.unit == Unit::weeks ? start + std::chrono::weeks(count) : add_months(start, count);
  std::optional<Date> last = moved_by(unmoved, pauses, start);
  while (last && !is_working_day(*last, holidays)) *last += std::chrono::days(1);
  return last;
}

Date last_day_of(Deadline deadline, Date start, Extension extension, const Holidays& holidays) {
  // INVARIANT: only a pause leaves the day open, and there is none.
  return last_day_of(deadline, start, extension, holidays, {}).value();
}

}  // namespace octroi::law
