// SPDX-License-Identifier: Apache-2.0
// Over a large grid of terms and uses: adding a term never helps, declaring less never helps, the
// order says nothing, and a second, naive matching agrees.
#include <algorithm>
#include <functional>
#include <set>

#include <fmt/format.h>

#include "catch.hpp"
#include "law/consent.hpp"
#include "law/consent_sample.hpp"

using namespace octroi;
using namespace octroi::law;
using namespace octroi::law::sample;

namespace {

struct Shape {
  std::string name;
  std::function<void(DeclaredUse&)> change;
};

/// Requests of every kind: each declaration as wanted, otherwise and left out.
std::vector<Shape> shapes() {
  std::vector<Shape> result = {{"all as wanted", [](DeclaredUse&) {}}};
  const auto flag = [&result](const std::string& name, std::optional<bool> DeclaredUse::*member) {
    result.push_back({name + " other", [member](DeclaredUse& use) {
                        if (use.*member) use.*member = !*(use.*member);
                      }});
    result.push_back({name + " left out", [member](DeclaredUse& use) { (use.*member).reset(); }});
  };
  flag("commercial", &DeclaredUse::is_commercial);
  flag("methods", &DeclaredUse::develops_methods);
  flag("ancestry", &DeclaredUse::studies_ancestry);
  flag("genetic", &DeclaredUse::is_genetic);
  flag("care", &DeclaredUse::serves_care);
  flag("returns", &DeclaredUse::returns_results);
  flag("collaborates", &DeclaredUse::collaborates);
  flag("publishes", &DeclaredUse::publishes);
  const auto add = [&result](std::string name, std::function<void(DeclaredUse&)> change) {
    result.push_back({std::move(name), std::move(change)});
  };
  add("for profit", [](DeclaredUse& use) { use.bodies.front().sector = "bank"; });
  add("no sector", [](DeclaredUse& use) { use.bodies.front().sector = ""; });
  add("other number", [](DeclaredUse& use) { use.bodies.front().business_id = "7"; });
  add("no bodies", [](DeclaredUse& use) { use.bodies.clear(); });
  add("other users", [](DeclaredUse& use) { use.users = {{"stranger", "Elsewhere"}}; });
  add("no users", [](DeclaredUse& use) { use.users.clear(); });
  add("other place", [](DeclaredUse& use) { use.countries.push_back("US"); });
  add("places not known", [](DeclaredUse& use) { use.are_places_known = false; });
  add("other project", [](DeclaredUse& use) { use.project = "OTHER"; });
  add("other types", [](DeclaredUse& use) { use.research_types = {"trial"}; });
  add("no types", [](DeclaredUse& use) { use.research_types.reset(); });
  add("early", [](DeclaredUse& use) { use.publishes_from = k_day; });
  add("no day of publication", [](DeclaredUse& use) { use.publishes_from.reset(); });
  add("no opinions", [](DeclaredUse& use) { use.opinions.clear(); });
  add("a no", [](DeclaredUse& use) { use.opinions.front().outcome = "unfavourable"; });
  add("other committee", [](DeclaredUse& use) { use.opinions.front().body = "Steering"; });
  add("no letter", [](DeclaredUse& use) { use.has_collaboration_letter = false; });
  add("no diseases", [](DeclaredUse& use) { use.diseases.reset(); });
  add("nothing", [](DeclaredUse& use) {
    const Texts purposes = use.purposes;
    use = DeclaredUse{};
    use.purposes = purposes;
  });
  return result;
}

/// Purposes with the diseases that they are about.
std::vector<std::pair<Texts, std::string_view>> purposes() {
  return {{{}, k_covid_19},
          {{"DUO:0000042"}, k_covid_19},
          {{"DUO:0000006"}, k_covid_19},
          {{"DUO:0000007"}, k_covid_19},
          {{"DUO:0000007"}, k_viral},
          {{"DUO:0000007"}, k_cancer},
          {{"DUO:0000007"}, "MONDO:0009999"},
          {{"DUO:0000011"}, k_covid_19},
          {{"DUO:0000043"}, k_covid_19},
          {{"DUO:0000004"}, k_covid_19},
          {{"DUO:0000046"}, k_covid_19},
          {{"DUO:0000006", "DUO:0000011"}, k_covid_19},
          {{"DUO:0000007", "DUO:0000006"}, k_viral}};
}

/// Every use of the grid: all purposes with all shapes.
std::vector<std::pair<std::string, DeclaredUse>> uses() {
  std::vector<std::pair<std::string, DeclaredUse>> result;
  for (const auto& [codes, disease] : purposes()) {
    for (const Shape& shape : shapes()) {
      DeclaredUse one = use();
      one.purposes = codes;
      one.diseases = mondo(disease);
      shape.change(one);
      result.emplace_back(
          fmt::format("{} {} {}", codes.empty() ? "none" : codes.front(), disease, shape.name),
          std::move(one));
    }
  }
  return result;
}

ConsentResult asked(const std::vector<DuoTerm>& terms, const DeclaredUse& by) {
  static const DiseaseHierarchies k_hierarchies = hierarchies();
  return consent(terms, by, k_hierarchies, k_day).result;
}

/// What a purpose code is under a permission, from the table of LAW 5.2 as sets: 1 allowed, 0 not,
/// -1 not to be told. Written without any of the functions that it is compared with.
int naive_purpose(std::string_view permission, const std::string& purpose,
                  const std::string& disease) {
  static const std::set<std::string> k_purposes = {"DUO:0000004", "DUO:0000042", "DUO:0000006",
                                                   "DUO:0000007", "DUO:0000011", "DUO:0000043"};
  static const std::set<std::string> k_below_viral = {k_viral, k_covid_19};
  static const std::set<std::string> k_in_file = {"MONDO:0000001", k_viral, k_covid_19, k_cancer};
  if (!k_purposes.contains(purpose)) return -1;
  if (permission == "NRES") return 1;
  if (purpose == "DUO:0000004") return 0;
  if (permission == "GRU") return 1;
  if (permission == "POA") return purpose == "DUO:0000011";
  if (permission == "HMB") return purpose != "DUO:0000042" && purpose != "DUO:0000011";
  if (purpose != "DUO:0000007") return 0;
  if (!k_in_file.contains(disease)) return -1;
  return k_below_viral.contains(disease);
}

ConsentResult naive_permission(std::string_view permission, const DeclaredUse& by) {
  bool is_any_unknown = by.purposes.empty();
  std::vector<std::string> all(by.purposes.begin(), by.purposes.end());
  const bool is_health_only = permission == "HMB" || permission == "DS";
  const bool is_no_care = permission == "DS" || permission == "POA";
  if (by.studies_ancestry == true) all.push_back("DUO:0000011");
  if (by.serves_care == true) all.push_back("DUO:0000043");
  if (!by.studies_ancestry && is_health_only) is_any_unknown = true;
  if (!by.serves_care && is_no_care) is_any_unknown = true;
  for (const std::string& purpose : all) {
    const std::string disease(by.diseases ? by.diseases->codes.front() : "");
    const int answer = naive_purpose(permission, purpose, disease);
    if (answer == 0) return ConsentResult::fail;
    is_any_unknown = is_any_unknown || answer < 0;
  }
  return is_any_unknown ? ConsentResult::unknown : ConsentResult::pass;
}

}  // namespace

