// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "law/standing.hpp"
#include "model/provider.hpp"
#include "rules/fact_row.hpp"

namespace octroi::rules {

/// Where a committee's opinion, a member of the request's `opinions`, stands on the day.
[[nodiscard]] law::Standing opinion_standing(json::TapeValue opinion, Date as_of);

/// Adds to `request` of the facts where opinions and authorisations stand on the day.
void add_request_standings(FactRow& facts, json::TapeValue request, Date as_of);

/// Adds to `host` of the facts where derogations stand on the day, and the changes that were not
/// reported in time: `changes` are those that it declares.
void add_host_standings(FactRow& facts, json::TapeValue provider,
                        const std::vector<model::Change>& changes, Date as_of);

/// Adds to `host` of the facts where certificates stand on the day, and the qualifications they
/// amount to. `service` is the service that the request names, or else the provider's; it may be
/// "".
void add_certificates(FactRow& facts, json::TapeValue provider, std::string_view service,
                      Date as_of);

}  // namespace octroi::rules
