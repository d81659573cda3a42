// SPDX-License-Identifier: Apache-2.0
#include "rules/what_if.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <memory>

#include "catch.hpp"
#include "rules/sample_documents.hpp"

using namespace octroi;
using namespace octroi::rules;
using json::Value;
using sample::Story;

namespace {

Value second_host() {
  Value provider = sample::european_provider();
  provider.set("id", "european-host");
  return provider;
}

WhatIf looked_for(const Story& story, const std::vector<Value>& hosts = {}) {
  const sample::StoryDocuments documents(story);
  std::vector<model::Document> providers;
  for (const Value& host : hosts) {
    providers.push_back(sample::document(model::DocumentKind::provider, host));
  }
  std::vector<const model::Document*> borrowed;
  for (const model::Document& one : providers) borrowed.push_back(&one);
  return what_if(documents.borrow(), borrowed, parse_date(story.as_of).value(), story.compiled());
}

/// A rulebook of requirements, each with what follows when it is not met.
Value rulebook_of(const std::vector<std::pair<std::string, std::string>>& rules) {
  Value rulebook = sample::example("rulebooks/cnam-2021.json");
  Value rule = rulebook.at("rules").as_array().front();
  rule.as_object().erase("applies");
  rule.as_object().erase("not_applicable");
  Value list = Value::Array{};
  for (std::size_t i = 0; i < rules.size(); ++i) {
    rule.set("id", "cnam-2021.rule-" + std::to_string(i));
    rule.set("requires", rules[i].first);
    rule.set("otherwise", rules[i].second);
    list.push(rule);
  }
  rulebook.set("rules", std::move(list));
  rulebook.as_object().erase("disregards");
  return rulebook;
}

/// A request in which much stands in the way.
Story hindered() {
  Story story;
  story.use().set("extent", "whole");
  sample::set(story.request, "project.kind", "programme");
  sample::set(story.request, "prohibited_uses.harmful_products", true);
  sample::set(story.request, "necessity.degree", "useful");
  return story;
}

/// One combination of the values of some fields of `hindered`, and how many of them differ there.
struct Combination {
  explicit Combination(const Story& story, std::size_t changed)
      : documents(story),
        facts(compute_facts(documents.borrow(), parse_date(story.as_of).value())),
        changes(changed) {}
  sample::StoryDocuments documents;
  Facts facts;
  std::size_t changes;
};

/// All of them; the first value of each field is the one it has.
std::vector<std::unique_ptr<Combination>> combinations() {
  std::vector<std::unique_ptr<Combination>> result;
  const std::array<const char*, 3> extents = {"whole", "sample", "extract"};
  const std::array<const char*, 4> kinds = {"programme", "study", "warehouse", "platform"};
  const std::array<const char*, 3> degrees = {"useful", "doubtful", "necessary"};
  for (std::size_t number = 0; number < 3 * 4 * 3 * 2 * 2; ++number) {
    const std::array at = {number % 3, number / 3 % 4, number / 12 % 3, number / 36 % 2,
                           number / 72};
    Story story = hindered();
    story.use().set("extent", extents[at[0]]);
    sample::set(story.request, "project.kind", kinds[at[1]]);
    sample::set(story.request, "necessity.degree", degrees[at[2]]);
    sample::set(story.request, "prohibited_uses.harmful_products", at[3] == 0);
    if (at[4] > 0) story.provider = second_host();
    sample::set(story.request, "environment.provider", story.provider.at("id"));
    const auto unchanged = std::count(at.begin(), at.end(), std::size_t{0});
    result.push_back(
        std::make_unique<Combination>(story, at.size() - static_cast<std::size_t>(unchanged)));
  }
  return result;
}

/// The fewest fields that have to differ, for each verdict, by trying every combination.
std::map<Verdict, std::size_t> fewest_changes(const std::vector<std::unique_ptr<Combination>>& all,
                                              const std::vector<CompiledRulebook>& rulebooks) {
  std::map<Verdict, std::size_t> fewest;
  for (const auto& one : all) {
    const Verdict verdict = assess(one->documents.borrow(), one->facts, rulebooks).verdict;
    const auto known = fewest.emplace(verdict, one->changes).first;
    known->second = std::min(known->second, one->changes);
  }
  return fewest;
}

std::size_t count_of_changes(const WhatIf& found) {
  return static_cast<std::size_t>(
      std::count_if(found.changes.begin(), found.changes.end(), [](const Change& change) {
        return change.pointer != "/environment/service";  // goes with the provider
      }));
}

}  // namespace

