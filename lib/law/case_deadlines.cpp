// SPDX-License-Identifier: Apache-2.0
#include "law/case_deadlines.hpp"

#include <algorithm>

namespace octroi::law {
namespace {

using Kind = CaseAct::Kind;

constexpr std::chrono::days k_next_day(1);

/// The clock on an application, and on its completion, as the acts of a case move it.
class ApplicationClock {
 public:
  void act(const CaseAct& act) {
    switch (act.kind) {
      case Kind::submitted:
        return submit(act.day);
      case Kind::complete:
        return find_complete(act.day);
      case Kind::incomplete:
        if (start_ && !decided_ && !asked_) asked_ = act.day;
        return;
      case Kind::decided:
        if (start_) decided_ = act.day;
        asked_.reset();  // a decision asks for nothing more
        return;
      case Kind::withdrawn:
        *this = {};
        return;
    }
  }

  [[nodiscard]] std::optional<Date> start() const { return start_; }
  [[nodiscard]] std::optional<Date> decided() const { return decided_; }
  /// When more was last asked for, and when it came.
  [[nodiscard]] std::optional<Date> asked() const {
    return asked_ || !last_ ? asked_ : last_->asked;
  }
  [[nodiscard]] std::optional<Date> answered() const {
    return asked_ || !last_ ? std::nullopt : std::optional(last_->answered);
  }
  [[nodiscard]] std::vector<Pause> pauses() const {
    std::vector<Pause> result = pauses_;
    if (asked_) result.push_back({*asked_ + k_next_day, std::nullopt});
    return result;
  }

 private:
  struct Demand {
    Date asked;
    Date answered;
  };

  void submit(Date day) {
    const bool goes_on = asked_ && was_complete_;
    answer(day);
    if (goes_on) return;
    start_ = day;
    pauses_.clear();
    was_complete_ = false;
    decided_.reset();
  }

  void find_complete(Date day) {
    answer(day);
    was_complete_ = true;
  }

  void answer(Date day) {
    if (!asked_) return;
    pauses_.push_back({*asked_ + k_next_day, day});
    last_ = Demand{*asked_, day};
    asked_.reset();
  }

  std::optional<Date> start_;
  std::optional<Date> decided_;
  std::optional<Date> asked_;   // and not answered
  std::optional<Demand> last_;  // that was answered
  std::vector<Pause> pauses_;
  bool was_complete_ = false;
};

class DeadlineList {
 public:
  DeadlineList(Date as_of, Date ehds_from, const Holidays& holidays)
      : as_of_(as_of), ehds_from_(ehds_from), holidays_(holidays) {}

  /// Nothing known of an extension: it may have been used where the provision knows one.
  void add(Deadline deadline, Date start, std::optional<Date> met = {},
           const std::vector<Pause>& pauses = {}, std::optional<bool> is_extended = {}) {
    if (start > as_of_ || start < first_day(deadline)) return;
    if (met && *met > as_of_) met.reset();
    CaseDeadline one{deadline, start, {}, {}, is_extended.value_or(false), met, {}};
    const auto last = [&](Extension extension) {
      return last_day_of(deadline, start, extension, holidays_, pauses);
    };
    one.end = last(one.is_extended ? Extension::yes : Extension::no);
    if (can_be_extended(deadline) && !is_extended) one.end_if_extended = last(Extension::yes);
    one.standing = standing_of(one);
    list_.push_back(one);
  }

  [[nodiscard]] std::vector<CaseDeadline> take() { return std::move(list_); }

 private:
  [[nodiscard]] Date first_day(Deadline deadline) const {
    return regime_of(deadline) == DeadlineRegime::ehds ? ehds_from_ : applies_from(deadline);
  }

  /// The act is held against the last day that is possible: where an extension may have been used
  /// and the act came in its time, it is not called late.
  [[nodiscard]] DeadlineStanding standing_of(const CaseDeadline& one) const {
    using enum DeadlineStanding;
    const std::optional<Date> utmost = one.end_if_extended ? one.end_if_extended : one.end;
    if (one.met) return utmost && *utmost < *one.met ? late : met;
    if (!one.end) return stopped;
    if (as_of_ <= *one.end) return running;
    return as_of_ <= *utmost ? unless_extended : passed;
  }

  Date as_of_;
  Date ehds_from_;
  const Holidays& holidays_;
  std::vector<CaseDeadline> list_;
};

void add_application(DeadlineList& list, const CaseTimes& times, const ApplicationClock& clock) {
  if (times.route == AccessRoute::ehds && clock.asked()) {
    list.add(Deadline::ehds_completion, *clock.asked(), clock.answered());
  }
  if (!clock.start()) return;
  const std::vector<Pause> pauses = clock.pauses();
  switch (times.route) {
    case AccessRoute::ehds:
      return list.add(
          times.is_public_health_body ? Deadline::ehds_permit_public : Deadline::ehds_permit,
          *clock.start(), clock.decided(), pauses);
    case AccessRoute::snds_simplified:
      return list.add(Deadline::snds_simplified, *clock.start(), clock.decided(), pauses);
    case AccessRoute::snds_authorisation:
      if (times.has_committee_opinion) return;  // nobody says when it was asked for
      if (times.committee_asked && *times.committee_asked < *clock.start()) return;
      return list.add(Deadline::snds_completeness, *clock.start(), times.committee_asked, pauses);
    case AccessRoute::other:
      return;
  }
}

}  // namespace

std::string_view name_of(DeadlineStanding standing) {
  switch (standing) {
    case DeadlineStanding::running:
      return "running";
    case DeadlineStanding::stopped:
      return "stopped";
    case DeadlineStanding::met:
      return "met";
    case DeadlineStanding::late:
      return "late";
    case DeadlineStanding::unless_extended:
      return "unless-extended";
    case DeadlineStanding::passed:
      break;
  }
  return "passed";
}

std::vector<CaseDeadline> case_deadlines(const CaseTimes& times, Date as_of,
                                         const Holidays& holidays) {
  DeadlineList list(as_of, ehds_applies_from(times.ehds_categories), holidays);
  ApplicationClock clock;
  std::vector<Date> decisions;
  for (const CaseAct& act : times.acts) {
    if (act.day > as_of) continue;
    clock.act(act);
    if (act.kind == Kind::decided) decisions.push_back(act.day);
  }
  add_application(list, times, clock);
  if (times.route == AccessRoute::ehds) {
    for (const Date day : decisions) list.add(Deadline::ehds_publication, day);
    if (times.access_ends && *times.access_ends < as_of) {
      list.add(Deadline::ehds_deletion, *times.access_ends);
      list.add(Deadline::ehds_results, *times.access_ends);
    }
  }
  if (times.route == AccessRoute::snds_authorisation && times.committee_asked) {
    list.add(Deadline::snds_committee, *times.committee_asked);
  }
  for (const TacitAuthorisation& one : times.silent) {
    if (one.filed) list.add(Deadline::cnil_authorisation, *one.filed, {}, {}, one.is_extended);
  }
  return list.take();
}

}  // namespace octroi::law
