// SPDX-License-Identifier: Apache-2.0
// schemas/event.schema.json and schemas/token.schema.json, which everything signed has to satisfy.
#include "catch.hpp"
#include "json/schema.hpp"
#include "screen/samples.hpp"
#include "screen/schema_walk.hpp"

using namespace octroi;
using namespace octroi::screen;
using json::object;
using json::strings;
using json::Value;

namespace {

const std::string k_digest(64, 'a');
const std::string k_key = "k4.public." + std::string(43, 'A');
const std::string k_kid = "k4.pid." + std::string(44, 'K');
const std::string k_sig(86, 'S');
const std::string k_vkey = "council.example/data+0123abcd+" + std::string(44, 'B');
constexpr const char* k_uuid = "01932a5e-7c00-7000-8000-0123456789ab";
constexpr const char* k_uri = "https://council.example/data/status/1";
constexpr const char* k_time = "2026-11-20T10:00:00Z";

Value list(std::initializer_list<Value> items) {
  return Value::Array(items);
}

struct Row {
  const char* type;
  std::size_t members;  ///< required ones of the body, at any depth
  Value body;
};

const std::vector<Row>& rows() {
  static const std::vector<Row> k_rows = {
      {"board.founded", 9,
       object({{"document", k_digest},
               {"seal", k_key},
               {"majority", "unanimity-of-positions"},
               {"seats", 9},
               {"present_min", 5},
               {"endorsements", 2},
               {"log_key", k_vkey},
               {"members", list({object({{"id", "secretary-1"},
                                         {"key", k_key},
                                         {"roles", strings({"secretary"})}})})}})},
      {"member.added", 3,
       object({{"member", "m-1"}, {"key", k_key}, {"roles", strings({"researcher"})}})},
      {"member.retired", 1, object({{"member", "m-1"}})},
      {"dataset.added", 4,
       object({{"dataset", "d"}, {"version", 1}, {"holder", "cnam"}, {"document", k_digest}})},
      {"provider.added", 3, object({{"provider", "p"}, {"version", 1}, {"document", k_digest}})},
      {"hierarchy.added", 3,
       object({{"hierarchy", "mondo"}, {"version", 1}, {"document", k_digest}})},
      {"rulebook.adopted", 4,
       object({{"rulebook", "cnam-2021"},
               {"sha256", k_digest},
               {"document", k_digest},
               {"from", "2021-02-19"},
               {"until", "2030-01-01"}})},
      {"request.submitted", 3,
       object({{"request", "R-2026-0001"}, {"version", 1}, {"document", k_digest}})},
      {"request.withdrawn", 1, object({{"request", "R-2026-0001"}})},
      {"request.assessed", 12,
       object({{"request", "R-2026-0001"},
               {"version", 1},
               {"document", k_digest},
               {"sha256", k_digest},
               {"as_of", "2021-03-01"},
               {"verdict", "refer"},
               {"datasets",
                list({object({{"dataset", "d"}, {"verdict", "refer"}, {"holder", "cnam"}})})},
               {"referred",
                list({object({{"finding", "d/cnam-2021.recipient"}, {"dataset", "d"}})})}})},
      {"decision.recorded", 14,
       object({{"decision", "D-2026-0001"},
               {"request", "R-2026-0001"},
               {"version", 1},
               {"document", k_digest},
               {"minutes_sha256", k_digest},
               {"result", "granted"},
               {"date", "2026-11-19"},
               {"ballots", object({{"for", 6}, {"against", 0}, {"abstaining", 2}, {"absent", 1}})},
               {"datasets", strings({"d"})},
               {"resolves", strings({"d/cnam-2021.recipient"})},
               {"until", "2027-01-01"}})},
      {"token.issued", 12,
       object({{"token", k_uuid},
               {"token_sha256", k_digest},
               {"request", "R-2026-0001"},
               {"version", 1},
               {"decision", "D-2026-0001"},
               {"holder", "cnam"},
               {"document", k_digest},
               {"not_before", k_time},
               {"expires", k_time},
               {"status", object({{"list", 1}, {"index", 65'535}})}})},
      {"token.revoked", 3,
       object({{"tokens", strings({k_uuid})},
               {"reason", "decision-annulled"},
               {"from", k_time},
               {"document", k_digest}})},
      {"token.suspended", 3,
       object({{"tokens", strings({k_uuid})},
               {"reason", "under-inquiry"},
               {"from", k_time},
               {"document", k_digest}})},
      {"token.resumed", 3,
       object({{"tokens", strings({k_uuid})},
               {"reason", "inquiry-closed"},
               {"from", k_time},
               {"document", k_digest}})},
      {"status.published", 5,
       object({{"list", 1},
               {"sha256", k_digest},
               {"document", k_digest},
               {"next_update", k_time},
               {"expires", k_time}})},
      {"seal.rotated", 3,
       object({{"seal", k_key}, {"previous", k_kid}, {"proof", k_sig}, {"handover", k_sig}})},
      {"log_key.rotated", 2,
       object({{"log_key", k_vkey}, {"previous", k_kid}, {"proof", k_sig}, {"handover", k_sig}})},
      {"member.rekeyed", 4,
       object({{"member", "m-1"}, {"key", k_key}, {"previous", k_kid}, {"proof", k_sig}})},
      {"key.retired", 2, object({{"kid", k_kid}, {"compromised_from", k_time}})},
      {"release.endorsed", 4,
       object({{"request", "R-2026-0001"},
               {"version", 1},
               {"decision", "D-2026-0001"},
               {"assessment_sha256", k_digest}})},
      {"document.erased", 3,
       object({{"erased", strings({k_digest})},
               {"reason", "data-subject"},
               {"authority", "gdpr-17"}})},
  };
  return k_rows;
}

Value event(const Row& row) {
  return object({{"iss", k_kid},
                 {"sub", row.type},
                 {"jti", k_uuid},
                 {"iat", k_time},
                 {"log", "council.example/data"},
                 {"seq", 0},
                 {"prev", k_digest},
                 {"body", row.body}});
}

bool accepts(std::string_view name, const Value& value) {
  return json::Schema::compile(schema_document(name), name).validate(value).empty();
}

struct Change {
  const char* member;
  Value value;
};

}  // namespace

TEST_CASE("an event of every type is valid, and no member of it can go or come") {
  CHECK(rows().size() == 22);
  for (const Row& row : rows()) {
    INFO(row.type);
    require_strict("event", event(row), 8 + 2 + row.members);
  }
}

TEST_CASE("an event has the body of its own type and of no other") {
  for (const Row& row : rows()) {
    for (const Row& other : rows()) {
      Value mixed = event(row);
      mixed.set("body", other.body);
      INFO(row.type << " with the body of " << other.type);
      CHECK(accepts("event", mixed) == (&row == &other));
    }
  }
}

TEST_CASE("an event's own members have one form only") {
  const Change changes[] = {
      {"iss", "k4.public." + std::string(43, 'A')},
      {"iss", "k4.pid.short"},
      {"sub", "board.dissolved"},
      {"sub", "Member.added"},
      {"jti", "01932a5e-7c00-4000-8000-0123456789ab"},
      {"jti", "01932A5E-7C00-7000-8000-0123456789AB"},
      {"iat", "2026-11-20T10:00:00+01:00"},
      {"iat", "2026-11-20T10:00:00.5Z"},
      {"iat", "2026-13-20T10:00:00Z"},
      {"iat", "2026-11-20"},
      {"log", "https://council.example"},
      {"log", ""},
      {"log", "council.example/x\n"},
      {"seq", -1},
      {"seq", "0"},
      {"prev", std::string(63, 'a')},
      {"prev", std::string(64, 'A')},
      {"prev", std::string(65, 'a')},
      {"body", Value::Array{}},
  };
  for (const Change& change : changes) {
    Value value = event(rows().front());
    value.set(change.member, change.value);
    INFO(change.member);
    CHECK_FALSE(accepts("event", value));
  }
}

TEST_CASE("an event has no place for free text") {
  const std::string sentence = "A name, and what was said.";
  for (const Row& row : rows()) {
    for (const auto& [name, member] : row.body.as_object()) {
      if (!member.is_string()) continue;
      Value value = event(row);
      Value body = row.body;
      body.set(name, sentence);
      value.set("body", body);
      INFO(row.type << " " << name);
      CHECK_FALSE(accepts("event", value));
    }
  }
}

TEST_CASE("a token is what its claims say, and no member of it can go or come") {
  require_strict("token", to_json(sample::claims()), 30);
  gate::TokenClaims claims = sample::claims();
  claims.service.clear();
  claims.datasets.front().components.clear();
  require_strict("token", to_json(claims), 30);
  CHECK(gate::read_claims(to_json(claims)) == claims);
}

TEST_CASE("a token's claims have one form only") {
  const Change changes[] = {
      {"iss", "https://council.example"},
      {"sub", "R-26-1"},
      {"aud", "CNAM"},
      {"jti", "01932a5e-7c00-4000-8000-0123456789ab"},
      {"exp", "2026-11-20"},
      {"nbf", "2026-11-20T10:00:00+00:00"},
      {"version", 0},
      {"decision", "R-2026-0001"},
      {"datasets", Value::Array{}},
      {"purposes", Value::Array{}},
      {"purposes", strings({"research"})},
      {"purposes", strings({"snds:6", "snds:6"})},
      {"users", strings({"Marie Curie"})},
      {"conditions", strings({""})},
      {"status", object({})},
      {"status", object({{"status_list", object({{"idx", 65'536}, {"uri", k_uri}})}})},
      {"status", object({{"status_list", object({{"idx", -1}, {"uri", k_uri}})}})},
      {"status", object({{"status_list", object({{"idx", 1}, {"uri", "http://a.b/status/1"}})}})},
  };
  for (const Change& change : changes) {
    Value value = to_json(sample::claims());
    value.set(change.member, change.value);
    INFO(change.member);
    CHECK_FALSE(accepts("token", value));
  }
}

TEST_CASE("a token names at least one rulebook") {
  gate::TokenClaims claims = sample::claims();
  claims.rulebooks_sha256.clear();
  CHECK_FALSE(accepts("token", to_json(claims)));
}

TEST_CASE("the reasons of events on tokens are those that the registry knows") {
  const Value schema = schema_document("event");
  const std::pair<registry::TokenAct, const char*> rows[] = {
      {registry::TokenAct::revoked, "token_revoked"},
      {registry::TokenAct::suspended, "token_suspended"},
      {registry::TokenAct::resumed, "token_resumed"}};
  for (const auto& [act, name] : rows) {
    std::vector<std::string> known;
    for (const std::string_view code : registry::reasons_for(act)) known.emplace_back(code);
    const Value& reason = schema.at("definitions").at(name).at("properties").at("reason");
    INFO(name);
    CHECK(json::to_strings(&reason.at("enum")) == known);
  }
}
