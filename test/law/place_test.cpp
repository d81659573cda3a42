// SPDX-License-Identifier: Apache-2.0
#include "law/place.hpp"

#include "catch.hpp"

using octroi::parse_date;
using namespace octroi::law;

namespace {

/// "eu eea adequate" with a minus where it is not so, then the countries outside.
std::string place(const std::vector<std::string_view>& countries, std::string_view as_of,
                  const EvidenceByCountry& evidence = {}) {
  const auto found = place_of(countries, evidence, parse_date(as_of).value());
  if (!found) return "nothing";
  std::string text = found->in_eu ? "eu " : "- ";
  text += found->in_eea ? "eea " : "- ";
  text += found->in_eu_or_adequate ? "adequate" : "-";
  for (const std::string& country : found->outside_eea) text += " " + country;
  return text;
}

}  // namespace

TEST_CASE("a place is where all of its countries are") {
  CHECK(place({"FR"}, "2026-11-23") == "eu eea adequate");
  CHECK(place({"FR", "DE", "FR"}, "2026-11-23") == "eu eea adequate");
  CHECK(place({"FR", "NO"}, "2026-11-23") == "- eea -");
  CHECK(place({"FR", "CH"}, "2026-11-23") == "- - adequate CH");
  CHECK(place({"US", "FR", "IN", "US"}, "2026-11-23") == "- - - IN US");
  CHECK(place({}, "2026-11-23") == "nothing");
  CHECK(place({"FR", "EU"}, "2026-11-23") == "nothing");
}

TEST_CASE("a place depends on the day and is written in any usual spelling") {
  CHECK(place({"UK"}, "2020-01-31") == "eu eea adequate");
  CHECK(place({"UK"}, "2020-02-01") == "- - adequate GB");
  CHECK(place({"el"}, "2026-11-23") == "eu eea adequate");
  CHECK(place({"HR"}, "2013-06-30") == "- - - HR");
  CHECK(place({"HR"}, "2013-07-01") == "eu - adequate HR");  // in the EEA since April 2014
}

TEST_CASE("a decision for a scheme needs evidence of that country") {
  const auto from = parse_date("2023-09-01");
  CHECK(place({"US"}, "2026-11-23") == "- - - US");
  CHECK(place({"US"}, "2026-11-23", {{"US", {{"dpf", from, {}}}}}) == "- - adequate US");
  CHECK(place({"US"}, "2026-11-23", {{"CA", {{"dpf", from, {}}}}}) == "- - - US");
  CHECK(place({"US", "IN"}, "2026-11-23", {{"US", {{"dpf", from, {}}}}}) == "- - - IN US");
}

TEST_CASE("a decision for a scheme covers a country when all recipients there are under it") {
  const auto from = parse_date("2023-09-01");
  const SchemeEvidence covered{"dpf", from, {}};
  const SchemeEvidence not_covered[] = {
      {"", {}, {}},                           // nothing declared
      {"pipeda", from, {}},                   // another country's scheme
      {"dpf", {}, {}},                        // nobody says since when
      {"dpf", parse_date("2026-11-24"), {}},  // from the next day on
      {"dpf", from, parse_date("2026-11-22")},
  };
  CHECK(place({"US"}, "2026-11-23", {{"US", {covered, covered}}}) == "- - adequate US");
  for (const SchemeEvidence& other : not_covered) {
    CHECK(place({"US"}, "2026-11-23", {{"US", {covered, other}}}) == "- - - US");
    CHECK(place({"US"}, "2026-11-23", {{"US", {other, covered}}}) == "- - - US");
  }
  CHECK(place({"US"}, "2026-11-23", {{"US", {}}}) == "- - - US");
  const SchemeEvidence commercial{"pipeda", from, {}};
  CHECK(place({"CA"}, "2026-11-23", {{"CA", {commercial}}}) == "- - adequate CA");
  CHECK(place({"CA"}, "2026-11-23", {{"CA", {commercial, {}}}}) == "- - - CA");
  // Where a decision is for everybody, no recipient has anything to show.
  CHECK(place({"CH"}, "2026-11-23", {{"CH", {{}, commercial}}}) == "- - adequate CH");
}
