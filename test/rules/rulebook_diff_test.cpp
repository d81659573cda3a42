// SPDX-License-Identifier: Apache-2.0
#include "rules/rulebook_diff.hpp"

#include <algorithm>

#include "catch.hpp"
#include "rules/sample_documents.hpp"

using namespace octroi;
using namespace octroi::rules;
using json::Value;

namespace {

Value example_book() {
  return sample::example("rulebooks/cnam-2021.json");
}

Value::Array& rules_of(Value& rulebook) {
  return rulebook.as_object()["rules"].as_array();
}

RulebookDiff diff_of(const Value& before, const Value& after) {
  return diff_rulebooks(sample::document(model::DocumentKind::rulebook, before),
                        sample::document(model::DocumentKind::rulebook, after));
}

}  // namespace

TEST_CASE("a rulebook does not differ from itself, and comments do not count") {
  Value after = example_book();
  CHECK(diff_of(example_book(), after).is_empty());
  after.set("$comment", "a note");
  rules_of(after)[0].set("$comment", "another");
  const RulebookDiff diff = diff_of(example_book(), after);
  CHECK(diff.is_empty());
  CHECK(diff.old_sha256 != diff.new_sha256);
}

TEST_CASE("every field of a rule that changes is named, and no other") {
  for (const auto& [path, field] :
       {std::pair{"title.en", "title.en"}, std::pair{"because.fr", "because.fr"},
        std::pair{"not_applicable.en", "not_applicable.en"}, std::pair{"remedy.fr", "remedy.fr"},
        std::pair{"applies", "applies"}, std::pair{"requires", "requires"}}) {
    INFO(field);
    Value after = example_book();
    sample::set(rules_of(after)[2], path, "request.user_count > 1");
    const RulebookDiff diff = diff_of(example_book(), after);
    REQUIRE(diff.rules.size() == 1);
    CHECK(diff.fields.empty());
    CHECK(diff.rules[0].rule == "cnam-2021.covid-19");
    CHECK(diff.rules[0].kind == RuleChange::Kind::changed);
    REQUIRE(diff.rules[0].fields.size() == 1);
    const FieldChange& change = diff.rules[0].fields[0];
    CHECK(change.field == field);
    CHECK(change.from.has_value());
    CHECK(change.to == Value("request.user_count > 1"));
    CHECK_FALSE(change.is_same_meaning);
  }
}

TEST_CASE("outcome, citations and what narrows are fields; what was not there has no from") {
  Value after = example_book();
  Value& rule = rules_of(after)[0];
  rule.set("otherwise", "refer");
  rule.set("narrows", json::object({{"months_max", 12}}));
  rule.as_object()["cites"].as_array().resize(1);
  rule.as_object()["cites"].as_array()[0].set("provision", "another");
  const RulebookDiff diff = diff_of(example_book(), after);
  REQUIRE(diff.rules.size() == 1);
  REQUIRE(diff.rules[0].fields.size() == 3);
  CHECK(diff.rules[0].fields[0].field == "cites");
  CHECK(diff.rules[0].fields[1] == FieldChange{"narrows.months_max", {}, Value(12), false});
  CHECK(diff.rules[0].fields[2] ==
        FieldChange{"otherwise", Value("refuse"), Value("refer"), false});
}

TEST_CASE("rules that come and go, another order, another validity") {
  Value after = example_book();
  Value added = rules_of(after)[1];
  added.set("id", "cnam-2021.new");
  rules_of(after).erase(rules_of(after).begin());
  std::swap(rules_of(after)[0], rules_of(after)[1]);
  rules_of(after).push_back(added);
  sample::set(after, "valid.to", "2030-12-31");
  const RulebookDiff diff = diff_of(example_book(), after);
  CHECK(diff.is_reordered);
  REQUIRE(diff.fields.size() == 1);
  CHECK(diff.fields[0] == FieldChange{"valid.to", {}, Value("2030-12-31"), false});
  REQUIRE(diff.rules.size() == 2);
  CHECK(diff.rules[0].kind == RuleChange::Kind::removed);
  CHECK(diff.rules[0].rule == "cnam-2021.whole-base");
  CHECK(diff.rules[1].kind == RuleChange::Kind::added);
  CHECK(std::all_of(diff.rules[1].fields.begin(), diff.rules[1].fields.end(),
                    [](const FieldChange& one) { return !one.from && one.to; }));
  // The other way round it is the other way round.
  const RulebookDiff back = diff_of(after, example_book());
  CHECK(back.rules[0].rule == "cnam-2021.new");
  CHECK(back.rules[1].rule == "cnam-2021.whole-base");
}

TEST_CASE("a condition that is only written otherwise is said to mean the same") {
  Value after = example_book();
  rules_of(after)[0].set("requires", "( 'whole' != dataset.extent )");
  const RulebookDiff diff = diff_of(example_book(), after);
  REQUIRE(diff.rules.size() == 1);
  CHECK(diff.rules[0].fields[0].is_same_meaning);
  rules_of(after)[0].set("requires", "dataset.extent == 'whole'");
  CHECK_FALSE(diff_of(example_book(), after).rules[0].fields[0].is_same_meaning);
}

TEST_CASE("what a rulebook disregards is compared fact by fact") {
  Value after = example_book();
  Value::Array& list = after.as_object()["disregards"].as_array();
  const std::string fact = list.front().text("fact");
  list.erase(list.begin());
  const RulebookDiff diff = diff_of(example_book(), after);
  CHECK(diff.rules.empty());
  REQUIRE_FALSE(diff.fields.empty());
  for (const FieldChange& change : diff.fields) {
    CHECK(change.field.starts_with("disregards " + fact));
    CHECK_FALSE(change.to.has_value());
  }
}
