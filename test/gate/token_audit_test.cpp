// SPDX-License-Identifier: Apache-2.0
#include "gate/token_audit.hpp"

#include <algorithm>
#include <iterator>

#include "catch.hpp"
#include "gate/endorsing.hpp"
#include "gate/erasing.hpp"
#include "gate/forged_log.hpp"
#include "gate/token_status.hpp"
#include "json/read.hpp"
#include "paseto/v4_public.hpp"

using namespace octroi;
using namespace octroi::gate;
using json::Value;
using sample::Board;
using sample::faults_of;
using sample::log_token;
using sample::with;

namespace {

Value claims_issued(Board& board, const std::string& request, const char* member) {
  const Issue issued =
      issue(board.database(), board.as(member), board.seal(), request, false, board.context());
  return json::read(paseto::parse(issued.tokens.at(0).text)->message, "token");
}

/// The claims of the token that octroi issues for the sample study. Boards are made alike, so they
/// fit every other one.
Value honest_claims() {
  Board board;
  board.fill();
  return claims_issued(board, board.granted(), "secretary-1");
}

AuditReport audit_with(const Value& claims) {
  Board board;
  board.fill();
  static_cast<void>(board.granted());
  log_token(board, claims);
  return audit(board.database(), board.now(), [](std::int64_t, std::int64_t) {});
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
    {"iat", "its iat", [](const Value&) { return Value("2026-11-20T11:00:00Z"); }},
    {"version", "its version", [](const Value&) { return Value(2); }},
    {"exp", "its exp", [](const Value&) { return Value("2098-01-01T00:00:00Z"); }},
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
  const Value claims = with(honest_claims(), "exp", "2098-01-01T00:00:00Z");
  const AuditReport report = audit_with(claims);
  REQUIRE(report.faults.size() == 1);
  CHECK(report.faults.front().what.find("its exp is not what") != std::string::npos);
}

namespace {

/// Faults of a board whose study was granted, the token logged and revoked, and one of its
/// documents erased.
AuditReport audit_without(const char* kind, const Value& claims) {
  Board board;
  board.fill();
  const std::string request = board.granted();
  log_token(board, claims);
  TokenSelection selection;
  selection.tokens = {claims.text("jti")};
  const TokenChange change{registry::TokenAct::revoked, "data-breach", "", {}};
  static_cast<void>(change_tokens(board.database(), board.as("secretary-1"),
                                  plan_changes(board.database(), selection, change, board.now()),
                                  change, board.context()));
  ErasureOrder order{{}, {}, "data-subject", "gdpr-17"};
  for (const DocumentRow& row : list_documents(board.database(), request)) {
    if (row.kind == kind) order.documents.push_back(row.digest);
  }
  REQUIRE(order.documents.size() == 1);
  static_cast<void>(
      erase_documents(board.database(), board.as("secretary-1"), order, false, board.context()));
  return audit(board.database(), board.now(), [](std::int64_t, std::int64_t) {});
}

struct Hidden {
  const char* erased;
  const char* member;
  const char* fault;  ///< part of it
};

/// Forgeries of k_widenings that stand out though a document is gone.
const Hidden k_hidden[] = {{"assessment", "purposes", "its purposes"},
                           {"assessment", "environment", "its environment"},
                           {"assessment", "users", "its users"},
                           {"assessment", "exp", "its exp"},
                           {"decision", "users", "its users"},
                           {"decision", "exp", "its exp"},
                           {"request", "iat", "its iat"},
                           {"request", "version", "its version"}};

}  // namespace

TEST_CASE("erasing a document hides no claim that the others give") {
  const Value honest = honest_claims();
  for (const Hidden& hidden : k_hidden) {
    INFO(hidden.erased << " " << hidden.member);
    const Widening* widening =
        std::find_if(std::begin(k_widenings), std::end(k_widenings),
                     [&](const Widening& one) { return std::string(one.member) == hidden.member; });
    REQUIRE(widening != std::end(k_widenings));
    const AuditReport report = audit_without(
        hidden.erased, with(honest, hidden.member, widening->widen(honest.at(hidden.member))));
    REQUIRE_FALSE(report.is_sound());
    INFO(report.faults.front().what);
    CHECK(report.faults.front().what.find(hidden.fault) != std::string::npos);
  }
  // Another dataset than was granted stands out without the request.
  const AuditReport report = audit_without(
      "request",
      with(honest, "datasets",
           Value(Value::Array{with(honest.at("datasets").as_array()[0], "id", "another-base")})));
  REQUIRE_FALSE(report.is_sound());
  CHECK(report.faults.front().what.find("its datasets") != std::string::npos);
}

TEST_CASE("an honest token stays sound when a document is erased, and is named as seen in part") {
  const Value honest = honest_claims();
  for (const char* kind : {"request", "decision", "assessment"}) {
    INFO(kind);
    const AuditReport report = audit_without(kind, honest);
    for (const AuditFault& fault : report.faults) FAIL_CHECK(fault.what);
    const AuditGap gap{AuditGapKind::tokens_in_part, {honest.text("jti")}};
    CHECK(std::count(report.not_checked.begin(), report.not_checked.end(), gap) == 1);
  }
}

TEST_CASE("of two assessments of one second, a token names the one that stood") {
  std::string first;
  const auto grant = [&first](Board& board) {
    board.fill();
    const std::string request = board.submit();
    first = assess(board.database(), board.as("secretary-1"), request, board.context()).sha256;
    Value provider = sample::example("cnam-2021/provider-azure-hub.json");
    provider.set("name", "Another name");
    static_cast<void>(add_provider(board.database(), board.as("secretary-1"),
                                   sample::document(model::DocumentKind::provider, provider),
                                   board.context()));
    static_cast<void>(assess(board.database(), board.as("secretary-1"), request, board.context()));
    static_cast<void>(decide(board.database(), board.as("secretary-1"), board.grant(request), false,
                             board.context()));
    return request;
  };
  Board honest;
  const std::string request = grant(honest);
  const Value claims = claims_issued(honest, request, "secretary-1");
  CHECK(faults_of(honest).empty());
  REQUIRE(claims.at("digests").text("assessment") != first);
  Board forged;
  grant(forged);
  log_token(forged, with(claims, "digests", with(claims.at("digests"), "assessment", first)));
  CHECK(faults_of(forged).find("another assessment than the one that stood") != std::string::npos);
}

TEST_CASE("a token does not name the endorsement of who issued it in the place of another's") {
  std::string own;
  const auto endorsed = [&own](Board& board) {
    board.fill();
    const std::string request = board.granted();
    own = endorse(board.database(), board.as("secretary-2"), request, board.context()).event_sha256;
    static_cast<void>(endorse(board.database(), board.as("secretary-3"), request, board.context()));
    return request;
  };
  Board honest(1);
  const std::string request = endorsed(honest);
  const Value claims = claims_issued(honest, request, "secretary-2");
  CHECK(faults_of(honest).empty());
  Board forged(1);
  endorsed(forged);
  log_token(forged, with(claims, "endorsements", json::strings({own})), "secretary-2");
  CHECK(faults_of(forged).find("an endorsement by who issued it") != std::string::npos);
  Board twice(1);
  endorsed(twice);
  log_token(twice, with(claims, "endorsements", json::strings({own, own})), "secretary-1");
  CHECK_FALSE(faults_of(twice).empty());
  Board both(1);
  endorsed(both);
  Value two = claims.at("endorsements");
  two.push(own);
  log_token(both, with(claims, "endorsements", two), "secretary-1");
  CHECK(faults_of(both).empty());
}
