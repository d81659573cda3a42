// SPDX-License-Identifier: Apache-2.0
#include "gate/token_reader.hpp"

#include <functional>

#include "catch.hpp"
#include "json/read.hpp"
#include "json/write.hpp"
#include "support/shape_changes.hpp"

using namespace octroi;
using namespace octroi::gate;
using json::Value;

namespace {

/// With every claim that a token can have.
TokenClaims all_claims() {
  TokenClaims claims;
  claims.issuer = "council.example/data-access";
  claims.request = "R-2026-0001";
  claims.request_version = 2;
  claims.holder = "cnam";
  claims.id = "019cad91-2ad0-755f-a83b-68e2670a2df3";
  claims.issued = parse_instant("2026-03-02T08:01:38Z").value();
  claims.not_before = claims.issued;
  claims.expires = parse_instant("2028-02-29T23:59:59Z").value();
  claims.decision = "D-2026-0003";
  claims.datasets = {{"snds-main-base", {"PMSI-MCO", "DCIR"}, "extract", "pseudonymised"},
                     {"registry.2", {}, "whole", "anonymised"},
                     {"survey_3", {"A"}, "sample", "anonymised"}};
  claims.purposes = {"snds:6", "duo:DUO:0000007"};
  claims.environment = "azure-hub";
  claims.service = "project space é";
  claims.users = {"analyst-1", "analyst-2"};
  claims.conditions = {"Nothing leaves the project space.", "Détruites à la fin."};
  const auto digest = [](char digit) { return Digest::from_hex(std::string(64, digit)).value(); };
  claims.endorsements = {digest('1'), digest('2')};
  claims.request_sha256 = digest('3');
  claims.decision_sha256 = digest('4');
  claims.assessment_sha256 = digest('a');
  claims.rulebooks_sha256 = {{"cnam-2021", digest('c')}, {"hds-v2", digest('f')}};
  claims.status = {4846, "https://council.example/data-access/status/1"};
  return claims;
}

/// Whether the claims are read in one pass; then they are those that the schema's shape lets pass.
bool is_read(const std::string& payload) {
  TokenClaims claims;
  if (!read_canonical_claims(payload, claims)) return false;
  if (read_claims(json::read(payload, "payload")) != claims)
    FAIL("not so by the schema: " << payload);
  return true;
}
bool is_read(const Value& payload) {
  return is_read(json::canonical(payload));
}

using Change = std::function<void(Value&)>;
Change set(const std::vector<std::string>& path, const Value& value) {
  return [path, value](Value& payload) {
    Value* at = &payload;
    for (std::size_t i = 0; i + 1 < path.size(); ++i) at = &at->as_object().at(path[i]);
    at->set(path.back(), value);
  };
}
Change set_in_dataset(const std::string& member, const Value& value) {
  return [member, value](Value& payload) {
    payload.as_object().at("datasets").as_array().front().set(member, value);
  };
}
Change all_of(const std::vector<Change>& changes) {
  return [changes](Value& payload) {
    for (const Change& change : changes) change(payload);
  };
}
/// An origin, and the status list that goes with it.
Change set_origin(const std::string& origin) {
  return all_of({set({"iss"}, origin),
                 set({"status", "status_list", "uri"}, "https://" + origin + "/status/1")});
}

std::string letters(std::size_t count) {
  return std::string(count, 'a');
}
/// So many texts that differ, each with this before it.
Value numbered(const std::string& before, std::size_t count) {
  Value all = Value::Array{};
  for (std::size_t i = 0; i < count; ++i) all.push(before + std::to_string(i));
  return all;
}
Value digests(std::size_t count) {
  Value all = Value::Array{};
  for (std::size_t i = 0; i < count; ++i) {
    all.push(std::to_string(100 + i) + std::string(61, '0'));
  }
  return all;
}
Value rulebooks(std::size_t count) {
  Value all = Value::Object{};
  for (std::size_t i = 0; i < count; ++i) all.set(std::to_string(i), std::string(64, '0'));
  return all;
}
Value datasets(std::size_t count) {
  const Value one = json::object(
      {{"components", Value::Array{}}, {"extent", "whole"}, {"format", "anonymised"}, {"id", "a"}});
  return Value::Array(count, one);
}

}  // namespace

TEST_CASE("what octroi writes of a token's claims is read in one pass") {
  TokenClaims claims = all_claims();
  CHECK(is_read(to_json(claims)));
  TokenClaims read;
  REQUIRE(read_canonical_claims(json::canonical(to_json(claims)), read));
  CHECK(read == claims);
  claims.endorsements.clear();
  claims.service.clear();
  claims.conditions.clear();
  CHECK(is_read(to_json(claims)));
}

