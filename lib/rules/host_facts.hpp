// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "json/value.hpp"
#include "law/jurisdiction.hpp"

namespace octroi::rules {

/// `host` of the facts: a provider document, and the answer on who has power over it.
[[nodiscard]] json::Value host_facts(const json::Value& provider,
                                     const law::JurisdictionAnswer& answer);

}  // namespace octroi::rules
