// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "json/tape.hpp"
#include "model/fault_list.hpp"

namespace octroi::model {

/// What is wrong between the terms of a hierarchy: a term of another system, a parent that is no
/// term of the document, a term that is its own ancestor.
void examine_hierarchy(json::TapeValue hierarchy, FaultList& faults);

}  // namespace octroi::model
