// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "rules/sample_documents.hpp"

using namespace octroi;
using namespace octroi::rules;
using sample::Story;

namespace {

json::Value text(const char* words) {
  return json::object({{"en", words}, {"fr", words}});
}

json::Value cites() {
  return json::Value::Array{json::object({{"source", "a source"}, {"provision", "a provision"}})};
}

json::Value rule(const std::string& id, const char* applies, const char* requirement,
                 const char* otherwise) {
  return json::object({{"id", id},
                       {"title", text("title")},
                       {"applies", applies},
                       {"requires", requirement},
                       {"otherwise", otherwise},
                       {"because", text("because")},
                       {"not_applicable", text("not applicable")},
                       {"remedy", text("remedy")},
                       {"cites", cites()}});
}

json::Value rulebook(const std::string& id, json::Value::Array rules) {
  return json::object({{"format", "octroi/rulebook/1"},
                       {"id", id},
                       {"title", text("title")},
                       {"valid", json::object({{"from", "2020-01-01"}, {"to", "2025-12-31"}})},
                       {"rules", std::move(rules)}});
}

Story story_under(json::Value::Array rules) {
  Story story;
  story.rulebooks = {rulebook("test", std::move(rules))};
  return story;
}

}  // namespace

TEST_CASE("a missing fact leaves a rule incomplete and is named") {
  Story story =
      story_under({rule("test.scope", "true", "request.disease_scope == 'covid-19'", "refuse")});
  sample::set(story.request, "disease_codes.codes", json::strings({"U07"}));
  const Assessment assessment = story.assess();
  CHECK(assessment.verdict == Verdict::incomplete);
  const Finding& finding = sample::finding(assessment, "test.scope");
  CHECK(finding.outcome == Outcome::incomplete);
  CHECK(finding.missing == "request.disease_scope");
  CHECK_FALSE(finding.message.empty());
  CHECK_FALSE(finding.facts_used.contains("request.disease_scope"));
  CHECK_FALSE(finding.remedy.en.empty());
}

TEST_CASE("a missing fact in the condition of application is no reason to skip the rule") {
  Story story =
      story_under({rule("test.scope", "request.disease_scope == 'covid-19'", "true", "refuse")});
  sample::set(story.request, "disease_codes.codes", json::strings({"U07"}));
  CHECK(story.assess().verdict == Verdict::incomplete);
}

TEST_CASE("an expression that errs leaves a rule incomplete and says why") {
  const Story story =
      story_under({rule("test.index", "true", "request.purposes.snds[7] == '6'", "refuse")});
  const Finding& finding = sample::finding(story.assess(), "test.index");
  CHECK(finding.outcome == Outcome::incomplete);
  CHECK(finding.missing.empty());
  CHECK_FALSE(finding.message.empty());
}

TEST_CASE("a rulebook that takes too many steps ends incomplete, and leaves others as they are") {
  const std::string ten = "[0,1,2,3,4,5,6,7,8,9]";
  const std::string loops = ten + ".all(a, " + ten + ".all(b, " + ten + ".all(c, " + ten +
                            ".all(d, " + ten + ".all(e, true)))))";
  json::Value::Array heavy;
  for (int i = 0; i < 500; ++i) {
    heavy.push_back(rule("heavy.r" + std::to_string(i), "true", loops.c_str(), "refer"));
  }
  Story story;
  story.rulebooks = {rulebook("heavy", std::move(heavy)),
                     rulebook("light", {rule("light.met", "true", "true", "refuse")})};
  const Assessment assessment = story.assess();
  CHECK(sample::finding(assessment, "heavy.r0").outcome == Outcome::pass);
  const Finding last = sample::finding(assessment, "heavy.r499");
  CHECK(last.outcome == Outcome::incomplete);
  CHECK(last.message.find("allowance") != std::string::npos);
  CHECK(assessment.rulebooks.at("heavy") == Verdict::incomplete);
  CHECK(assessment.rulebooks.at("light") == Verdict::clear);
  CHECK(assessment.verdict == Verdict::incomplete);
}

