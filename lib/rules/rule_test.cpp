// SPDX-License-Identifier: Apache-2.0
#include "rules/rule_test.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "json/pointer.hpp"
#include "json/write.hpp"
#include "rules/assessment.hpp"
#include "rules/facts.hpp"

namespace octroi::rules {
namespace {

using json::Value;

void change(Value& start, const Value& test) {
  const auto refuse = [](std::string_view member, std::string_view pointer) {
    throw Error(ErrorCode::bad_input,
                fmt::format("{}: expected a pointer to a place that is there, got {}", member,
                            in_quotes(pointer)));
  };
  if (const Value* set = test.find("set")) {
    for (const auto& [pointer, value] : set->as_object()) {
      if (!json::set_at(start, pointer, value)) refuse("set", pointer);
    }
  }
  for (const std::string& pointer : json::to_strings(test.find("unset"))) {
    if (!json::remove_at(start, pointer)) refuse("unset", pointer);
  }
}

Facts facts_of_facts(const Value& facts, const Value& test) {
  Value start = facts;
  change(start, test);
  const Value* as_of = test.find("as_of");
  if (as_of != nullptr && start.is_object()) start.set("as_of", *as_of);
  return stated_facts(std::move(start), "facts");
}

model::Document document_of(model::DocumentKind kind, const Value& value) {
  return model::read_document(kind, json::canonical(value), model::name_of(kind));
}

/// A document of the tested case, or all of them, after the test's changes.
const Value& still_there(const Value& start, std::string_view name) {
  const Value* found = start.is_object() ? start.find(name) : nullptr;
  if (found != nullptr && (name != "datasets" || found->is_array())) return *found;
  throw Error(ErrorCode::bad_input,
              fmt::format("{}: expected what the test's documents have there, got {}", name,
                          found == nullptr ? "nothing" : "something else"));
}

Facts facts_of_case(const TestedCase& tested_case, const Value& test) {
  Value start = json::object({{"request", tested_case.request},
                              {"provider", tested_case.provider},
                              {"datasets", Value::Array(tested_case.datasets)}});
  change(start, test);
  const model::Document request =
      document_of(model::DocumentKind::request, still_there(start, "request"));
  const model::Document provider =
      document_of(model::DocumentKind::provider, still_there(start, "provider"));
  std::vector<model::Document> datasets;
  for (const Value& one : still_there(start, "datasets").as_array()) {
    datasets.push_back(document_of(model::DocumentKind::dataset, one));
  }
  std::vector<const model::Document*> borrowed;
  for (const model::Document& one : datasets) borrowed.push_back(&one);
  const std::optional<Date> as_of = parse_date(test.text("as_of"));
  if (!as_of) {
    throw Error(ErrorCode::bad_input, "as_of: expected a day, as documents have none, got none");
  }
  Case documents{request, borrowed, provider, {}};
  for (const model::Document& one : tested_case.hierarchies) documents.hierarchies.push_back(&one);
  return compute_facts(documents, *as_of).kept();
}

Facts facts_for(const Value& tests, const Value& test,
                const std::optional<TestedCase>& tested_case) {
  if (test.text("from") == "documents") {
    if (tested_case) return facts_of_case(*tested_case, test);
    throw Error(ErrorCode::bad_input, "from: expected documents in the file of tests, got none");
  }
  const Value* facts = tests.find("facts");
  if (facts != nullptr) return facts_of_facts(*facts, test);
  throw Error(ErrorCode::bad_input, "expected facts in the file of tests, got none");
}

void compare(RuleTestResult& result, const Value& expect, const Assessment& assessment) {
  const std::string verdict = expect.text("verdict");
  const std::string_view got = name_of(assessment.verdict);
  if (!verdict.empty() && verdict != got) {
    result.differences.push_back({"verdict", verdict, std::string(got)});
  }
  for (const auto& [id, outcome] : expect.at("findings").as_object()) {
    const auto found =
        std::find_if(assessment.findings.begin(), assessment.findings.end(),
                     [&id = id](const Finding& finding) { return finding.id() == id; });
    const std::string outcome_got = found == assessment.findings.end()
                                        ? "no such finding"
                                        : std::string(name_of(found->outcome));
    if (outcome_got != outcome.as_string()) {
      result.differences.push_back({id, outcome.as_string(), outcome_got});
    }
  }
}

/// Counts each outcome of a rule once for the test, however many datasets there are.
void count(std::vector<CoveredOutcome>& coverage, RuleTestResult& result,
           const Assessment& assessment) {
  for (CoveredOutcome& covered : coverage) {
    const bool is_reached = std::any_of(
        assessment.findings.begin(), assessment.findings.end(), [&covered](const Finding& finding) {
          return finding.rule == covered.rule && finding.outcome == covered.outcome;
        });
    if (!is_reached) continue;
    ++covered.tests;
    if (covered.unreachable.empty()) continue;
    result.differences.push_back({covered.rule, fmt::format("never {}", name_of(covered.outcome)),
                                  std::string(name_of(covered.outcome))});
  }
}

void note_unreachable(std::vector<CoveredOutcome>& coverage, const Value& tests) {
  const Value* unreachable = tests.find("unreachable");
  if (unreachable == nullptr) return;
  for (const auto& [rule, outcomes] : unreachable->as_object()) {
    for (const auto& [outcome, reason] : outcomes.as_object()) {
      const auto found =
          std::find_if(coverage.begin(), coverage.end(),
                       [&rule = rule, &outcome = outcome](const CoveredOutcome& covered) {
                         return covered.rule == rule && name_of(covered.outcome) == outcome;
                       });
      if (found == coverage.end()) {
        throw Error(ErrorCode::bad_input,
                    fmt::format("unreachable: expected an outcome that the rule can have, got {} "
                                "of {}",
                                in_quotes(outcome), in_quotes(rule)));
      }
      found->unreachable = reason.as_string();
    }
  }
}

}  // namespace

std::size_t RuleTestReport::failed() const {
  return static_cast<std::size_t>(
      std::count_if(results.begin(), results.end(),
                    [](const RuleTestResult& result) { return !result.has_passed(); }));
}

std::size_t RuleTestReport::outcomes() const {
  return static_cast<std::size_t>(
      std::count_if(coverage.begin(), coverage.end(),
                    [](const CoveredOutcome& covered) { return covered.unreachable.empty(); }));
}

std::size_t RuleTestReport::outcomes_reached() const {
  return static_cast<std::size_t>(
      std::count_if(coverage.begin(), coverage.end(), [](const CoveredOutcome& covered) {
        return covered.unreachable.empty() && covered.tests > 0;
      }));
}

RuleTestReport run_rule_tests(const model::Document& tests, const CompiledRulebook& rulebook,
                              const std::optional<TestedCase>& tested_case,
                              std::string_view filter) {
  RuleTestReport report{rulebook.id(), {}, possible_outcomes(rulebook)};
  note_unreachable(report.coverage, tests.value);
  for (const Value& test : tests.value.at("tests").as_array()) {
    const std::string& name = test.at("name").as_string();
    if (name.find(filter) == std::string::npos) continue;
    RuleTestResult result{name, {}, ""};
    try {
      const Facts facts = facts_for(tests.value, test, tested_case);
      const Assessment assessment = assess_facts(facts, {rulebook});
      compare(result, test.at("expect"), assessment);
      count(report.coverage, result, assessment);
    } catch (const Error& error) {
      result.error = error.what();
    }
    report.results.push_back(std::move(result));
  }
  return report;
}

Value to_json(const std::vector<RuleTestReport>& reports) {
  Value list = Value::Array{};
  for (const RuleTestReport& report : reports) {
    Value tests = Value::Array{};
    for (const RuleTestResult& result : report.results) {
      Value differences = Value::Array{};
      for (const Difference& one : result.differences) {
        differences.push(
            json::object({{"what", one.what}, {"expected", one.expected}, {"got", one.got}}));
      }
      Value test = json::object({{"name", result.name},
                                 {"passed", result.has_passed()},
                                 {"differences", std::move(differences)}});
      if (!result.error.empty()) test.set("error", result.error);
      tests.push(std::move(test));
    }
    Value coverage = Value::Array{};
    for (const CoveredOutcome& one : report.coverage) {
      Value row = json::object({{"rule", one.rule},
                                {"outcome", std::string(name_of(one.outcome))},
                                {"tests", static_cast<std::int64_t>(one.tests)}});
      if (!one.unreachable.empty()) row.set("unreachable", one.unreachable);
      coverage.push(std::move(row));
    }
    list.push(json::object({{"rulebook", report.rulebook},
                            {"tests", std::move(tests)},
                            {"coverage", std::move(coverage)}}));
  }
  return list;
}

}  // namespace octroi::rules
