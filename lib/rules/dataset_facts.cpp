// SPDX-License-Identifier: Apache-2.0
#include "rules/dataset_facts.hpp"

namespace octroi::rules {

using cel::View;
using json::TapeValue;

void add_dataset_facts(FactRow& facts, TapeValue dataset, TapeValue use) {
  facts.pick(dataset, {"collection"});
  facts.pick(use, {"components", "controls"});
  facts.pick(dataset, {"countries", "ehds_categories"});
  facts.pick(use, {"extent", "format", "frequency", "geography"});
  if (const auto holder = dataset.find("holder")) {
    facts.add("holder", View::of(holder->text("id")));
  }
  facts.pick(dataset, {"id"});
  facts.add("identifiers_crossed", sorted_once(facts.room(), use.find("identifiers_crossed")));
  facts.add("linkage_count", View::of(static_cast<std::int64_t>(use.list("linkage").size())));
  facts.pick_object(dataset, "particular_sensitivity", {"breach_harms", "protected"});
  facts.pick_object(use, "period", {"from", "to"});
  if (const auto population = use.find("population")) {
    facts.take("population_size", population->find("size"));
  }
  facts.add("states_format_reason", View::of(states(use, "format_reason")));
  facts.add("states_identifiers_reason", View::of(states(use, "identifiers_reason")));
  facts.pick(use, {"variables"});
  facts.pick(dataset, {"whole_population"});
}

}  // namespace octroi::rules
