// SPDX-License-Identifier: Apache-2.0
#include "gate/rule_effect.hpp"

#include "catch.hpp"
#include "gate/sample_board.hpp"

using namespace octroi;
using namespace octroi::gate;
using sample::Board;

namespace {

json::Value example_book() {
  return sample::example("rulebooks/cnam-2021.json");
}

json::Value& rule_of(json::Value& rulebook, std::string_view id) {
  for (json::Value& rule : rulebook.as_object()["rules"].as_array()) {
    if (rule.text("id") == id) return rule;
  }
  FAIL("no rule " << id);
  return rulebook;
}

RuleEffect effect_on(Board& board, const json::Value& before, const json::Value& after) {
  return effect_of(board.database(), sample::document(model::DocumentKind::rulebook, before),
                   sample::document(model::DocumentKind::rulebook, after), date_of(board.now()),
                   [](std::size_t, std::size_t) {});
}

}  // namespace

TEST_CASE("a stricter rule changes the verdict of the requests it stops, of no other") {
  Board board;
  board.fill();
  const std::string stopped = board.submit();
  const std::string other = board.submit(
      [](json::Value& request) { request.as_object()["recipient"].set("id", "another-hub"); });
  json::Value stricter = example_book();
  rule_of(stricter, "cnam-2021.recipient")
      .set("requires", "request.recipient.id != 'health-data-hub'");
  rule_of(stricter, "cnam-2021.recipient").set("otherwise", "refuse");
  const RuleEffect effect = effect_on(board, example_book(), stricter);
  CHECK(effect.requests == 2);
  CHECK_FALSE(effect.keeps_every_verdict());
  REQUIRE(effect.changed.size() == 2);
  CHECK(effect.changed[0].id == stopped);
  CHECK(effect.changed[0].from == rules::Verdict::refer);
  CHECK(effect.changed[0].to == rules::Verdict::refuse);
  CHECK(effect.changed[0].findings ==
        std::vector<FindingChange>{{"cnam-2021", "snds-main-base/cnam-2021.recipient",
                                    rules::Outcome::pass, rules::Outcome::refuse}});
  // Another finding, the same verdict.
  CHECK(effect.changed[1].id == other);
  CHECK_FALSE(effect.changed[1].has_other_verdict());
  CHECK(effect.changed[1].findings.size() == 1);
}

TEST_CASE("withdrawn requests are left out, and nothing is written") {
  Board board;
  board.fill();
  const std::string id = board.submit();
  static_cast<void>(withdraw(board.database(), board.as("researcher-1"), id, board.context()));
  json::Value stricter = example_book();
  rule_of(stricter, "cnam-2021.recipient").set("requires", "false");
  const RuleEffect effect = effect_on(board, example_book(), stricter);
  CHECK(effect.requests == 0);
  CHECK(effect.changed.empty());
  CHECK(effect.keeps_every_verdict());
}

TEST_CASE("a version that is not in force on the day leaves no verdict where it is the only one") {
  Board board;
  board.fill();
  static_cast<void>(board.submit());
  json::Value later = example_book();
  later.as_object()["valid"].set("from", "2090-01-01");
  const RuleEffect effect = effect_on(board, example_book(), later);
  REQUIRE(effect.changed.size() == 1);
  CHECK(effect.changed[0].from == rules::Verdict::refer);
  CHECK_FALSE(effect.changed[0].to.has_value());
  CHECK_FALSE(effect.keeps_every_verdict());
}

TEST_CASE("other obligations on the token are a change though no finding differs") {
  Board board;
  board.fill();
  static_cast<void>(board.submit());
  json::Value narrower = example_book();
  rule_of(narrower, "cnam-2021.recipient").set("narrows", json::object({{"months_max", 3}}));
  const RuleEffect effect = effect_on(board, example_book(), narrower);
  REQUIRE(effect.changed.size() == 1);
  CHECK(effect.changed[0].is_narrowed_otherwise);
  CHECK(effect.changed[0].findings.empty());
  CHECK(effect.keeps_every_verdict());
}

TEST_CASE("the other rulebooks of the registry stay where they are") {
  Board board;
  board.fill();
  static_cast<void>(board.submit());
  json::Value second = example_book();
  second.set("id", "second");
  rule_of(second, "cnam-2021.recipient").set("requires", "false");
  rule_of(second, "cnam-2021.recipient").set("otherwise", "refuse");
  static_cast<void>(adopt_rulebook(board.database(), board.as("secretary-1"),
                                   sample::document(model::DocumentKind::rulebook, second), {}, {},
                                   board.context()));
  json::Value stricter = example_book();
  rule_of(stricter, "cnam-2021.covid-19").set("requires", "false");
  const RuleEffect effect = effect_on(board, example_book(), stricter);
  REQUIRE(effect.changed.size() == 1);
  CHECK(effect.changed[0].from == rules::Verdict::refuse);  // by the second rulebook, before too
  CHECK(effect.changed[0].to == rules::Verdict::refuse);
  CHECK(effect.changed[0].findings.size() == 1);
}
