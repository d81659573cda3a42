// SPDX-License-Identifier: Apache-2.0
// What --json prints is what schemas/output says: no member less, none more.
#include <set>

#include "catch.hpp"
#include "gate/endorsing.hpp"
#include "json/schema.hpp"
#include "model/schema_texts.hpp"
#include "screen/samples.hpp"
#include "screen/schema_walk.hpp"

using namespace octroi;
using namespace octroi::screen;

TEST_CASE("every schema of an output compiles, has a title and says what it is") {
  std::size_t count = 0;
  for (const model::SchemaText& text : model::schema_texts()) {
    if (!text.name.starts_with("output/")) continue;
    const json::Value document = schema_document(text.name);
    INFO(text.name);
    CHECK_NOTHROW(json::Schema::compile(document, text.name));
    CHECK_FALSE(document.text("title").empty());
    CHECK_FALSE(document.text("description").empty());
    ++count;
  }
  CHECK(count >= 20);
}

TEST_CASE("init") {
  require_strict("output/init", to_json(sample::board()), 5);
}

TEST_CASE("members") {
  require_strict("output/members", to_json(sample::members()), 12);
  require_strict("output/member", to_json(sample::members().front()), 6);
  CHECK(to_json(sample::members().front()).find("retired") == nullptr);
  CHECK(to_json(sample::members().back()).find("retired") != nullptr);
}

TEST_CASE("datasets and providers") {
  require_strict("output/catalogue", to_json(sample::catalogue()), 10);
  require_strict("output/catalogue-row", to_json(sample::catalogue().front()), 5);
  CHECK(to_json(sample::catalogue().back()).find("holder") == nullptr);
}

TEST_CASE("adoptions of rulebooks") {
  require_strict("output/adoptions", to_json(sample::adoptions()), 14);
  require_strict("output/adoption", to_json(sample::adoptions().front()), 9);
  CHECK(to_json(sample::adoptions().back()).find("until") == nullptr);
}

TEST_CASE("requests") {
  require_strict("output/requests", to_json(sample::requests()), 14);
  require_strict("output/request-row", to_json(sample::requests().front()), 7);
  CHECK(to_json(sample::requests().back()).find("verdict") == nullptr);
}

TEST_CASE("one request") {
  require_strict("output/request", to_json(sample::details()), 28);
  gate::RequestDetails details = sample::details();
  details.assessment.reset();
  require_strict("output/request", to_json(details), 26);
  details.document.reset();
  details.row.is_erased = true;
  details.decisions.front().is_erased = true;
  require_strict("output/request", to_json(details), 24);
  CHECK(to_json(details).find("document") == nullptr);
}

TEST_CASE("a recorded assessment holds one that its own schema accepts") {
  const json::Value value = to_json(sample::recorded());
  require_strict("output/recorded-assessment", value, 6);
  require_strict("assessment", value.at("assessment"), 60);
}

TEST_CASE("an explanation, with and without what-if") {
  require_strict("output/explanation", to_json(sample::explained()), 100);
  gate::Explained explained = sample::explained();
  explained.what_if.reset();
  explained.explanation.findings.clear();
  require_strict("output/explanation", to_json(explained), 3);
}

TEST_CASE("check prints an assessment or facts, and nothing else") {
  const json::Schema schema =
      json::Schema::compile(schema_document("output/check"), "output/check");
  CHECK(schema.validate(sample::assessment().to_json()).empty());
  const json::Value facts = json::object({{"as_of", "2021-03-01"},
                                          {"request", json::Value::Object{}},
                                          {"host", json::Value::Object{}},
                                          {"datasets", json::Value::Array{}}});
  CHECK(schema.validate(facts).empty());
  CHECK_FALSE(schema.validate(json::Value::Object{}).empty());
  for (const auto& member : facts.as_object()) {
    json::Value::Object less = facts.as_object();
    less.erase(member.first);
    INFO(member.first);
    CHECK_FALSE(schema.validate(less).empty());
  }
}

