// SPDX-License-Identifier: Apache-2.0
#include "law/disease_hierarchy.hpp"

#include "catch.hpp"
#include "json/read.hpp"

#include <chrono>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

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

namespace {

bool leads_to(const json::Value& parents, const std::string& term, const std::string& above) {
  if (term == above) return true;
  for (const json::Value& one : parents.at(term).as_array()) {
    if (leads_to(parents, one.as_string(), above)) return true;
  }
  return false;
}

/// As the words of Kinship have it, pair by pair.
Kinship kinship_by_pairs(const json::Value& parents, const std::vector<std::string>& codes,
                         const std::vector<std::string>& allowed) {
  Kinship all = Kinship::within;
  for (const std::string& code : codes) {
    Kinship nearest = Kinship::apart;
    for (const std::string& of : allowed) {
      const bool is_known = parents.find(code) != nullptr && parents.find(of) != nullptr;
      if (code == of || (is_known && leads_to(parents, code, of))) {
        nearest = Kinship::within;
        break;
      }
      if (!is_known) nearest = Kinship::unknown;
    }
    if (nearest == Kinship::apart) return nearest;
    if (nearest == Kinship::unknown) all = nearest;
  }
  return all;
}

}  // namespace

TEST_CASE("many codes are compared as each pair of them is") {
  std::minstd_rand random(1);
  const auto below = [&random](std::size_t end) {
    return static_cast<std::size_t>(random()) % end;
  };
  const auto term = [](std::size_t number) { return "MONDO:" + std::to_string(number); };
  std::map<Kinship, int> seen;
  for (int round = 0; round < 3000; ++round) {
    const std::size_t size = 1 + below(9);
    json::Value parents = json::Value::Object{};
    for (std::size_t i = 0; i < size; ++i) {
      std::set<std::string> above;
      for (std::size_t n = below(3); i > 0 && n > 0; --n) above.insert(term(below(i)));
      parents.set(term(i), json::strings({above.begin(), above.end()}));
    }
    const auto some = [&] {
      std::vector<std::string> codes;
      for (std::size_t n = 1 + below(3); n > 0; --n) {
        codes.push_back(term(below(below(5) == 0 ? size + 2 : size)));  // some are in no hierarchy
      }
      return codes;
    };
    const std::vector<std::string> codes = some();
    const std::vector<std::string> allowed = some();
    const json::Value value = json::object({{"id", "mondo"}, {"parents", parents}});
    const Kinship found = DiseaseHierarchies({&value}).kinship(
        {"mondo", {codes.begin(), codes.end()}}, {"mondo", {allowed.begin(), allowed.end()}});
    if (found != kinship_by_pairs(parents, codes, allowed)) FAIL("round " << round);
    ++seen[found];
  }
  CHECK(seen.size() == 3);
}

TEST_CASE("many codes far below many others take no longer than the hierarchy is large") {
  constexpr int k_length = 10'000;
  constexpr int k_codes = 200;
  const auto term = [](int number) { return "MONDO:" + std::to_string(number); };
  json::Value parents = json::object({{term(0), json::Value::Array{}}});
  for (int i = 1; i < k_length; ++i) parents.set(term(i), json::strings({term(i - 1)}));
  std::vector<std::string> below;
  std::vector<std::string> above;
  for (int i = 0; i < k_codes; ++i) {
    below.push_back(term(k_length - 1 - i));
    above.push_back(term(i + 1));
  }
  const json::Value value = json::object({{"id", "mondo"}, {"parents", std::move(parents)}});
  const DiseaseHierarchies hierarchies({&value});
  const DiseaseTerms low{"mondo", {below.begin(), below.end()}};
  const DiseaseTerms high{"mondo", {above.begin(), above.end()}};
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < 10; ++i) {
    CHECK(hierarchies.kinship(low, high) == Kinship::within);
    CHECK(hierarchies.kinship(high, low) == Kinship::apart);
  }
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(10));  // pairs took hours
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