TEST_CASE("no value is read in one pass that the schema refuses") {
  int count = 0;
  test::for_each_change(to_json(all_claims()),
                        [&](const Value& changed) { count += is_read(changed) ? 1 : 0; });
  CHECK(count > 1000);
}

TEST_CASE("no text is read in one pass that the schema refuses") {
  const std::string payload = json::canonical(to_json(all_claims()));
  int count = 0;
  for (std::size_t at = 0; at < payload.size(); ++at) {
    for (const char other : std::string_view("\"\\{}[]:,-_./ 0179aAfgZ\n\x7f\xc3\xa9")) {
      std::string changed = payload;
      changed[at] = other;
      count += is_read(changed) ? 1 : 0;
    }
    std::string less = payload;
    less.erase(at, 1);
    count += is_read(less) ? 1 : 0;
    std::string more = payload;
    more.insert(at, 1, payload[at]);
    count += is_read(more) ? 1 : 0;
    CHECK_FALSE(is_read(payload.substr(0, at)));
  }
  CHECK(count > 1000);
  for (const char* after : {" ", "}", ",", "\n", "{}"}) CHECK_FALSE(is_read(payload + after));
}

TEST_CASE("the widest claims that are read in one pass are within the schema") {
  struct Row {
    Change widest;
    Change beyond;
  };
  const std::string origin =
      letters(63) + "/" + letters(64) + "/" + letters(64) + "/" + letters(64) + "/" + letters(64);
  const std::vector<Row> rows = {
      {set({"aud"}, letters(64)), set({"aud"}, letters(65))},
      {set({"conditions"}, numbered("", 100)), set({"conditions"}, numbered("", 101))},
      {set({"conditions"}, json::strings({letters(2000)})),
       set({"conditions"}, json::strings({letters(2001)}))},
      {set({"datasets"}, datasets(100)), set({"datasets"}, datasets(101))},
      {set_in_dataset("components", numbered(letters(62), 100)),
       set_in_dataset("components", numbered(letters(62), 101))},
      {set_in_dataset("components", json::strings({letters(64)})),
       set_in_dataset("components", json::strings({letters(65)}))},
      {set({"decision"}, "D-2026-" + std::string(64, '1')),
       set({"decision"}, "D-2026-" + std::string(65, '1'))},
      {set({"endorsements"}, digests(100)), set({"endorsements"}, digests(101))},
      {set({"digests", "rulebooks"}, rulebooks(100)),
       set({"digests", "rulebooks"}, rulebooks(101))},
      {set({"environment", "service"}, letters(200)),
       set({"environment", "service"}, letters(201))},
      {set_origin(origin), set_origin(origin + "/a")},
      {set_origin(origin), set_origin("a" + origin)},
      {set_origin(origin), set_origin(origin + "a")},
      {set({"purposes"}, numbered("a:", 100)), set({"purposes"}, numbered("a:", 101))},
      {set({"purposes"}, json::strings({letters(16) + ":" + letters(64)})),
       set({"purposes"}, json::strings({letters(17) + ":" + letters(64)}))},
      {set({"purposes"}, json::strings({letters(16) + ":" + letters(64)})),
       set({"purposes"}, json::strings({letters(16) + ":" + letters(65)}))},
      {set({"status", "status_list", "idx"}, 65535), set({"status", "status_list", "idx"}, 65536)},
      {set({"status", "status_list", "uri"}, all_claims().status.uri + "99999"),
       set({"status", "status_list", "uri"}, all_claims().status.uri + "999999")},
      {set({"users"}, numbered(letters(62), 100)), set({"users"}, numbered(letters(62), 101))},
      {set({"version"}, 100000), set({"version"}, 100001)}};
  const Value claims = to_json(all_claims());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    INFO(i);
    Value widest = claims;
    rows[i].widest(widest);
    CHECK(is_read(widest));
    Value beyond = claims;
    rows[i].beyond(beyond);
    CHECK_FALSE(is_read(beyond));
  }
}

TEST_CASE("what one pass does not read is left to the schema") {
  const std::string plain = json::canonical(to_json(all_claims()));
  CHECK(read_payload(plain) == all_claims());
  TokenClaims claims = all_claims();
  claims.conditions = {"\"as it is\""};
  claims.status.uri = "https://another.example/status/1";
  const std::vector<std::string> others = {json::canonical(to_json(claims)),
                                           json::pretty(to_json(claims))};
  for (const std::string& payload : others) {
    CHECK_FALSE(is_read(payload));
    CHECK(read_payload(payload) == claims);
  }
}
