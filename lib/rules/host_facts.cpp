// SPDX-License-Identifier: Apache-2.0
#include "rules/host_facts.hpp"

#include "rules/fact_parts.hpp"

namespace octroi::rules {

using json::Value;

namespace {

Value disclosure_facts(const Value& disclosures) {
  Value facts = pick(disclosures, {"places", "foreign_laws"});
  if (const Value* map = disclosures.find("transfer_map")) {
    facts.set("transfer_map_date", map->at("date"));
    facts.set("transfer_map_statement", map->at("statement"));
  }
  return facts;
}

}  // namespace

Value host_facts(const Value& provider, const law::JurisdictionAnswer& answer) {
  Value facts = pick(provider, {"service"});
  facts.set("provider", provider.at("id"));
  facts.set("exclusively_eu_law", std::string(law::name_of(answer.exclusively_eu_law)));
  facts.set("exclusively_eu_law_chain", json::strings(answer.as_lines()));
  pick_into(facts, provider, "locations",
            {"storage", "processing", "administration", "support", "backup"});
  for (const std::string_view name :
       {"governing_law", "residual_risk_listed", "foreign_government_links"}) {
    if (const Value* declared = provider.find(name)) facts.set(name, *declared);
  }
  if (const Value* disclosures = provider.find("disclosures")) {
    facts.set("disclosures", disclosure_facts(*disclosures));
  }
  if (const Value* safeguards = provider.find("safeguards")) {
    for (const std::string_view name : {"contract_clauses", "customer_held_keys"}) {
      if (const Value* declared = safeguards->find(name)) facts.set(name, *declared);
    }
  }
  return facts;
}

}  // namespace octroi::rules
