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

using cel::View;
using json::TapeValue;

constexpr std::array<std::string_view, 5> k_parts = {"storage", "processing", "administration",
                                                     "support", "backup"};

law::Transfer transfer_of(TapeValue declared) {
  law::Transfer transfer;
  transfer.country = declared.text("country");
  transfer.basis = declared.text("basis");
  transfer.evidence_from = parse_date(declared.text("evidence_date"));
  transfer.evidence_until = parse_date(declared.text("evidence_until"));
  transfer.derogation = declared.text("derogation");
  transfer.is_systematic = declared.flag("systematic");
  transfer.measures_suffice = declared.flag("supplementary_measures");
  if (const auto scheme = declared.find("adequacy_scheme")) {
    transfer.scheme = {scheme->text("scheme"), parse_date(scheme->text("from")),
                       parse_date(scheme->text("until"))};
  }
  if (const auto assessment = declared.find("impact_assessment")) {
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

Declared declared_in(TapeValue document) {
  Declared result;
  for (const TapeValue one : document.list("transfers")) {
    result.transfers.push_back(transfer_of(one));
    result.reaches.push_back({one.text("country"), one.text("kind")});
  }
  return result;
}

void add_destinations(FactRow& facts, const Declared& declared, Date as_of) {
  const std::vector<law::Destination> destinations =
      law::destinations(declared.reaches, declared.transfers, as_of);
  constexpr std::size_t k_members = 6;
  facts.add_each("destinations", destinations, k_members,
                 [](FactRow& fact, const law::Destination& one) {
                   if (!one.basis.empty()) fact.add("basis", View::of(one.basis));
                   fact.add("country", View::of(one.country));
                   fact.add_copy("reason", one.answer.reason);
                   fact.add("status", View::of(law::name_of(one.answer.status)));
                   if (one.is_systematic) fact.add("systematic", View::of(*one.is_systematic));
                   fact.add("through", sorted_once(fact.room(), one.through));
                 });
}

law::EvidenceByCountry evidence_in(const Declared& declared) {
  law::EvidenceByCountry evidence;
  for (const law::Transfer& transfer : declared.transfers) {
    const std::optional<law::Country> country = law::Country::from(transfer.country);
    if (country) evidence[country->code()].push_back(transfer.scheme);
  }
  return evidence;
}

void add_place(FactRow& places, std::string_view part, const law::Place& place) {
  places.add_object(part, 4, [&place](FactRow& fact) {
    fact.add("in_eea", View::of(place.in_eea));
    fact.add("in_eu", View::of(place.in_eu));
    fact.add("in_eu_or_adequate", View::of(place.in_eu_or_adequate));
    fact.add("outside_eea", kept_texts(fact.room(), place.outside_eea));
  });
}

void add_places(FactRow& facts, TapeValue locations, const law::EvidenceByCountry& evidence,
                Date as_of) {
  facts.add_object("places", k_parts.size(), [&](FactRow& places) {
    for (const std::string_view part : k_parts) {
      const auto place = law::place_of(texts_of(locations.list(part)), evidence, as_of);
      if (place) add_place(places, part, *place);
    }
  });
}

/// Where everything is done, or false where some part is not declared: then nobody can say which
/// countries are reached.
bool add_location_reaches(Declared& declared, std::optional<TapeValue> locations) {
  if (!locations) return false;
  for (const std::string_view part : k_parts) {
    const TapeValue countries = locations->list(part);
    if (countries.empty()) return false;
    for (const TapeValue country : countries) {
      declared.reaches.push_back({country.as_string(), part});
    }
  }
  return true;
}

/// The countries of a list that are not such on the day.
template <typename IsInside>
View outside(cel::ViewRoom& room, std::span<const View> countries, Date as_of, IsInside is_inside) {
  const std::span<View> result = room.make<View>(countries.size());
  std::size_t count = 0;
  for (const View code : countries) {
    const std::optional<law::Country> country = law::Country::from(code.as_text());
    if (!country || !is_inside(*country, as_of)) result[count++] = code;
  }
  return View::of(std::span<const View>(result.first(count)));
}

}  // namespace

void add_request_transfers(FactRow& facts, TapeValue request, Date as_of) {
  const std::span<const View> applicants = facts.at("applicant_countries").as_list();
  facts.add("applicants_outside_eea",
            outside(facts.room(), applicants, as_of, law::is_in_european_economic_area));
  facts.add("applicants_outside_eu",
            outside(facts.room(), applicants, as_of, law::is_in_european_union));
  Declared declared = declared_in(request);
  const std::span<const View> of_users = facts.at("user_countries").as_list();
  for (const View country : of_users) {
    declared.reaches.push_back({country.as_text(), "user"});
  }
  add_destinations(facts, declared, as_of);
}

void add_host_transfers(FactRow& facts, TapeValue provider, Date as_of) {
  Declared declared = declared_in(provider);
  const std::optional<TapeValue> locations = provider.find("locations");
  if (locations) add_places(facts, *locations, evidence_in(declared), as_of);
  if (add_location_reaches(declared, locations)) add_destinations(facts, declared, as_of);
  const std::optional<law::Country> governing = law::Country::from(provider.text("governing_law"));
  if (governing) {
    facts.add("governing_law_in_eu", View::of(law::is_in_european_union(*governing, as_of)));
  }
}

}  // namespace octroi::rules
