// SPDX-License-Identifier: Apache-2.0
#include "gate/token_audit.hpp"

#include "catch.hpp"
#include "crypto/hash.hpp"
#include "gate/acting.hpp"
#include "gate/audit.hpp"
#include "gate/sample_board.hpp"
#include "gate/status_token.hpp"
#include "json/read.hpp"
#include "json/write.hpp"
#include "paseto/v4_public.hpp"
#include "registry/documents.hpp"

using namespace octroi;
using namespace octroi::gate;
using json::Value;
using sample::Board;

namespace {

/// The claims of the token that octroi issues for the sample study. Boards are made alike, so they
/// fit every other one.
Value honest_claims() {
  Board board;
  board.fill();
  const Issue issued = issue(board.database(), board.as("secretary-1"), board.seal(),
                             board.granted(), false, board.context());
  return json::read(paseto::parse(issued.tokens.at(0).text)->message, "token");
}

/// A secretary with the seal and another program: logs these claims as a token of a granted study.
void log_token(Board& board, const Value& claims) {
  const std::string text = paseto::sign(board.seal(), json::canonical(claims),
                                        paseto::kid_footer(board.seal().public_key().id()));
  registry::Transaction transaction(board.database(), registry::Transaction::Kind::write);
  const Digest document =
      registry::store_document(board.database(), "token", text, board.context().random);
  static_cast<void>(act(
      board.database(), board.as("secretary-1"), registry::EventType::token_issued,
      json::object(
          {{"token", claims.text("jti")},
           {"token_sha256", crypto::sha256(text).hex()},
           {"request", claims.text("sub")},
           {"version", claims.at("version").as_integer()},
           {"decision", claims.text("decision")},
           {"holder", claims.text("aud")},
           {"document", document.hex()},
           {"not_before", claims.text("nbf")},
           {"expires", claims.text("exp")},
           {"status", json::object({{"list", 1},
                                    {"index", claims.at("status").at("status_list").at("idx")}})}}),
      board.context()));
  transaction.commit();
}

AuditReport audit_with(const Value& claims) {
  Board board;
  board.fill();
  static_cast<void>(board.granted());
  log_token(board, claims);
  return audit(board.database(), [](std::int64_t, std::int64_t) {});
}

Value with(Value object, const std::string& member, Value value) {
  object.set(member, std::move(value));
  return object;
}

Value and_one(Value array, Value element) {
  array.push(std::move(element));
  return array;
}

const std::string k_digest(64, 'a');

struct Widening {
  const char* member;
  const char* fault;  ///< part of it
  Value (*widen)(const Value& old);
};

const Widening k_widenings[] = {
    {"datasets", "its datasets",
     [](const Value& old) {
       return Value(Value::Array{with(old.as_array()[0], "extent", "sample")});
     }},
    {"datasets", "its datasets",
     [](const Value& old) { return and_one(old, with(old.as_array()[0], "id", "another-base")); }},
    {"users", "its users", [](const Value& old) { return and_one(old, "somebody-else"); }},
    {"purposes", "its purposes", [](const Value&) { return json::strings({"snds:5"}); }},
    {"environment", "its environment",
     [](const Value& old) { return with(old, "provider", "another-host"); }},
    {"conditions", "its conditions", [](const Value&) { return json::strings({"none"}); }},
    {"digests", "its digests", [](const Value& old) { return with(old, "request", k_digest); }},
    {"digests", "its digests", [](const Value& old) { return with(old, "decision", k_digest); }},
    {"digests", "another assessment",
     [](const Value& old) { return with(old, "assessment", k_digest); }},
    {"digests", "its digests",
     [](const Value& old) {
       return with(old, "rulebooks", with(old.at("rulebooks"), "own-rules", k_digest));
     }},
};

}  // namespace

TEST_CASE("a token that says what was granted is sound") {
  const AuditReport report = audit_with(honest_claims());
  for (const AuditFault& fault : report.faults) FAIL_CHECK(fault.what);
  CHECK(report.erased_tokens.empty());
}

TEST_CASE("whoever holds the seal cannot log a token for more than was granted") {
  const Value honest = honest_claims();
  for (const Widening& widening : k_widenings) {
    INFO(widening.fault);
    const Value claims = with(honest, widening.member, widening.widen(honest.at(widening.member)));
    REQUIRE(claims != honest);
    const AuditReport report = audit_with(claims);
    REQUIRE_FALSE(report.is_sound());
    INFO(report.faults.front().what);
    CHECK(report.faults.front().what.find(widening.fault) != std::string::npos);
  }
}

TEST_CASE("a token for longer than was asked is found out") {
  const Value honest = honest_claims();
  const Value claims = with(honest, "exp", "2098-01-01T00:00:00Z");
  // The registry refuses what is past the decision's own end; within it, the audit counts months.
  std::string found;
  try {
    for (const AuditFault& fault : audit_with(claims).faults) found += fault.what;
    CHECK(found.find("its exp") != std::string::npos);
  } catch (const Error& error) {
    found = error.what();
  }
  CHECK_FALSE(found.empty());
}
