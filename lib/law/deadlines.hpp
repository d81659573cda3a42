// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace octroi::law {

/// The periods that the law sets for requests, permits and publications.
enum class Deadline {
  ehds_completion,      ///< the applicant completes the file
  ehds_permit,          ///< decision on a data permit application
  ehds_permit_public,   ///< the same for a public body with a mandate in public health
  ehds_permit_trusted,  ///< the same where a trusted data holder assesses
  ehds_statistics,      ///< decision on a request for a statistical answer
  ehds_data,            ///< the data are made available
  ehds_publication,     ///< permits, refusals and reasons are published
  ehds_results,         ///< the user publishes results
  ehds_deletion,        ///< the data in the environment are deleted after the permit's end
  snds_completeness,    ///< the platform says whether the file is complete
  snds_committee,       ///< the committee (CESREES) gives its opinion
  cnil_authorisation,   ///< the CNIL decides; silence authorises
  secnumcloud_change,   ///< a qualified provider reports a change
};

/// Whether the authority has used the one extension that a deadline knows.
enum class Extension { no, yes };

/// "ehds-permit", "cnil-authorisation", …
[[nodiscard]] std::string_view name_of(Deadline deadline);

/// The provision that sets it.
[[nodiscard]] std::string_view source_of(Deadline deadline);

/// True when the provision knows an extension.
[[nodiscard]] bool can_be_extended(Deadline deadline);

/// Days on which no work is done, besides Saturdays and Sundays.
using Holidays = std::set<Date>;

/// True when the day is a working day.
/// Source: Regulation (EEC, Euratom) 1182/71, article 2(2).
[[nodiscard]] bool is_working_day(Date day, const Holidays& holidays);

/// A time in which a clock stands still: first and last day, both included. Without a last day it
/// still stands.
struct Pause {
  Date from;
  std::optional<Date> through;
};

/// The last day of a period that runs from an event on `start`. That day itself does not count; a
/// period in months ends on the day of that date, or on the month's last day where there is no such
/// date; one that ends on a day without work ends with the next working day. An extension lengthens
/// the period from its start; where the provision knows none it changes nothing.
/// Source: Regulation (EEC, Euratom) 1182/71, article 3(1), (2) and (4).
[[nodiscard]] Date last_day_of(Deadline deadline, Date start, Extension extension = Extension::no,
                               const Holidays& holidays = {});

/// The same with a clock that stood still, which adds as many days; overlapping pauses count once.
/// Nothing while the clock stands still, since no day can be named. Pauses that begin after the
/// period's end change nothing.
/// Source: TEHDAS2 D6.3: the clock stops while the applicant is asked for more.
[[nodiscard]] std::optional<Date> last_day_of(Deadline deadline, Date start, Extension extension,
                                              const Holidays& holidays, std::vector<Pause> pauses);

}  // namespace octroi::law
