// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/time.hpp"
#include "json/value.hpp"
#include "law/disease_hierarchy.hpp"

namespace octroi::rules {

/// `consent` of a dataset's facts: what its terms say of the request on that day, with the provider
/// that the request names. Nothing is set where the dataset's document has no `duo`.
void add_consent_facts(json::Value& facts, const json::Value& dataset, const json::Value& request,
                       const json::Value& provider, const law::DiseaseHierarchies& hierarchies,
                       Date as_of);

}  // namespace octroi::rules
