// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/fault_list.hpp"

namespace octroi::model {

/// Adds what is wrong between the members of a provider: parties that are not there, parts that
/// add up to more than the whole on a day, concerts of who holds nothing, days in the wrong order.
void examine_provider(json::TapeValue provider, FaultList& faults);

}  // namespace octroi::model
