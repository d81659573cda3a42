// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "json/read.hpp"
#include "law/consent.hpp"

/// Consent terms and uses for tests: a study that meets every term of a dataset for viral
/// infections, and hierarchies with Covid-19 below those and cancer beside them.
namespace octroi::law::sample {

inline constexpr Date k_day{std::chrono::year{2026} / 11 / 23};
inline constexpr const char* k_covid_19 = "MONDO:0100096";
inline constexpr const char* k_viral = "MONDO:0005108";
inline constexpr const char* k_cancer = "MONDO:0004992";

inline DiseaseHierarchies hierarchies() {
  static const json::Value k_value = json::read(R"({"id": "mondo", "parents": {
      "MONDO:0000001": [], "MONDO:0005108": ["MONDO:0000001"],
      "MONDO:0100096": ["MONDO:0005108"], "MONDO:0004992": ["MONDO:0000001"]}})",
                                                "sample");
  return DiseaseHierarchies({&k_value});
}

inline DiseaseTerms mondo(std::string_view code) {
  return {"mondo", {code}};
}

/// A term by its shorthand, with a value that the sample use meets where it needs one.
inline DuoTerm term(std::string_view shorthand) {
  static const std::vector<std::pair<std::string_view, const char*>> k_codes = {
      {"NRES", "DUO:0000004"}, {"HMB", "DUO:0000006"},    {"DS", "DUO:0000007"},
      {"POA", "DUO:0000011"},  {"RS", "DUO:0000012"},     {"NMDS", "DUO:0000015"},
      {"GSO", "DUO:0000016"},  {"NPUNCU", "DUO:0000018"}, {"PUB", "DUO:0000019"},
      {"COL", "DUO:0000020"},  {"IRB", "DUO:0000021"},    {"GS", "DUO:0000022"},
      {"MOR", "DUO:0000024"},  {"TS", "DUO:0000025"},     {"US", "DUO:0000026"},
      {"PS", "DUO:0000027"},   {"IS", "DUO:0000028"},     {"RTN", "DUO:0000029"},
      {"GRU", "DUO:0000042"},  {"CC", "DUO:0000043"},     {"NPOA", "DUO:0000044"},
      {"NPU", "DUO:0000045"},  {"NCU", "DUO:0000046"}};
  DuoTerm result;
  for (const auto& [known, code] : k_codes) {
    if (known == shorthand) result.code = code;
  }
  if (shorthand == "DS") result.diseases = mondo(k_viral);
  if (shorthand == "RS") result.research_types = {"cohort", "registry"};
  if (shorthand == "GS") result.regions = {"FR", "DE"};
  if (shorthand == "MOR") result.not_before = k_day + std::chrono::days(100);
  if (shorthand == "TS") result.months = 12;
  if (shorthand == "US") result.users = {"analyst-1", "analyst-9"};
  if (shorthand == "PS") result.projects = {"EXAMPLE"};
  if (shorthand == "IS") result.institutions = {"1", "2"};
  return result;
}

inline std::vector<std::string_view> permissions() {
  return {"NRES", "GRU", "HMB", "DS", "POA"};
}

inline std::vector<std::string_view> modifiers() {
  return {"RS", "NMDS", "GSO", "NPUNCU", "PUB", "COL", "IRB",  "GS",  "MOR",
          "TS", "US",   "PS",  "IS",     "RTN", "CC",  "NPOA", "NPU", "NCU"};
}

/// A study of Covid-19 in health research; all that can be declared is, as every term wants it.
inline DeclaredUse use() {
  DeclaredUse result;
  result.purposes = {"DUO:0000007"};
  result.diseases = mondo(k_covid_19);
  result.is_commercial = false;
  result.develops_methods = false;
  result.studies_ancestry = false;
  result.is_genetic = true;
  result.serves_care = false;
  result.research_types = {"cohort"};
  result.returns_results = true;
  result.collaborates = true;
  result.publishes = true;
  result.publishes_from = k_day + std::chrono::days(100);
  result.has_collaboration_letter = true;
  result.has_committee_opinion = true;
  result.opinions = {{"CPP Ouest V", "favourable", Standing::valid}};
  result.bodies = {{"CHU", "public", "1"}, {"Institute", "academic", "2"}};
  result.users = {{"analyst-1", "CHU"}, {"analyst-2", "Institute"}};
  result.project = "EXAMPLE";
  result.countries = {"FR"};
  result.are_places_known = true;
  return result;
}

inline ConsentResult ask(const DuoTerm& one, const DeclaredUse& by) {
  return consent({one}, by, hierarchies(), k_day).terms.front().answer.result;
}

}  // namespace octroi::law::sample
