// SPDX-License-Identifier: Apache-2.0
// What conditions say when they are compiled, beside what their expressions say: over all example
// rulebooks, and facts of which some are left out.
#include "rules/condition.hpp"

#include "catch.hpp"
#include "rules/fact_schema.hpp"
#include "rules/rulebook_content.hpp"
#include "rules/sample_documents.hpp"

using namespace octroi;
using namespace octroi::rules;
using json::Value;

namespace {

constexpr const char* k_books[] = {"cnam-2021", "ehds-secondary-use", "ga4gh-duo", "gdpr-chapter-v",
                                   "hds-v2",    "snds-law",           "sren-31"};

/// The facts that the tests of the rulebooks speak of.
std::vector<Value> tested_facts() {
  std::vector<Value> result;
  for (const char* name : k_books) {
    for (Value& facts : sample::tested_facts(name)) result.push_back(std::move(facts));
  }
  REQUIRE(result.size() > 100);
  return result;
}

/// The facts without every n-th of the members that objects have, counted from one on.
void thin_out(Value& value, std::size_t every, std::size_t& count) {
  if (value.is_array()) {
    for (Value& item : value.as_array()) thin_out(item, every, count);
  }
  if (!value.is_object()) return;
  std::vector<std::string> taken_out;
  for (auto& [name, member] : value.as_object()) {
    const bool stays = ++count % every != 0 || name == "datasets" || name == "id";
    if (stays) {
      thin_out(member, every, count);
    } else {
      taken_out.push_back(name);
    }
  }
  for (const std::string& name : taken_out) CHECK(value.as_object().erase(name) == 1);
}

struct Asked {
  Condition condition;
  cel::Program program;
};

std::vector<Asked> all_conditions() {
  std::vector<Asked> result;
  const auto add = [&result](const std::string& source) {
    auto condition = Condition::compile(source, "", "");
    auto program = cel::Program::compile(source, fact_environment());
    REQUIRE(std::holds_alternative<Condition>(condition));
    REQUIRE(std::holds_alternative<cel::Program>(program));
    result.push_back({std::get<Condition>(condition), std::get<cel::Program>(program)});
  };
  for (const char* name : k_books) {
    const Value book = sample::example(std::string("rulebooks/") + name + ".json");
    for (const Value& rule : book.at("rules").as_array()) {
      add(rule.text("requires"));
      if (rule.find("applies") != nullptr) add(rule.text("applies"));
    }
  }
  return result;
}

std::string shown(const ConditionResult& result) {
  const std::string holds = result.holds ? (*result.holds ? "true" : "false") : "nothing";
  const Unanswered why = result.unanswered ? *result.unanswered : Unanswered{};
  return holds + " | " + why.missing + " | " + why.message;
}

ConditionResult expected(const cel::Program& program, const FactBindings& bindings) {
  const cel::Evaluated result = program.evaluate(bindings.bindings());
  if (const auto* error = std::get_if<cel::EvaluationError>(&result)) {
    return {std::nullopt, bindings.keep({error->missing, error->message})};
  }
  return {std::get<cel::Value>(result).as_boolean()};
}

}  // namespace

TEST_CASE("a compiled condition says what its expression says") {
  const std::vector<Asked> conditions = all_conditions();
  std::vector<Value> all = tested_facts();
  std::size_t held = 0;
  std::size_t without = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::size_t count = 0;
    if (i % 3 != 0) thin_out(all[i], 3 + i % 17, count);
    const Facts facts(std::move(all[i]));
    const FactBindings of_request(facts);
    std::vector<FactBindings> subjects = {of_request};
    for (std::size_t place = 0; place < facts.datasets().size(); ++place) {
      subjects.push_back(of_request.with_dataset(place));
    }
    for (const FactBindings& subject : subjects) {
      for (const Asked& asked : conditions) {
        const std::string wanted = shown(expected(asked.program, subject));
        const ConditionResult got = asked.condition.evaluate(subject);
        if (shown(got) != wanted) FAIL_CHECK(asked.condition.source() << ": " << shown(got));
        held += got.holds.value_or(false) ? 1 : 0;
        without += got.holds ? 0 : 1;
      }
    }
  }
  CHECK(held > 5000);
  CHECK(without > 5000);
}
