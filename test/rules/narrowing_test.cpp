// SPDX-License-Identifier: Apache-2.0
#include "rules/narrowing.hpp"

#include "catch.hpp"
#include "json/read.hpp"
#include "rules/sample_documents.hpp"

using namespace octroi;
using namespace octroi::rules;
using json::Value;
using sample::Story;

namespace {

/// A rulebook of rules that pass and narrow; each member is a rule's `narrows`.
Value rulebook(std::string id, const std::vector<std::string>& narrows,
               const char* otherwise = "refuse") {
  Value book = sample::example("rulebooks/cnam-2021.json");
  Value rule = book.at("rules").as_array().front();
  Value rules = Value::Array{};
  for (std::size_t i = 0; i < narrows.size(); ++i) {
    rule.set("id", id + ".rule-" + std::to_string(i));
    rule.as_object().erase("applies");
    rule.as_object().erase("not_applicable");
    rule.set("requires", "true");
    rule.set("otherwise", otherwise);
    rule.set("narrows", json::read(narrows[i], "narrows"));
    rules.push(rule);
  }
  book.set("rules", std::move(rules));
  book.set("id", std::move(id));
  return book;
}

Story story(const std::vector<std::string>& narrows) {
  Story result;
  result.datasets.front().set("duo", json::read(R"([
      {"code": "DUO:0000042"}, {"code": "DUO:0000025", "months": 7},
      {"code": "DUO:0000026", "users": ["analyst-2"]},
      {"code": "DUO:0000024", "not_before": "2030-01-01"}])",
                                                "duo"));
  result.rulebooks = {rulebook("narrowing", narrows)};
  return result;
}

/// What is wrong with a rule that narrows so.
std::string problem(const std::string& narrows, const char* otherwise = "refuse") {
  const auto compiled = CompiledRulebook::compile(
      sample::document(model::DocumentKind::rulebook, rulebook("narrowing", {narrows}, otherwise)));
  const auto* problems = std::get_if<std::vector<RulebookProblem>>(&compiled);
  if (problems == nullptr) return "";
  CHECK(problems->front().rule == "narrowing.rule-0");
  return problems->front().where + ": " + problems->front().message;
}

constexpr const char* k_id = "snds-main-base/narrowing.rule-0";

}  // namespace

TEST_CASE("months, users and days are taken from facts") {
  const Assessment assessment = story({R"({
      "months_max": 9, "months_from": "dataset.consent.months_max",
      "users_from": "dataset.consent.users",
      "obligation": {"en": "Not before {dataset.consent.not_before}, {request.duration.months} {.",
                     "fr": "Pas avant le {dataset.consent.not_before}."}})"})
                                    .assess();
  CHECK(assessment.verdict == Verdict::clear);
  REQUIRE(assessment.narrowings.size() == 1);
  const Narrowing& narrowing = assessment.narrowings.front();
  CHECK(narrowing.dataset == "snds-main-base");
  CHECK(narrowing.months_max == 7);
  CHECK(narrowing.users == std::vector<std::string>{"analyst-2"});
  CHECK(narrowing.obligation == Text{"Not before 2030-01-01, 24 {.", "Pas avant le 2030-01-01."});
  const Finding finding = sample::finding(assessment, k_id);
  CHECK(finding.facts_used.at("dataset.consent.months_max") == Value(7));
  const model::Document stored =
      sample::document(model::DocumentKind::assessment, assessment.to_json());
  CHECK(Assessment::from(stored) == assessment);
}

TEST_CASE("the smaller of a stated and a computed number of months counts") {
  const Assessment assessment =
      story({R"({"months_max": 3, "months_from": "dataset.consent.months_max"})"}).assess();
  CHECK(assessment.narrowings.front().months_max == 3);
}

