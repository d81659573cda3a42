// SPDX-License-Identifier: Apache-2.0
#include "law/disease_hierarchy.hpp"

#include "catch.hpp"
#include "json/read.hpp"

using namespace octroi;
using namespace octroi::law;

namespace {

/// 1 over 2 and 3; 4 below both; 5 alone.
const json::Value& diamond() {
  static const json::Value k_value = json::read(R"({
    "id": "mondo", "parents": {"MONDO:1": [], "MONDO:2": ["MONDO:1"], "MONDO:3": ["MONDO:1"],
                               "MONDO:4": ["MONDO:2", "MONDO:3"], "MONDO:5": []}})",
                                                "diamond");
  return k_value;
}

Kinship in_diamond(std::string_view code, std::string_view of) {
  return DiseaseHierarchies({&diamond()}).kinship("mondo", code, of);
}

}  // namespace

TEST_CASE("a disease lies within itself and everything above it, and nothing else") {
  CHECK(in_diamond("MONDO:4", "MONDO:4") == Kinship::within);
  CHECK(in_diamond("MONDO:4", "MONDO:2") == Kinship::within);
  CHECK(in_diamond("MONDO:4", "MONDO:3") == Kinship::within);
  CHECK(in_diamond("mondo:4", "MONDO:1") == Kinship::within);
  CHECK(in_diamond("MONDO:1", "MONDO:4") == Kinship::apart);
  CHECK(in_diamond("MONDO:2", "MONDO:3") == Kinship::apart);
  CHECK(in_diamond("MONDO:4", "MONDO:5") == Kinship::apart);
}

TEST_CASE("what no hierarchy holds is unknown, except for one and the same code") {
  CHECK(in_diamond("MONDO:9", "MONDO:1") == Kinship::unknown);
  CHECK(in_diamond("MONDO:4", "MONDO:9") == Kinship::unknown);
  CHECK(in_diamond("MONDO:9", "MONDO:9") == Kinship::within);
  CHECK(in_diamond("MONDO:", "MONDO:") == Kinship::unknown);
  CHECK(in_diamond("DOID:4", "DOID:4") == Kinship::unknown);
  CHECK(in_diamond("MONDO:4x", "MONDO:4x") == Kinship::unknown);
  const DiseaseHierarchies none;
  CHECK(none.kinship("mondo", "MONDO:4", "MONDO:2") == Kinship::unknown);
  CHECK(none.kinship("doid", "DOID:4", "DOID:4") == Kinship::within);
  CHECK(none.kinship("snomed", "1", "1") == Kinship::unknown);
}

TEST_CASE("every disease of a study has to lie within one that is allowed") {
  const DiseaseHierarchies hierarchies({&diamond()});
  const auto ask = [&](DiseaseTerms terms, DiseaseTerms allowed) {
    return hierarchies.kinship(terms, allowed);
  };
  CHECK(ask({"mondo", {"MONDO:2", "MONDO:3"}}, {"mondo", {"MONDO:1"}}) == Kinship::within);
  CHECK(ask({"mondo", {"MONDO:2", "MONDO:5"}}, {"mondo", {"MONDO:1"}}) == Kinship::apart);
  CHECK(ask({"mondo", {"MONDO:2", "MONDO:5"}}, {"mondo", {"MONDO:1", "MONDO:5"}}) ==
        Kinship::within);
  CHECK(ask({"mondo", {"MONDO:2", "MONDO:9"}}, {"mondo", {"MONDO:1"}}) == Kinship::unknown);
  CHECK(ask({"mondo", {"MONDO:5", "MONDO:9"}}, {"mondo", {"MONDO:1"}}) == Kinship::apart);
  CHECK(ask({"mondo", {"MONDO:5"}}, {"mondo", {"MONDO:1", "MONDO:9"}}) == Kinship::unknown);
  CHECK(ask({"icd-10", {"U07.1"}}, {"mondo", {"MONDO:1"}}) == Kinship::unknown);
  CHECK(ask({"mondo", {}}, {"mondo", {"MONDO:1"}}) == Kinship::unknown);
  CHECK(ask({"mondo", {"MONDO:1"}}, {"mondo", {}}) == Kinship::unknown);
}

TEST_CASE("ICD-10 codes are compared by the classification, chapter U by exact sets") {
  struct Row {
    const char* code;
    const char* of;
    Kinship expected;
  };
  for (const Row& row : {Row{"U07.10", "U07.1", Kinship::within},
                         {"u0710", "U071", Kinship::within},
                         {"U07.1", "U07.10", Kinship::apart},
                         {"U07.2", "U07.1", Kinship::apart},
                         {"U07.0", "U07.1", Kinship::apart},
                         {"U07.19", "U07.1", Kinship::apart},
                         {"U08.9", "U08", Kinship::within},
                         {"U07", "U07", Kinship::unknown},
                         {"U07", "U07.1", Kinship::unknown},
                         {"U07.1", "U07", Kinship::unknown},
                         {"U04.9", "U04", Kinship::apart},
                         {"C34.1", "C34", Kinship::within},
                         {"C34", "C34.1", Kinship::apart},
                         {"C35", "C34", Kinship::apart},
                         {"B34.2", "U07.1", Kinship::apart},
                         {"covid", "U07.1", Kinship::unknown},
                         {"U07.1", "", Kinship::unknown}}) {
    INFO(row.code << " in " << row.of);
    CHECK(icd_10_kinship(row.code, row.of) == row.expected);
  }
}

TEST_CASE("a long chain of terms is walked once, whatever leads into it") {
  json::Value parents = json::object({{"MONDO:0", json::Value::Array{}}});
  constexpr int k_length = 20000;
  for (int i = 1; i < k_length; ++i) {
    json::Value above = json::strings({"MONDO:" + std::to_string(i - 1)});
    if (i > 1) above.push("MONDO:" + std::to_string(i - 2));  // twice as many ways at each step
    parents.set("MONDO:" + std::to_string(i), std::move(above));
  }
  const json::Value value = json::object({{"id", "mondo"}, {"parents", std::move(parents)}});
  const DiseaseHierarchies hierarchies({&value});
  const std::string last = "MONDO:" + std::to_string(k_length - 1);
  CHECK(hierarchies.kinship("mondo", last, "MONDO:0") == Kinship::within);
  CHECK(hierarchies.kinship("mondo", "MONDO:0", last) == Kinship::apart);
}
