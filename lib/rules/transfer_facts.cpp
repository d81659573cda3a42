// SPDX-License-Identifier: Apache-2.0
#include "rules/transfer_facts.hpp"

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "law/place.hpp"
#include "law/transfers.hpp"

namespace octroi::rules {
namespace {

using json::Value;

constexpr std::array<std::string_view, 5> k_parts = {"storage", "processing", "administration",
                                                     "support", "backup"};

law::Transfer transfer_of(const Value& declared) {
  law::Transfer transfer;
  transfer.country = declared.text("country");
  transfer.basis = declared.text("basis");
  transfer.evidence_from = parse_date(declared.text("evidence_date"));
  transfer.evidence_until = parse_date(declared.text("evidence_until"));
  transfer.derogation = declared.text("derogation");
  transfer.is_systematic = declared.flag("systematic");
  transfer.measures_suffice = declared.flag("supplementary_measures");
  if (const Value* scheme = declared.find("adequacy_scheme")) {
    transfer.scheme = {scheme->text("scheme"), parse_date(scheme->text("from")),
                       parse_date(scheme->text("until"))};
  }
  if (const Value* assessment = declared.find("impact_assessment")) {
    transfer.assessed = parse_date(assessment->text("date"));
    transfer.assessment = assessment->text("outcome");
  }
  return transfer;
}

/// The transfers that a document declares, and the ways in which they reach a country.
struct Declared {
  std::vector<law::Transfer> transfers;
  std::vector<law::Reach> reaches;
};

Declared declared_in(const Value& document) {
  Declared result;
  const Value* list = document.find("transfers");
  if (list == nullptr) return result;
  for (const Value& one : list->as_array()) {
    result.transfers.push_back(transfer_of(one));
    result.reaches.push_back({one.text("country"), one.text("kind")});
  }
  return result;
}

Value destination_facts(const Declared& declared, Date as_of) {
  Value list = Value::Array{};
  for (const law::Destination& one :
       law::destinations(declared.reaches, declared.transfers, as_of)) {
    Value fact = json::object({{"country", one.country},
                               {"through", json::strings(one.through)},
                               {"status", std::string(law::name_of(one.answer.status))},
                               {"reason", one.answer.reason}});
    if (!one.basis.empty()) fact.set("basis", one.basis);
    if (one.is_systematic) fact.set("systematic", *one.is_systematic);
    list.push(std::move(fact));
  }
  return list;
}

law::EvidenceByCountry evidence_in(const Declared& declared) {
  law::EvidenceByCountry evidence;
  for (const law::Transfer& transfer : declared.transfers) {
    const std::optional<law::Country> country = law::Country::from(transfer.country);
    if (country) evidence[country->code()].push_back(transfer.scheme);
  }
  return evidence;
}

Value to_json(const law::Place& place) {
  return json::object({{"in_eu", place.in_eu},
                       {"in_eea", place.in_eea},
                       {"in_eu_or_adequate", place.in_eu_or_adequate},
                       {"outside_eea", json::strings(place.outside_eea)}});
}

void add_places(Value& facts, const Value& locations, const law::EvidenceByCountry& evidence,
                Date as_of) {
  Value places = Value::Object{};
  for (const std::string_view part : k_parts) {
    const auto place = law::place_of(json::to_strings(locations.find(part)), evidence, as_of);
    if (place) places.set(part, to_json(*place));
  }
  facts.set("places", std::move(places));
}

/// Where everything is done, or false where some part is not declared: then nobody can say which
/// countries are reached.
bool add_location_reaches(Declared& declared, const Value* locations) {
  if (locations == nullptr) return false;
  for (const std::string_view part : k_parts) {
    const std::vector<std::string> countries = json::to_strings(locations->find(part));
    if (countries.empty()) return false;
    for (const std::string& country : countries) {
      declared.reaches.push_back({country, std::string(part)});
    }
  }
  return true;
}

template <typename IsInside>
Value outside(const Value& countries, Date as_of, IsInside is_inside) {
  Value result = Value::Array{};
  for (const Value& code : countries.as_array()) {
    const std::optional<law::Country> country = law::Country::from(code.as_string());
    if (!country || !is_inside(*country, as_of)) result.push(code);
  }
  return result;
}

}  // namespace

void add_request_transfers(Value& facts, const Value& request, Date as_of) {
  Declared declared = declared_in(request);
  for (const std::string& country : json::to_strings(facts.find("user_countries"))) {
    declared.reaches.push_back({country, "user"});
  }
  facts.set("destinations", destination_facts(declared, as_of));
  const Value applicants = facts.at("applicant_countries");
  facts.set("applicants_outside_eu", outside(applicants, as_of, law::is_in_european_union));
  facts.set("applicants_outside_eea",
            outside(applicants, as_of, law::is_in_european_economic_area));
}

void add_host_transfers(Value& facts, const Value& provider, Date as_of) {
  Declared declared = declared_in(provider);
  const Value* locations = provider.find("locations");
  if (locations != nullptr) add_places(facts, *locations, evidence_in(declared), as_of);
  if (add_location_reaches(declared, locations)) {
    facts.set("destinations", destination_facts(declared, as_of));
  }
  const std::optional<law::Country> governing = law::Country::from(provider.text("governing_law"));
  if (governing) {
    facts.set("governing_law_in_eu", law::is_in_european_union(*governing, as_of));
  }
}

}  // namespace octroi::rules
