// SPDX-License-Identifier: Apache-2.0
#include "rules/dataset_facts.hpp"

#include <string>
#include <utility>

#include "rules/fact_parts.hpp"

namespace octroi::rules {

using json::Value;

Value dataset_facts(const Value& dataset, const Value& use) {
  Value facts =
      pick(dataset, {"id", "collection", "countries", "whole_population", "ehds_categories"});
  pick_into(facts, dataset, "particular_sensitivity", {"protected", "breach_harms"});
  Value asked = pick(use, {"components", "extent", "variables", "period", "geography", "format",
                           "frequency", "controls"});
  for (auto& [name, value] : asked.as_object()) facts.set(name, std::move(value));
  if (const Value* holder = dataset.find("holder")) facts.set("holder", holder->text("id"));
  if (const Value* population = use.find("population")) {
    if (const Value* size = population->find("size")) facts.set("population_size", *size);
  }
  facts.set("identifiers_crossed", sorted_once(json::to_strings(use.find("identifiers_crossed"))));
  facts.set("states_identifiers_reason", !use.text("identifiers_reason").empty());
  facts.set("states_format_reason", !use.text("format_reason").empty());
  const Value* linkage = use.find("linkage");
  facts.set("linkage_count", linkage == nullptr
                                 ? std::int64_t{0}
                                 : static_cast<std::int64_t>(linkage->as_array().size()));
  return facts;
}

}  // namespace octroi::rules
