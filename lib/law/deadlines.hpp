// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <set>
#include <string>
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
  snds_completeness,    ///< the platform hands a complete file to the committee
  snds_simplified,      ///< the platform answers a request for a sample, or sends it on
  snds_committee,       ///< the committee (CESREES) gives its opinion
  cnil_authorisation,   ///< the CNIL decides; silence authorises
  secnumcloud_change,   ///< a qualified provider reports a change
};

/// Whether the authority has used the one extension that a deadline knows.
enum class Extension { no, yes };

/// The body of law that a deadline belongs to.
enum class DeadlineRegime { ehds, snds, secnumcloud };

/// "ehds", "snds", "secnumcloud".
[[nodiscard]] std::string_view name_of(DeadlineRegime regime);
[[nodiscard]] DeadlineRegime regime_of(Deadline deadline);

/// The first day on which the provision applies: an act of an earlier day starts no clock.
/// Source: Regulation (EU) 2025/327, article 105 (chapter IV from 26 March 2029); Ordinance
/// 2018-1125, article 29 (Law 78-17 in its present numbering from 1 June 2019); Decree 2020-567 of
/// 14 May 2020 (the committee CESREES), its entry into force not confirmed.
[[nodiscard]] Date applies_from(Deadline deadline);

/// The same for an application for data of these categories (article 51(1), by letter): where all
/// of them are among b, f, g, m and p, from 26 March 2031; no category says nothing.
/// Source: Regulation (EU) 2025/327, article 105.
[[nodiscard]] Date ehds_applies_from(const std::set<std::string>& categories);

/// What the law makes of a deadline that passes without the act that it is for.
enum class Lapse {
  nothing,     ///< nothing that the law says in general
  no_permit,   ///< no permit is granted
  authorised,  ///< silence is an authorisation
};

/// "nothing", "no-permit", "authorised".
[[nodiscard]] std::string_view name_of(Lapse lapse);
[[nodiscard]] Lapse lapse_of(Deadline deadline);

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