TEST_CASE("each outcome leads to its verdict, and the worst decides") {
  const json::Value refers = rule("test.refers", "true", "false", "refer");
  const json::Value lacks = rule("test.lacks", "true", "false", "incomplete");
  const json::Value refuses = rule("test.refuses", "true", "false", "refuse");
  const json::Value passes = rule("test.passes", "true", "true", "refuse");
  const json::Value silent = rule("test.silent", "false", "false", "refuse");
  CHECK(story_under({passes, silent}).assess().verdict == Verdict::clear);
  CHECK(story_under({passes, refers}).assess().verdict == Verdict::refer);
  CHECK(story_under({lacks, refers}).assess().verdict == Verdict::incomplete);
  CHECK(story_under({lacks, refuses, refers}).assess().verdict == Verdict::refuse);
}

TEST_CASE("one more rule never lowers a verdict") {
  const char* conditions[] = {"true", "false", "dataset.extent != 'whole'",
                              "request.disease_scope == 'covid-19'",
                              "host.exclusively_eu_law == 'yes'"};
  const char* otherwise[] = {"refer", "incomplete", "refuse"};
  std::vector<json::Value> pool;
  for (const char* applies : conditions) {
    for (const char* requirement : conditions) {
      for (const char* outcome : otherwise) {
        pool.push_back(
            rule("test.rule-" + std::to_string(pool.size()), applies, requirement, outcome));
      }
    }
  }
  for (const char* code : {"U07.1", "U07", "C50"}) {
    json::Value::Array rules;
    Verdict before = Verdict::clear;
    for (std::size_t at = 0; at < pool.size(); at += 4) {  // 4 and 75 share no divisor
      rules.push_back(pool[at]);
      Story story = story_under(rules);
      sample::set(story.request, "disease_codes.codes", json::strings({code}));
      const Verdict after = story.assess().verdict;
      REQUIRE(before <= after);
      // Nor does a second rulebook.
      story.rulebooks.push_back(rulebook("other", {rule("other.rule", "true", "true", "refer")}));
      REQUIRE(after <= story.assess().verdict);
      before = after;
    }
    CHECK(before == Verdict::refuse);
  }
}

TEST_CASE("rules about a dataset are asked of each, others once") {
  Story story = story_under({rule("test.whole", "true", "dataset.extent != 'whole'", "refuse"),
                             rule("test.users", "true", "request.user_count > 0", "refuse")});
  json::Value second = story.datasets.front();
  second.set("id", "second");
  story.datasets.push_back(second);
  json::Value use = story.use();
  use.set("dataset", "second");
  story.request.as_object()["datasets"].push(use);
  const auto outcomes = sample::outcomes(story.assess());
  CHECK(outcomes.size() == 3);
  CHECK(outcomes.contains("snds-main-base/test.whole"));
  CHECK(outcomes.contains("second/test.whole"));
  CHECK(outcomes.contains("test.users"));
}

TEST_CASE("only rulebooks in force count, first and last day included") {
  Story story = story_under({rule("test.refuses", "true", "false", "refuse")});
  story.rulebooks.push_back(rulebook("later", {rule("later.passes", "true", "true", "refuse")}));
  sample::set(story.rulebooks[1], "valid.to", "2030-12-31");
  for (const auto& [day, verdict] :
       {std::pair{"2020-01-01", Verdict::refuse}, std::pair{"2025-12-31", Verdict::refuse},
        std::pair{"2026-01-01", Verdict::clear}, std::pair{"2030-12-31", Verdict::clear}}) {
    INFO(day);
    story.as_of = day;
    CHECK(story.assess().verdict == verdict);
  }
  for (const char* day : {"2019-12-31", "2031-01-01"}) {
    INFO(day);
    story.as_of = day;
    sample::error_of(ErrorCode::not_yet, [&] { static_cast<void>(story.assess()); });
  }
}

TEST_CASE("one rulebook given twice is refused") {
  Story story = story_under({rule("test.refuses", "true", "false", "refuse")});
  story.rulebooks.push_back(story.rulebooks.front());
  sample::error_of(ErrorCode::bad_input, [&] { static_cast<void>(story.assess()); });
}