TEST_CASE("adding one modifier or two never moves an answer towards release") {
  const auto all_uses = uses();
  CHECK(all_uses.size() > 400);
  std::size_t compared = 0;
  std::size_t worse_than_before = 0;
  for (const std::string_view permission : permissions()) {
    for (const auto& [name, by] : all_uses) {
      const ConsentResult alone = asked({term(permission)}, by);
      std::vector<ConsentResult> single;
      for (const std::string_view modifier : modifiers()) {
        single.push_back(asked({term(permission), term(modifier)}, by));
        const bool is_monotone = alone <= single.back();
        if (!is_monotone) FAIL(permission << "+" << modifier << " for " << name);
        worse_than_before += alone < single.back();
        ++compared;
      }
      for (std::size_t i = 0; i < single.size(); ++i) {
        for (std::size_t j = 0; j < single.size(); ++j) {
          const ConsentResult pair =
              asked({term(permission), term(modifiers()[i]), term(modifiers()[j])}, by);
          const bool is_monotone = single[i] <= pair && single[j] <= pair;
          if (!is_monotone) {
            FAIL(permission << "+" << modifiers()[i] << "+" << modifiers()[j] << " for " << name);
          }
          ++compared;
        }
      }
    }
  }
  CHECK(compared > 500000);
  CHECK(worse_than_before > 5000);  // the grid is not one where nothing ever happens
}

