// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rules/fact_row.hpp"

namespace octroi::rules {

/// Adds to `request` of the facts what does not depend on the day.
void add_request_facts(FactRow& facts, json::TapeValue request);

}  // namespace octroi::rules