TEST_CASE("what is proposed is the least that reaches the best verdict: naive reference") {
  const std::vector<std::string> conditions = {
      "dataset.extent == 'extract'",
      "dataset.extent != 'whole' || request.necessity.degree == 'necessary'",
      "!request.prohibited_uses.harmful_products",
      "request.project.kind == 'study' || host.exclusively_eu_law == 'yes'",
      "request.necessity.degree != 'useful' && host.exclusively_eu_law == 'yes'",
      "request.project.kind in ['programme', 'platform'] || dataset.extent == 'sample'",
      "host.exclusively_eu_law == 'no' || dataset.extent == 'sample'",
      "request.prohibited_uses.harmful_products || request.necessity.degree == 'doubtful'",
      "request.user_count > 5",
  };
  const std::array<const char*, 3> outcomes = {"refuse", "refer", "incomplete"};
  std::uint32_t seed = 20210219;
  const auto draw = [&seed](std::size_t below) {
    seed = seed * 1664525U + 1013904223U;
    return static_cast<std::size_t>(seed >> 16U) % below;
  };
  const std::vector<std::unique_ptr<Combination>> all = combinations();
  std::size_t improved = 0;
  for (int round = 0; round < 12; ++round) {
    std::vector<std::pair<std::string, std::string>> rules;
    for (std::size_t i = 0; i < 2 + draw(4); ++i) {
      rules.emplace_back(conditions[draw(conditions.size())], outcomes[draw(outcomes.size())]);
    }
    std::string shown;
    for (const auto& [condition, outcome] : rules) shown += "\n" + condition + ": " + outcome;
    INFO(shown);
    Story story = hindered();
    story.rulebooks = {rulebook_of(rules)};
    const WhatIf found = looked_for(story, {second_host()});
    const std::map<Verdict, std::size_t> expected = fewest_changes(all, story.compiled());
    CHECK(found.now == story.assess().verdict);
    CHECK(found.reached == expected.begin()->first);
    CHECK(count_of_changes(found) == expected.begin()->second);
    if (found.reached < found.now) ++improved;
  }
  CHECK(improved >= 6);
}

TEST_CASE("the whole base on a host under other law can at best be referred to the board") {
  Story story;
  story.request = sample::example("cnam-2021/request-whole-base.json");
  sample::set(story.request, "disease_codes",
              json::object({{"system", "icd-10"}, {"codes", json::strings({"U07.10"})}}));
  const WhatIf found = looked_for(story);
  CHECK(found.now == Verdict::refuse);
  CHECK(found.reached == Verdict::refer);
  REQUIRE(found.changes.size() == 4);
  CHECK(found.changes[0].pointer == "/datasets/0/extent");
  CHECK(found.changes[1].pointer == "/necessity/degree");
  CHECK(found.changes[1].proposal == Proposal::statement);
  CHECK(found.changes[2].pointer == "/necessity/for");
  CHECK(found.changes[3].pointer == "/project/kind");
}

TEST_CASE("another host is proposed where one is known, and its service is its own") {
  const WhatIf found = looked_for(hindered(), {second_host()});
  CHECK(found.reached == Verdict::clear);
  REQUIRE(found.changes.size() == 2);
  CHECK(found.changes[0] == Change{"/environment/provider", Proposal::choice, Value("azure-hub"),
                                   Value("european-host")});
  CHECK(found.changes[1].pointer == "/environment/service");
}

TEST_CASE("a request with nothing in its way needs no change") {
  Story story;
  story.provider = sample::european_provider();
  const WhatIf found = looked_for(story, {second_host()});
  CHECK(found.now == Verdict::clear);
  CHECK(found.reached == Verdict::clear);
  CHECK(found.changes.empty());
  CHECK(found.assessed == 0);
}

TEST_CASE("what nobody may propose is not proposed, and that nothing helps is said") {
  Story story = hindered();
  story.rulebooks = {rulebook_of({{"request.controller.sector == 'bank'", "refuse"},
                                  {"request.recipient.id == 'somebody'", "refuse"}})};
  const WhatIf found = looked_for(story);
  CHECK(found.reached == Verdict::refuse);
  CHECK(found.changes.empty());
  CHECK(found.is_exhaustive);
}

TEST_CASE("a dataset that stands in the way is left out, and its position is that of the file") {
  Story story = hindered();
  story.datasets.push_back(story.datasets.front());
  story.datasets.back().set("id", "other");
  story.datasets.back().set("collection", "other");
  story.request.as_object()["datasets"].push(story.use());
  story.use(1).set("dataset", "other");
  story.rulebooks = {rulebook_of({{"dataset.collection == 'other'", "refuse"}})};
  const WhatIf found = looked_for(story);
  CHECK(found.reached == Verdict::clear);
  REQUIRE(found.changes.size() == 1);
  CHECK(found.changes[0] ==
        Change{"/datasets/0", Proposal::choice, Value("snds-main-base"), std::nullopt});
}

TEST_CASE("more changes than the limit are not proposed, and the limit is owned up to") {
  Story story = hindered();
  story.rulebooks = {rulebook_of({{"dataset.extent == 'extract'", "refuse"},
                                  {"request.project.kind == 'study'", "refuse"},
                                  {"!request.prohibited_uses.harmful_products", "refuse"},
                                  {"request.necessity.degree == 'necessary'", "refuse"},
                                  {"request.regime == 'ehds'", "refuse"}})};
  const WhatIf found = looked_for(story);
  CHECK(found.reached == Verdict::refuse);
  CHECK_FALSE(found.is_exhaustive);
}

TEST_CASE("the same question has the same answer") {
  CHECK(to_json(looked_for(hindered(), {second_host()})) ==
        to_json(looked_for(hindered(), {second_host()})));
}
