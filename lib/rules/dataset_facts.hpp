// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "json/value.hpp"

namespace octroi::rules {

/// One member of `datasets` of the facts: what a dataset's document says of it, and what a request
/// asks of it. `use` is the member of the request's `datasets` that names it.
[[nodiscard]] json::Value dataset_facts(const json::Value& dataset, const json::Value& use);

}  // namespace octroi::rules
