// SPDX-License-Identifier: Apache-2.0
#include "rules/explanation.hpp"

#include <algorithm>

#include "catch.hpp"
#include "rules/sample_documents.hpp"

using namespace octroi;
using namespace octroi::rules;
using sample::Story;

namespace {

Explanation explained(const Story& story, bool is_for_all = false) {
  const sample::StoryDocuments documents(story);
  const Case borrowed = documents.borrow();
  const std::vector<CompiledRulebook> rulebooks = story.compiled();
  const Facts facts = compute_facts(borrowed, parse_date(story.as_of).value());
  return explain(borrowed, facts, rulebooks, assess(borrowed, facts, rulebooks), is_for_all);
}

ExplainedFinding finding_of(const Explanation& explanation, const std::string& id) {
  const auto found =
      std::find_if(explanation.findings.begin(), explanation.findings.end(),
                   [&id](const ExplainedFinding& one) { return one.finding.id() == id; });
  INFO("finding " << id);
  REQUIRE(found != explanation.findings.end());
  return *found;
}

std::vector<std::string> paths_of(const std::vector<ExplainedFact>& facts) {
  std::vector<std::string> paths;
  for (const ExplainedFact& fact : facts) paths.push_back(fact.path);
  return paths;
}

Story whole_base() {
  Story story;
  story.request = sample::example("cnam-2021/request-whole-base.json");
  return story;
}

using Paths = std::vector<std::string>;

}  // namespace

TEST_CASE("a refusal is traced to the field that would have to change") {
  const Explanation explanation = explained(whole_base());
  CHECK(explanation.verdict == Verdict::refuse);
  const ExplainedFinding whole = finding_of(explanation, "snds-main-base/cnam-2021.whole-base");
  REQUIRE(paths_of(whole.decided) == Paths{"dataset.extent"});
  CHECK(whole.decided.front().value == json::Value("whole"));
  CHECK(
      whole.decided.front().declared ==
      std::vector<DeclaredAt>{{Declarer::request, "", "/datasets/0/extent", json::Value("whole")}});
  REQUIRE(paths_of(whole.applied) == Paths{"dataset.collection", "host.exclusively_eu_law"});
  const std::vector<DeclaredAt>& host = whole.applied.back().declared;
  CHECK(host.front() ==
        DeclaredAt{Declarer::request, "", "/environment/provider", json::Value("azure-hub")});
  CHECK(host.back().document == "azure-hub");
  CHECK(host.back().pointer == "/suppliers");
}

TEST_CASE("of several conditions only those that fail decided") {
  Story story;
  sample::set(story.request, "necessity.for", json::strings({"other"}));
  const ExplainedFinding necessity =
      finding_of(explained(story), "snds-main-base/cnam-2021.necessity");
  CHECK(paths_of(necessity.decided) == Paths{"request.necessity.serves"});
  sample::set(story.request, "necessity.degree", "useful");
  CHECK(paths_of(finding_of(explained(story), "snds-main-base/cnam-2021.necessity").decided) ==
        Paths{"request.necessity.degree", "request.necessity.serves"});
}

TEST_CASE("where a rule requires nothing that can be met, what made it apply decided") {
  const ExplainedFinding each =
      finding_of(explained(Story()), "snds-main-base/cnam-2021.case-by-case");
  CHECK(paths_of(each.decided) ==
        Paths{"dataset.collection", "dataset.extent", "host.exclusively_eu_law"});
  CHECK(each.applied.empty());
}

TEST_CASE("a missing fact is among those that decided, without a value") {
  Story story;
  sample::set(story.request, "disease_codes.codes", json::strings({"U07"}));
  const ExplainedFinding covid = finding_of(explained(story), "snds-main-base/cnam-2021.covid-19");
  CHECK(covid.finding.outcome == Outcome::incomplete);
  REQUIRE(paths_of(covid.decided) == Paths{"request.disease_scope"});
  CHECK_FALSE(covid.decided.front().value.has_value());
  CHECK(covid.decided.front().declared.front() ==
        DeclaredAt{Declarer::request, "", "/disease_codes/codes", json::strings({"U07"})});
}

TEST_CASE("what passes and what does not apply is explained when all is asked for, worst first") {
  const Explanation open = explained(whole_base());
  const Explanation all = explained(whole_base(), true);
  CHECK(open.findings.size() < all.findings.size());
  CHECK(std::is_sorted(all.findings.begin(), all.findings.end(),
                       [](const ExplainedFinding& left, const ExplainedFinding& right) {
                         return left.finding.outcome > right.finding.outcome;
                       }));
  const ExplainedFinding extract = finding_of(all, "snds-main-base/cnam-2021.limited-extract");
  CHECK(extract.finding.outcome == Outcome::not_applicable);
  CHECK(paths_of(extract.decided) == Paths{"dataset.extent"});
}

TEST_CASE("a condition is taken apart only where && is outermost, and not within texts") {
  struct Row {
    const char* condition;
    Paths decided;
  };
  const Row rows[] = {
      {"request.regime == 'x' && request.user_count > 0", {"request.regime"}},
      {"(request.regime == 'x' || request.user_count < 0) && request.project.name != ''",
       {"request.regime", "request.user_count"}},
      {"request.regime == 'x' && request.user_count > 0 || request.project.name == ''",
       {"request.project.name", "request.regime", "request.user_count"}},
      {"request.regime == 'a && b' && request.project.name != ' && '", {"request.regime"}},
      {"request.user_count > 0 ? request.regime == 'x' : true",
       {"request.regime", "request.user_count"}},
  };
  for (const Row& row : rows) {
    INFO(row.condition);
    Story story;
    json::Value rule = story.rulebooks.front().at("rules").as_array().front();
    rule.as_object().erase("applies");
    rule.as_object().erase("not_applicable");
    rule.set("requires", row.condition);
    story.rulebooks.front().set("rules", json::Value::Array{rule});
    CHECK(paths_of(explained(story).findings.at(0).decided) == row.decided);
  }
}
