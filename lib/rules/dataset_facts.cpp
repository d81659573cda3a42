// SPDX-License-Identifier: Apache-2.0
#include "rules/dataset_facts.hpp"

#include <string>
#include <utility>

#include "rules/fact_parts.hpp"

namespace octroi::rules {

using json::Value;

Value dataset_facts(const Value& dataset, const Value& use) {
  constexpr std::size_t k_facts_of_most = 24;
  json::Object::Row facts;
  facts.reserve(k_facts_of_most);
  pick_onto(facts, dataset,
            {"collection", "countries", "ehds_categories", "id", "whole_population"});
  if (const Value* harms = dataset.find("particular_sensitivity")) {
    facts.emplace_back("particular_sensitivity", pick(*harms, {"breach_harms", "protected"}));
  }
  pick_onto(facts, use,
            {"components", "controls", "extent", "format", "frequency", "geography", "period",
             "variables"});
  if (const Value* holder = dataset.find("holder")) {
    facts.emplace_back("holder", holder->text("id"));
  }
  if (const Value* population = use.find("population")) {
    if (const Value* size = population->find("size")) facts.emplace_back("population_size", *size);
  }
  facts.emplace_back("identifiers_crossed", sorted_once(use.find("identifiers_crossed")));
  facts.emplace_back("states_identifiers_reason", states(use, "identifiers_reason"));
  facts.emplace_back("states_format_reason", states(use, "format_reason"));
  const Value* linkage = use.find("linkage");
  facts.emplace_back("linkage_count", linkage == nullptr
                                          ? std::int64_t{0}
                                          : static_cast<std::int64_t>(linkage->as_array().size()));
  return json::Object::of_distinct(std::move(facts));
}

}  // namespace octroi::rules
