// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rules/fact_row.hpp"

namespace octroi::rules {

/// Adds to one member of `datasets` of the facts what a dataset's document says of it, and what a
/// request asks of it. `use` is the member of the request's `datasets` that names it.
void add_dataset_facts(FactRow& facts, json::TapeValue dataset, json::TapeValue use);

}  // namespace octroi::rules
