// SPDX-License-Identifier: Apache-2.0
#include "law/disease_scope.hpp"

#include "catch.hpp"

using octroi::law::disease_scope;
using octroi::law::DiseaseScope;
using octroi::law::normalise_icd_10;

TEST_CASE("ICD-10 codes take their usual form") {
  CHECK(normalise_icd_10("U07.10") == "U07.10");
  CHECK(normalise_icd_10("u0710") == "U07.10");
  CHECK(normalise_icd_10("U071") == "U07.1");
  CHECK(normalise_icd_10("U07") == "U07");
  CHECK(normalise_icd_10("g63.2*") == "G63.2");
  CHECK(normalise_icd_10("E10.4+") == "E10.4");
  for (const char* wrong : {"", "U", "U0", "U07.", "U07..1", "U07.1.0", "07.1", "UU7.1", "U07 1",
                            "U07.1 ", "U07.12345", "*", "covid-19", "U07-1"}) {
    INFO(wrong);
    CHECK_FALSE(normalise_icd_10(wrong));
  }
}

TEST_CASE("only the exact codes are Covid-19") {
  for (const char* code :
       {"U07.1", "U07.10", "U07.11", "U07.12", "U07.13", "U07.14", "U07.15", "U07.2", "U08",
        "U08.9", "U09", "U09.9", "U10", "U10.9", "U11", "U11.9", "U12", "U12.9", "u0715"}) {
    INFO(code);
    CHECK(disease_scope("icd-10", {code}) == DiseaseScope::covid_19);
  }
  for (const char* code : {"U07.0", "U04.9", "B34.2", "B97.2", "U06.9", "U07.8", "U13", "J12.8"}) {
    INFO(code);
    CHECK(disease_scope("icd-10", {code}) == DiseaseScope::other);
  }
}

TEST_CASE("a code that cannot be placed leaves the whole scope unknown") {
  CHECK(disease_scope("icd-10", {"U07"}) == DiseaseScope::unknown);
  CHECK(disease_scope("icd-10", {"U07.1", "u07"}) == DiseaseScope::unknown);
  CHECK(disease_scope("icd-10", {"U07.1", "covid"}) == DiseaseScope::unknown);
  CHECK(disease_scope("icd-10", {"C50", "nonsense"}) == DiseaseScope::unknown);
  CHECK(disease_scope("mondo", {"U07.1"}) == DiseaseScope::unknown);
  CHECK(disease_scope("", {"U07.1"}) == DiseaseScope::unknown);
}

TEST_CASE("a list is Covid-19 only when all of it is") {
  CHECK(disease_scope("icd-10", {}) == DiseaseScope::none);
  CHECK(disease_scope("icd-10", {"U07.10", "U09.9"}) == DiseaseScope::covid_19);
  CHECK(disease_scope("icd-10", {"U07.10", "C50.9"}) == DiseaseScope::mixed);
  CHECK(disease_scope("icd-10", {"C50.9", "U07.10"}) == DiseaseScope::mixed);
  CHECK(disease_scope("icd-10", {"C50.9", "U07.0"}) == DiseaseScope::other);
}