TEST_CASE("adding a second permission never moves an answer towards release either") {
  for (const auto& [name, by] : uses()) {
    for (const std::string_view left : permissions()) {
      for (const std::string_view right : permissions()) {
        const bool is_monotone = asked({term(left)}, by) <= asked({term(left), term(right)}, by);
        if (!is_monotone) FAIL(left << "+" << right << " for " << name);
      }
    }
  }
  SUCCEED();
}

TEST_CASE("a naive matching of purposes and permissions agrees over the grid") {
  std::set<ConsentResult> seen;
  for (const auto& [name, by] : uses()) {
    for (const std::string_view permission : permissions()) {
      const ConsentResult clever = asked({term(permission)}, by);
      if (clever != naive_permission(permission, by)) {
        FAIL(permission << " for " << name << ": " << name_of(clever));
      }
      seen.insert(clever);
    }
  }
  CHECK(seen ==
        std::set<ConsentResult>{ConsentResult::pass, ConsentResult::unknown, ConsentResult::fail});
}

TEST_CASE("declaring less never makes a term pass that did not") {
  using Forget = std::function<void(DeclaredUse&)>;
  const std::vector<Forget> forgets = {
      [](DeclaredUse& use) { use.is_commercial.reset(); },
      [](DeclaredUse& use) { use.develops_methods.reset(); },
      [](DeclaredUse& use) { use.studies_ancestry.reset(); },
      [](DeclaredUse& use) { use.is_genetic.reset(); },
      [](DeclaredUse& use) { use.serves_care.reset(); },
      [](DeclaredUse& use) { use.research_types.reset(); },
      [](DeclaredUse& use) { use.returns_results.reset(); },
      [](DeclaredUse& use) { use.collaborates.reset(); },
      [](DeclaredUse& use) { use.publishes.reset(); },
      [](DeclaredUse& use) { use.publishes_from.reset(); },
      [](DeclaredUse& use) { use.diseases.reset(); },
      [](DeclaredUse& use) { use.purposes.clear(); },
      [](DeclaredUse& use) { use.opinions.clear(); },
      [](DeclaredUse& use) { use.bodies.clear(); },
      [](DeclaredUse& use) { use.users.clear(); },
      [](DeclaredUse& use) { use.project = ""; },
      [](DeclaredUse& use) { use.are_places_known = false; },
      [](DeclaredUse& use) { use.has_collaboration_letter = false; },
      [](DeclaredUse& use) { use.has_committee_opinion = false; }};
  for (const auto& [name, by] : uses()) {
    for (const Forget& forget : forgets) {
      DeclaredUse less = by;
      forget(less);
      for (const std::string_view permission : permissions()) {
        for (const std::string_view modifier : modifiers()) {
          const std::vector<DuoTerm> terms = {term(permission), term(modifier)};
          const bool passed = asked(terms, by) <= ConsentResult::narrows;
          const bool passes = asked(terms, less) <= ConsentResult::narrows;
          if (passes && !passed) FAIL(permission << "+" << modifier << " for " << name);
        }
      }
    }
  }
  SUCCEED();
}

TEST_CASE("the order of terms says nothing") {
  for (const auto& [name, by] : uses()) {
    std::vector<DuoTerm> terms = {term("DS"), term("TS"), term("US"), term("MOR"), term("NCU")};
    const ConsentResult forwards = asked(terms, by);
    std::reverse(terms.begin(), terms.end());
    if (asked(terms, by) != forwards) FAIL(name);
  }
  SUCCEED();
}
