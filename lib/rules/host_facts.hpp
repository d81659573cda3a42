// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "law/jurisdiction.hpp"
#include "rules/fact_row.hpp"

namespace octroi::rules {

/// Adds to `host` of the facts what a provider document says, and the answer on who has power over
/// it.
void add_host_facts(FactRow& facts, json::TapeValue provider,
                    const law::JurisdictionAnswer& answer);

}  // namespace octroi::rules
