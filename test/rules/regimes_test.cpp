// SPDX-License-Identifier: Apache-2.0
#include "rules/regimes.hpp"

#include "catch.hpp"

using namespace octroi;
using namespace octroi::rules;

namespace {

Finding finding(const char* rulebook, const char* rule, const char* dataset, Outcome outcome) {
  Finding result;
  result.rulebook = rulebook;
  result.rule = rule;
  result.dataset = dataset;
  result.outcome = outcome;
  return result;
}

Assessment sample_assessment() {
  Assessment result;
  result.datasets = {{"one", Verdict::refuse}, {"two", Verdict::refer}};
  result.rulebooks = {
      {"a", Verdict::refuse}, {"b", Verdict::refer}, {"c", Verdict::clear}, {"d", Verdict::clear}};
  result.findings = {finding("a", "a.1", "one", Outcome::incomplete),
                     finding("a", "a.1", "two", Outcome::pass),
                     finding("a", "a.2", "one", Outcome::refuse),
                     finding("a", "a.3", "one", Outcome::refuse),
                     finding("b", "b.1", "", Outcome::refer),
                     finding("c", "c.1", "", Outcome::not_applicable)};
  return result;
}

}  // namespace

TEST_CASE("each rulebook has its own verdict, counts, deciding finding and verdict per dataset") {
  const std::vector<Regime> regimes = regimes_of(sample_assessment());
  REQUIRE(regimes.size() == 4);
  CHECK(regimes[0].rulebook == "a");
  CHECK(regimes[0].verdict == Verdict::refuse);
  CHECK(regimes[0].decided_by == "one/a.2");
  CHECK(regimes[0].count(Outcome::refuse) == 2);
  CHECK(regimes[0].count(Outcome::incomplete) == 1);
  CHECK(regimes[0].count(Outcome::pass) == 1);
  CHECK(regimes[0].datasets ==
        std::map<std::string, Verdict>{{"one", Verdict::refuse}, {"two", Verdict::clear}});
  CHECK(regimes[1].decided_by == "b.1");
  CHECK(regimes[1].datasets ==
        std::map<std::string, Verdict>{{"one", Verdict::refer}, {"two", Verdict::refer}});
  CHECK(regimes[2].verdict == Verdict::clear);
  CHECK(regimes[2].decided_by.empty());
  CHECK(regimes[2].count(Outcome::not_applicable) == 1);
  CHECK(regimes[3].verdict == Verdict::clear);
}

TEST_CASE("the regimes together say what the assessment says") {
  const Assessment assessment = sample_assessment();
  std::map<std::string, Verdict> datasets;
  for (const Regime& regime : regimes_of(assessment)) {
    CHECK(regime.verdict == assessment.rulebooks.at(regime.rulebook));
    for (const auto& [id, verdict] : regime.datasets) {
      datasets[id] = worse(datasets[id], verdict);
    }
  }
  CHECK(datasets == assessment.datasets);
}
