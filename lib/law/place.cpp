// SPDX-License-Identifier: Apache-2.0
#include "law/place.hpp"

#include <algorithm>
#include <set>

namespace octroi::law {
namespace {

/// Nobody knows which of the recipients declared there is the one that does it, so that one who is
/// not covered leaves the country uncovered.
bool is_covered(Country country, const EvidenceByCountry& evidence, Date as_of) {
  if (adequacy_for(country, {}, as_of) == Adequacy::adequate) return true;
  const auto found = evidence.find(country.code());
  return found != evidence.end() && !found->second.empty() &&
         std::all_of(found->second.begin(), found->second.end(), [&](const SchemeEvidence& one) {
           return adequacy_for(country, one, as_of) == Adequacy::adequate;
         });
}

}  // namespace

std::optional<Place> place_of(const std::vector<std::string_view>& countries,
                              const EvidenceByCountry& evidence, Date as_of) {
  if (countries.empty()) return std::nullopt;
  Place place;
  std::set<std::string_view> outside;
  for (const std::string_view code : countries) {
    const std::optional<Country> country = Country::from(code);
    if (!country) return std::nullopt;
    const bool is_in_union = is_in_european_union(*country, as_of);
    const bool is_in_area = is_in_european_economic_area(*country, as_of);
    place.in_eu = place.in_eu && is_in_union;
    place.in_eea = place.in_eea && is_in_area;
    place.in_eu_or_adequate =
        place.in_eu_or_adequate && (is_in_union || is_covered(*country, evidence, as_of));
    if (!is_in_area) outside.insert(country->code());
  }
  place.outside_eea.assign(outside.begin(), outside.end());
  return place;
}

}  // namespace octroi::law
