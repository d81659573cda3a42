// SPDX-License-Identifier: Apache-2.0
#include "rules/host_facts.hpp"

namespace octroi::rules {

using cel::View;
using json::TapeValue;

namespace {

void add_disclosures(FactRow& facts, TapeValue disclosures) {
  facts.pick(disclosures, {"foreign_laws", "places"});
  if (const auto map = disclosures.find("transfer_map")) {
    facts.take("transfer_map_date", map->at("date"));
    facts.take("transfer_map_statement", map->at("statement"));
  }
}

}  // namespace

void add_host_facts(FactRow& facts, TapeValue provider, const law::JurisdictionAnswer& answer) {
  if (const auto disclosures = provider.find("disclosures")) {
    facts.add_object("disclosures", 4,
                     [disclosures](FactRow& fact) { add_disclosures(fact, *disclosures); });
  }
  facts.add("exclusively_eu_law", View::of(law::name_of(answer.exclusively_eu_law)));
  facts.add("exclusively_eu_law_chain", kept_texts(facts.room(), answer.as_lines()));
  facts.pick(provider, {"foreign_government_links", "governing_law"});
  facts.pick_object(provider, "locations",
                    {"administration", "backup", "processing", "storage", "support"});
  facts.take("provider", provider.at("id"));
  facts.pick(provider, {"residual_risk_listed"});
  if (const auto safeguards = provider.find("safeguards")) {
    facts.pick(*safeguards, {"contract_clauses", "customer_held_keys"});
  }
  facts.pick(provider, {"service"});
}

}  // namespace octroi::rules
