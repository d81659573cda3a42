// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "law/deadlines.hpp"
#include "law/standing.hpp"

namespace octroi::law {

/// Something that happened to a request, and that starts, stops or ends a clock.
struct CaseAct {
  enum class Kind {
    submitted,   ///< a version of the request came in
    complete,    ///< an assessment had an answer to every rule
    incomplete,  ///< an assessment asked for more
    decided,     ///< the board decided
    withdrawn,
  };
  Kind kind;
  Date day;
};

/// The way of access that a request takes, as far as deadlines hang on it.
enum class AccessRoute { ehds, snds_authorisation, snds_simplified, other };

/// What is known of a case on a day.
struct CaseTimes {
  AccessRoute route = AccessRoute::other;
  /// Whether a public body with a mandate in public health applies, for purposes a to c alone.
  bool is_public_health_body = false;
  /// The letters of all categories of data that are asked for.
  std::set<std::string> ehds_categories;
  std::vector<CaseAct> acts;            ///< in the order of the log
  std::optional<Date> access_ends;      ///< the last day of the tokens, once some were issued
  std::optional<Date> committee_asked;  ///< since when its opinion is pending
  bool has_committee_opinion = false;
  std::vector<TacitAuthorisation> silent;  ///< files that an authority has and may be silent on
};

/// How a deadline stands on a day.
enum class DeadlineStanding {
  running,
  stopped,          ///< the clock stands still: more was asked for, and it has not come
  met,              ///< the act came in time
  late,             ///< the act came, after the last day
  unless_extended,  ///< the last day is past, but not that of an extension that nobody recorded
  passed,           ///< the last day is past, and nothing here says that the act came
};

/// "running", "stopped", "met", "late", "unless-extended", "passed".
[[nodiscard]] std::string_view name_of(DeadlineStanding standing);

/// A deadline that the law sets in a case.
struct CaseDeadline {
  Deadline deadline;
  Date start;                           ///< the day of the event; it does not count
  std::optional<Date> end;              ///< the last day; nothing while the clock stands still
  std::optional<Date> end_if_extended;  ///< where it may have been extended and nobody says
  bool is_extended = false;             ///< `end` is that of the extension
  std::optional<Date> met;              ///< the day of the act that it was for
  DeadlineStanding standing;

  friend bool operator==(const CaseDeadline&, const CaseDeadline&) = default;
};

/// The deadlines that have begun in a case by a day and are not without object, those of the
/// application first, then those of decisions, of the end of access and of authorities. None of a
/// law that did not apply on the day on which its clock would have started.
///
/// The clock on an application runs from the version that came in. A version that answers an
/// assessment which asked for more starts it anew where the file had never been complete, and else
/// makes it go on; a version that nobody asked for starts it anew. While more is asked for it
/// stands still. An act later than the day is not looked at.
///
/// Source: Regulation (EU) 2025/327, articles 57(1)(j), 61(4), 68(4), (6) and (12); Law 78-17,
/// articles 66 V and 76; TEHDAS2 D6.3 (the clock stops while the applicant is asked for more).
[[nodiscard]] std::vector<CaseDeadline> case_deadlines(const CaseTimes& times, Date as_of,
                                                       const Holidays& holidays);

}  // namespace octroi::law