TEST_CASE("keys, documents and endorsements") {
  const auto keys = sample::board_keys();
  require_strict("output/board-keys", to_json(keys), 8);
  require_strict("output/board-key", to_json(keys.front()), 4);
  const auto documents = sample::documents();
  require_strict("output/documents", to_json(documents), 6);
  require_strict("output/erasure", to_json(gate::ErasedDocuments{documents, true}), 8);
  require_strict("output/endorsement",
                 to_json(gate::EndorsedRelease{"R-2026-0001",
                                               1,
                                               "D-2026-0001",
                                               std::string(64, 'a'),
                                               std::string(64, 'b'),
                                               {"secretary-2"},
                                               1}),
                 7);
  require_strict("output/trust-check", to_json(sample::trust_check()), 4);
}

TEST_CASE("a decision, and one that was not recorded") {
  gate::RecordedDecision decision = sample::decision();
  require_strict("output/recorded-decision", to_json(decision), 12);
  CHECK(to_json(decision).at("ballots").at("for").as_integer() == 6);
  decision.id.clear();
  decision.until.reset();
  require_strict("output/recorded-decision", to_json(decision), 12);
  CHECK(to_json(decision).find("id") == nullptr);
}

TEST_CASE("tokens that were issued, and a dry run without them") {
  gate::Issue issue = sample::issue();
  require_strict("output/issue", to_json(issue), 18);
  issue.tokens.front().text.clear();
  require_strict("output/issue", to_json(issue), 18);
  CHECK(to_json(issue).at("tokens").as_array().front().find("token") == nullptr);
}

TEST_CASE("a verification, with claims and without") {
  gate::Verification verification = sample::verification();
  require_strict("output/verification", to_json(verification), 31);
  verification.claims.reset();
  require_strict("output/verification", to_json(verification), 31);
}

TEST_CASE("every answer to a verification has a name of its own in the schema") {
  std::set<std::string> names;
  for (const auto answer :
       {gate::TokenAnswer::valid, gate::TokenAnswer::malformed, gate::TokenAnswer::bad_signature,
        gate::TokenAnswer::expired, gate::TokenAnswer::not_yet_valid, gate::TokenAnswer::revoked,
        gate::TokenAnswer::suspended, gate::TokenAnswer::status_stale,
        gate::TokenAnswer::status_missing, gate::TokenAnswer::other_use}) {
    gate::Verification verification = sample::verification();
    verification.answer = answer;
    require_strict("output/verification", to_json(verification), 31);
    names.insert(to_json(verification).text("answer"));
  }
  CHECK(names.size() == 10);
}

TEST_CASE("an inspection says that it is none of a verified token") {
  require_strict("output/inspection", to_json(sample::inspection()), 4);
  json::Value value = to_json(sample::inspection());
  value.set("verified", true);
  const json::Schema schema =
      json::Schema::compile(schema_document("output/inspection"), "output/inspection");
  CHECK_FALSE(schema.validate(value).empty());
}

TEST_CASE("a replay") {
  require_strict("output/replay", to_json(sample::replayed()), 30);
}

TEST_CASE("an expression, with and without a value") {
  require_strict("output/rules-eval", to_json(sample::expression()), 2);
  require_strict("output/rules-eval", to_json(sample::expression_without_value()), 2);
}

TEST_CASE("an audit") {
  require_strict("output/audit", to_json(sample::report()), 12);
  CHECK(to_json(sample::report()).find("answer") == nullptr);
  require_strict("output/audit", to_json(sample::token_audit()), 12);
  CHECK(to_json(sample::token_audit()).text("answer") == "damaged");
}

TEST_CASE("how tokens stand") {
  require_strict("output/token-statuses", to_json(sample::token_statuses()), 14);
  CHECK(to_json(sample::token_statuses()).as_array().front().find("since") == nullptr);
}

TEST_CASE("what was done to tokens, and a dry run") {
  gate::TokenChanges changes = sample::token_changes();
  require_strict("output/token-changes", to_json(changes), 21);
  changes.is_done = false;
  changes.from.reset();
  changes.left.clear();
  require_strict("output/token-changes", to_json(changes), 19);
  CHECK(to_json(changes).find("from") == nullptr);
}

TEST_CASE("a status list that was published") {
  require_strict("output/published-status", to_json(sample::published_list()), 9);
}