TEST_CASE("a rule whose narrowing cannot be computed is incomplete") {
  for (const char* narrows :
       {R"({"months_from": "dataset.consent.months_max"})",
        R"({"users_from": "dataset.consent.users"})",
        R"({"obligation": {"en": "{dataset.consent.not_before}", "fr": "x"}})"}) {
    INFO(narrows);
    Story bare = story({narrows});
    bare.datasets.front().set("duo", json::read(R"([{"code": "DUO:0000042"}])", "duo"));
    const Assessment assessment = bare.assess();
    CHECK(assessment.verdict == Verdict::incomplete);
    CHECK(assessment.narrowings.empty());
    CHECK(sample::finding(assessment, k_id).missing.starts_with("dataset.consent."));
  }
}

TEST_CASE("an obligation that a token has no room for leaves its rule incomplete") {
  const auto of_length = [](int length) {
    Story one = story({R"({"obligation": {"en": ")" + std::string(1900, 'x') +
                       R"({request.project.name}", "fr": "x"}})"});
    std::string name;
    for (int i = 0; i < length; ++i) name += "\u00e9";  // of two bytes
    sample::set(one.request, "project.name", name);
    return one.assess();
  };
  CHECK(of_length(100).narrowings.front().obligation.en.size() == 2100);
  Story longer = story({R"({"obligation": {"en": "x", "fr": ")" + std::string(1901, 'x') +
                        R"({request.project.name}"}})"});
  sample::set(longer.request, "project.name", std::string(100, 'e'));
  const Assessment assessment = longer.assess();
  CHECK(assessment.verdict == Verdict::incomplete);
  CHECK(assessment.narrowings.empty());
  CHECK(sample::finding(assessment, "narrowing.rule-0").missing == "request.project.name");
}

TEST_CASE("where nobody is left the rule is not met") {
  Story nobody = story({R"({"users_from": "dataset.consent.users"})"});
  sample::set(nobody.request, "users",
              json::read(R"([{"id": "stranger", "organisation": "x", "country": "FR"}])", "users"));
  const Assessment assessment = nobody.assess();
  CHECK(assessment.verdict == Verdict::refuse);
  CHECK(assessment.narrowings.empty());
  CHECK(sample::finding(assessment, k_id).message == "no user is left");
}

TEST_CASE("rules that leave somebody each and nobody together are not all met") {
  Facts facts = story({}).facts();
  const std::vector<std::string> both = {R"({"users_from": "dataset.consent.users"})",
                                         R"({"users_from": "request.user_countries"})"};
  const Story strange = story(both);  // countries are no users: the two lists share nobody
  const Assessment assessment = strange.assess();
  CHECK(assessment.verdict == Verdict::refuse);
  CHECK(assessment.narrowings.size() == 1);
  CHECK(sample::finding(assessment, "snds-main-base/narrowing.rule-0").outcome == Outcome::pass);
  const Finding second = sample::finding(assessment, "narrowing.rule-1");
  CHECK(second.outcome == Outcome::refuse);
  CHECK(second.message.find("no user is left") == 0);
}

TEST_CASE("what a rule narrows by is checked when the rulebook is read") {
  CHECK(problem(R"({"months_from": "dataset.consent.months_max"})").empty());
  CHECK(problem(R"({"months_from": "dataset.consent.month"})").starts_with("narrows.months_from:"));
  CHECK(problem(R"({"months_from": "dataset.extent"})").find("of type int, got string") !=
        std::string::npos);
  CHECK(problem(R"({"months_from": "1 + 1"})").find("path of a fact") != std::string::npos);
  CHECK(problem(R"({"users_from": "dataset.consent.terms"})").find("of type list(string)") !=
        std::string::npos);
  CHECK(problem(R"({"obligation": {"en": "{dataset.nothing}", "fr": "x"}})")
            .starts_with("narrows.obligation.en:"));
  CHECK(problem(R"({"obligation": {"en": "x", "fr": "{dataset.duo}"}})")
            .starts_with("narrows.obligation.fr:"));
  CHECK(problem(R"({"users_from": "dataset.consent.users"})", "refer").starts_with("otherwise:"));
  CHECK(problem(R"({"users_from": "dataset.consent.users"})", "incomplete").empty());
}
