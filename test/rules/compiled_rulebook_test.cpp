// SPDX-License-Identifier: Apache-2.0
#include "rules/compiled_rulebook.hpp"

#include "catch.hpp"
#include "rules/sample_documents.hpp"

using namespace octroi;
using namespace octroi::rules;

namespace {

json::Value& rule_of(json::Value& rulebook, std::size_t number) {
  return rulebook.as_object()["rules"].as_array().at(number);
}

std::vector<RulebookProblem> problems_of(const json::Value& rulebook) {
  const auto compiled =
      CompiledRulebook::compile(sample::document(model::DocumentKind::rulebook, rulebook));
  if (const auto* problems = std::get_if<std::vector<RulebookProblem>>(&compiled)) return *problems;
  return {};
}

json::Value with_requirement(const char* expression) {
  json::Value rulebook = sample::example("rulebooks/cnam-2021.json");
  rule_of(rulebook, 0).set("requires", expression);
  return rulebook;
}

}  // namespace

TEST_CASE("the shipped rulebook compiles") {
  const auto problems = problems_of(sample::example("rulebooks/cnam-2021.json"));
  for (const RulebookProblem& problem : problems) UNSCOPED_INFO(describe(problem));
  CHECK(problems.empty());
}

TEST_CASE("a misspelt field is an error at load, with line, column and what was meant") {
  const auto problems =
      problems_of(with_requirement("dataset.extent != 'whole' &&\n  dataset.extnt == 'x'"));
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].rule == "cnam-2021.whole-base");
  CHECK(problems[0].where == "requires");
  CHECK(problems[0].line == 2);
  CHECK(problems[0].column >= 3);
  CHECK(problems[0].message.find("extnt") != std::string::npos);
  CHECK(problems[0].message.find("extent") != std::string::npos);
  const std::string text = describe(problems[0]);
  CHECK(text.find("\n      dataset.extnt == 'x'\n") != std::string::npos);
  CHECK(text.back() == '^');
}

TEST_CASE("what is no condition on known facts is refused") {
  for (const char* expression :
       {"dataset.extent", "'true'", "1", "dataset.extent == 1", "hots.exclusively_eu_law == 'yes'",
        "request.user_count > 'many'", "request.necessity", "dataset.extent = 'whole'",
        "request.summary == ''", "size(request.user_count) > 0"}) {
    INFO(expression);
    const auto problems = problems_of(with_requirement(expression));
    REQUIRE_FALSE(problems.empty());
    CHECK(problems[0].where == "requires");
  }
}

TEST_CASE("a rule may not read what its rulebook says it disregards") {
  for (const char* expression : {"size(host.contract_clauses) > 0", "host.customer_held_keys",
                                 "size(host.locations.storage) > 0", "has(host.contract_clauses)",
                                 "host.contract_clauses.exists(clause, clause == 'x')"}) {
    INFO(expression);
    const auto problems = problems_of(with_requirement(expression));
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].message.find("disregards") != std::string::npos);
  }
}

TEST_CASE("all problems are told at once") {
  json::Value rulebook = sample::example("rulebooks/cnam-2021.json");
  rule_of(rulebook, 0).set("requires", "dataset.extnt == ''");
  rule_of(rulebook, 1).set("applies", "host.exclusive");
  sample::set(rule_of(rulebook, 2), "because.fr", " ");
  rule_of(rulebook, 4).set("id", "cnam-2021.necessity");
  auto& disregards = rulebook.as_object()["disregards"].as_array();
  disregards.front().set("fact", "host.contract_clause");
  std::string all;
  const auto problems = problems_of(rulebook);
  for (const RulebookProblem& problem : problems) all += describe(problem) + "\n";
  INFO(all);
  CHECK(problems.size() == 5);
  for (const char* part : {"extnt", "exclusive", "because.fr", "given twice", "contract_clause"}) {
    CHECK(all.find(part) != std::string::npos);
  }
  const std::string message = sample::error_of(ErrorCode::bad_input, [&] {
    static_cast<void>(CompiledRulebook::require(
        sample::document(model::DocumentKind::rulebook, rulebook), "rulebook.json"));
  });
  CHECK(message.find("rulebook.json: cnam-2021.whole-base: requires 1:") != std::string::npos);
}
