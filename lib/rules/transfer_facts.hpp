// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/time.hpp"
#include "rules/fact_row.hpp"

namespace octroi::rules {

/// Adds to `request` of the facts the countries that the request itself reaches, and which of the
/// applicants are established outside the Union and the European Economic Area.
void add_request_transfers(FactRow& facts, json::TapeValue request, Date as_of);

/// Adds to `host` of the facts where its locations lie and which countries the service reaches.
void add_host_transfers(FactRow& facts, json::TapeValue provider, Date as_of);

}  // namespace octroi::rules
