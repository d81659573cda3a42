// SPDX-License-Identifier: Apache-2.0
#include "law/deadlines.hpp"

#include <algorithm>
#include <array>

namespace octroi::law {
namespace {

enum class Unit { working_days, days, weeks, months };

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
    Period{Deadline::snds_simplified, "snds-simplified", 15, 0, Unit::days,
           "CNAM, guide to SNDS access for projects: simplified procedure"},
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

Date unmoved_end(Unit unit, Date start, int count) {
  if (unit == Unit::months) return add_months(start, count);
  return start + std::chrono::days(unit == Unit::weeks ? 7 * count : count);
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

std::string_view name_of(DeadlineRegime regime) {
  switch (regime) {
    case DeadlineRegime::ehds:
      return "ehds";
    case DeadlineRegime::snds:
      return "snds";
    case DeadlineRegime::secnumcloud:
      break;
  }
  return "secnumcloud";
}

DeadlineRegime regime_of(Deadline deadline) {
  switch (deadline) {
    case Deadline::snds_completeness:
    case Deadline::snds_simplified:
    case Deadline::snds_committee:
    case Deadline::cnil_authorisation:
      return DeadlineRegime::snds;
    case Deadline::secnumcloud_change:
      return DeadlineRegime::secnumcloud;
    case Deadline::ehds_completion:
    case Deadline::ehds_permit:
    case Deadline::ehds_permit_public:
    case Deadline::ehds_permit_trusted:
    case Deadline::ehds_statistics:
    case Deadline::ehds_data:
    case Deadline::ehds_publication:
    case Deadline::ehds_results:
    case Deadline::ehds_deletion:
      break;
  }
  return DeadlineRegime::ehds;
}

Date applies_from(Deadline deadline) {
  using namespace std::chrono;
  switch (regime_of(deadline)) {
    case DeadlineRegime::ehds:
      return year(2029) / March / 26;
    case DeadlineRegime::snds:
      return deadline == Deadline::cnil_authorisation ? Date(year(2019) / June / 1)
                                                      : Date(year(2020) / May / 16);
    case DeadlineRegime::secnumcloud:
      break;
  }
  return year(2022) / March / 8;  // SecNumCloud 3.2
}

Date ehds_applies_from(const std::set<std::string>& categories) {
  static const std::set<std::string> k_later = {"b", "f", "g", "m", "p"};
  const bool is_later = !categories.empty() && std::all_of(categories.begin(), categories.end(),
                                                           [](const std::string& category) {
                                                             return k_later.contains(category);
                                                           });
  using namespace std::chrono;
  return is_later ? Date(year(2031) / March / 26) : applies_from(Deadline::ehds_permit);
}

std::string_view name_of(Lapse lapse) {
  switch (lapse) {
    case Lapse::no_permit:
      return "no-permit";
    case Lapse::authorised:
      return "authorised";
    case Lapse::nothing:
      break;
  }
  return "nothing";
}

Lapse lapse_of(Deadline deadline) {
  if (deadline == Deadline::ehds_completion) return Lapse::no_permit;
  if (deadline == Deadline::cnil_authorisation) return Lapse::authorised;
  return Lapse::nothing;
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
  std::optional<Date> last;
  if (period.unit == Unit::working_days) {
    last = after_working_days(start, count, holidays, pauses);
  } else {
    last = moved_by(unmoved_end(period.unit, start, count), pauses, start);
    while (last && !is_working_day(*last, holidays)) *last += std::chrono::days(1);
  }
  return last ? std::optional(std::min(*last, k_last_day)) : std::nullopt;
}

Date last_day_of(Deadline deadline, Date start, Extension extension, const Holidays& holidays) {
  // INVARIANT: only a pause leaves the day open, and there is none.
  return last_day_of(deadline, start, extension, holidays, {}).value();
}

}  // namespace octroi::law
