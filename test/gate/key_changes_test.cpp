// SPDX-License-Identifier: Apache-2.0
#include "gate/key_changes.hpp"

#include "catch.hpp"
#include "crypto/vkey.hpp"
#include "gate/audit.hpp"
#include "gate/sample_board.hpp"
#include "gate/status_publishing.hpp"
#include "gate/trust.hpp"
#include "gate/verifying.hpp"
#include "json/write.hpp"
#include "paseto/v4_public.hpp"
#include "registry/key_statement.hpp"
#include "registry/log.hpp"

using namespace octroi;
using namespace octroi::gate;
using registry::EventType;
using sample::Board;
using sample::error_of;

namespace {

constexpr const char* k_origin = "council.example/data-access";

Use any() {
  Use use;
  use.is_for_any = true;
  return use;
}

AuditReport audit_of(Board& board) {
  AuditReport report = audit(board.database(), board.now(), [](std::int64_t, std::int64_t) {});
  for (const AuditFault& fault : report.faults) FAIL_CHECK(fault.what);
  return report;
}

std::string token_under(Board& board, const crypto::SecretKey& seal) {
  return issue(board.database(), board.as("secretary-1"), seal, board.granted(), false,
               board.context())
      .tokens.front()
      .text;
}

TokenAnswer answer(Board& board, const std::string& token) {
  return verify_token(token,
                      sample::document(model::DocumentKind::trust, export_trust(board.database())),
                      any(), board.now())
      .answer;
}

/// Appends an event as another program with a member's key could, past the gate.
void append(Board& board, EventType type, json::Value body, const crypto::SecretKey& key) {
  registry::Transaction transaction(board.database(), registry::Transaction::Kind::write);
  registry::append(board.database(), type, std::move(body), key, board.now(),
                   board.context().random);
  transaction.commit();
}

const std::chrono::hours k_hour(1);

}  // namespace

TEST_CASE("a new seal: what the old one signed in its time stays valid, later it signs nothing") {
  Board board;
  board.fill();
  const std::string first = token_under(board, board.seal());
  board.pass(k_hour);
  const crypto::SecretKey next = sample::key_of("next seal");
  const BoardKey row =
      rotate_seal(board.database(), board.as("secretary-1"), next, &board.seal(), board.context());
  CHECK(row.kid == next.public_key().id().text);
  CHECK(row.use == "seal");
  board.pass(k_hour);
  error_of(ErrorCode::not_allowed, [&] { token_under(board, board.seal()); });
  const std::string second = token_under(board, next);
  CHECK(answer(board, first) == TokenAnswer::valid);
  CHECK(answer(board, second) == TokenAnswer::valid);
  // The old seal signs a token of today, outside the registry.
  const model::Document trust =
      sample::document(model::DocumentKind::trust, export_trust(board.database()));
  TokenClaims claims = *verify_token(second, trust, any(), board.now()).claims;
  const auto sealed_by_old = [&](const TokenClaims& forged) {
    return paseto::sign(board.seal(), json::canonical(to_json(forged)),
                        paseto::kid_footer(board.seal().public_key().id()));
  };
  CHECK(answer(board, sealed_by_old(claims)) == TokenAnswer::bad_signature);
  claims.issued -= k_hour * 2;  // its nbf alone is outside now
  CHECK(answer(board, sealed_by_old(claims)) == TokenAnswer::bad_signature);
  CHECK(audit_of(board).touched.empty());
}

TEST_CASE("a rotation needs the new key, and only the key in force hands over") {
  Board board;
  const crypto::SecretKey next = sample::key_of("next seal");
  const crypto::SecretKey stranger = sample::key_of("stranger");
  const std::string old_kid = board.seal().public_key().id().text;
  const registry::KeyStatement right{k_origin, "seal", "", old_kid, next.public_key().paserk()};
  const auto body = [&](const registry::KeyStatement& statement, const crypto::SecretKey& prover,
                        const crypto::SecretKey& giver) {
    return json::object({{"seal", next.public_key().paserk()},
                         {"previous", old_kid},
                         {"proof", registry::sign_statement(statement, prover)},
                         {"handover", registry::sign_statement(statement, giver)}});
  };
  const auto refused = [&](const json::Value& event) {
    error_of(ErrorCode::not_allowed,
             [&] { append(board, EventType::seal_rotated, event, board.as("secretary-1").key); });
  };
  refused(body(right, stranger, board.seal()));
  refused(body(right, next, stranger));
  const std::pair<const char*, registry::KeyStatement> others[] = {
      {"another log", {"other.example", "seal", "", old_kid, next.public_key().paserk()}},
      {"another use", {k_origin, "log", "", old_kid, next.public_key().paserk()}},
      {"a member", {k_origin, "seal", "secretary-1", old_kid, next.public_key().paserk()}},
      {"another predecessor", {k_origin, "seal", "", "", next.public_key().paserk()}},
      {"another key", {k_origin, "seal", "", old_kid, stranger.public_key().paserk()}},
  };
  for (const auto& [name, statement] : others) {
    INFO(name);
    refused(body(statement, next, board.seal()));
  }
  json::Value wrong_previous = body(right, next, board.seal());
  wrong_previous.set("previous", stranger.public_key().id().text);
  refused(wrong_previous);
  append(board, EventType::seal_rotated, body(right, next, board.seal()),
         board.as("secretary-1").key);
  refused(body(right, next, board.seal()));  // said again
  audit_of(board);
}

TEST_CASE("a key that has or had a use never gets another") {
  Board board;
  const auto rotate = [&](const crypto::SecretKey& key) {
    return rotate_seal(board.database(), board.as("secretary-1"), key, &board.seal(),
                       board.context());
  };
  error_of(ErrorCode::not_allowed, [&] { static_cast<void>(rotate(board.seal())); });
  error_of(ErrorCode::not_allowed,
           [&] { static_cast<void>(rotate(board.as("researcher-1").key)); });
  const crypto::SecretKey next = sample::key_of("next seal");
  static_cast<void>(rotate(next));
  for (const crypto::SecretKey* key : {&board.seal(), &next}) {
    error_of(ErrorCode::not_allowed, [&] {
      static_cast<void>(rotate_log_key(board.database(), board.as("secretary-1"), *key, nullptr,
                                       board.context()));
    });
    error_of(ErrorCode::not_allowed, [&] {
      static_cast<void>(add_member(board.database(), board.as("secretary-1"), "new-one",
                                   key->public_key(), {"auditor"}, board.context()));
    });
  }
}

TEST_CASE("a member's new key: the old one acts no more, and what it signed stays") {
  Board board;
  board.fill();
  const std::string request = board.submit();
  const crypto::SecretKey next = sample::key_of("researcher-1 in 2027");
  static_cast<void>(rekey_member(board.database(), board.as("researcher-1"), "researcher-1", next,
                                 board.context()));
  error_of(ErrorCode::not_allowed, [&] {
    static_cast<void>(
        withdraw(board.database(), board.as("researcher-1"), request, board.context()));
  });
  const std::string message = error_of(ErrorCode::not_allowed, [&] {
    append(board, EventType::request_withdrawn, json::object({{"request", request}}),
           board.as("researcher-1").key);
  });
  CHECK(message.find("was replaced on") != std::string::npos);
  CHECK(withdraw(board.database(), {"researcher-1", next}, request, board.context()).state ==
        "withdrawn");
  CHECK(audit_of(board).touched.empty());
}

TEST_CASE("who may give a member a new key") {
  const crypto::SecretKey next = sample::key_of("next");
  const auto rekey = [&](Board& board, const char* actor, const char* member) {
    return rekey_member(board.database(), board.as(actor), member, next, board.context());
  };
  Board board;
  error_of(ErrorCode::not_allowed,
           [&] { static_cast<void>(rekey(board, "researcher-1", "researcher-2")); });
  error_of(ErrorCode::not_allowed,
           [&] { static_cast<void>(rekey(board, "auditor-1", "secretary-1")); });
  error_of(ErrorCode::bad_input, [&] { static_cast<void>(rekey(board, "secretary-1", "Nobody")); });
  CHECK(rekey(board, "secretary-1", "secretary-2").owner == "secretary-2");
  // Where releases take two persons, nobody gets hold of another secretary's powers.
  Board strict(1);
  error_of(ErrorCode::not_allowed,
           [&] { static_cast<void>(rekey(strict, "secretary-1", "secretary-2")); });
  CHECK(rekey(strict, "secretary-2", "secretary-2").owner == "secretary-2");
}

TEST_CASE("a member's key is not entered without the key itself") {
  Board board;
  const crypto::SecretKey theirs = sample::key_of("somebody else's");
  const std::string previous = board.as("researcher-1").key.public_key().id().text;
  const registry::KeyStatement statement{k_origin, "member", "researcher-1", previous,
                                         theirs.public_key().paserk()};
  error_of(ErrorCode::not_allowed, [&] {
    append(board, EventType::member_rekeyed,
           json::object(
               {{"member", "researcher-1"},
                {"key", theirs.public_key().paserk()},
                {"previous", previous},
                {"proof", registry::sign_statement(statement, board.as("researcher-1").key)}}),
           board.as("researcher-1").key);
  });
}

TEST_CASE("a compromised seal: its tokens from that moment on are refused, and listed") {
  Board board;
  board.fill();
  const std::string before = token_under(board, board.seal());
  board.pass(k_hour);
  const Instant stolen = board.now();
  board.pass(k_hour);
  const std::string after = token_under(board, board.seal());
  CHECK(answer(board, after) == TokenAnswer::valid);
  static_cast<void>(
      publish_status(board.database(), board.as("secretary-1"), board.seal(), {}, board.context()));
  board.pass(k_hour);
  const BoardKey row = retire_key(board.database(), board.as("secretary-2"),
                                  board.seal().public_key().id(), stolen, board.context());
  CHECK(row.compromised_from == stolen);
  CHECK(answer(board, before) == TokenAnswer::valid);
  CHECK(answer(board, after) == TokenAnswer::bad_signature);
  const AuditReport report = audit_of(board);
  REQUIRE(report.touched.size() == 2);
  CHECK(report.touched.front().type == "token");
  CHECK(report.touched.front().kid == board.seal().public_key().id().text);
  CHECK(report.touched.back().type == "status-list");
  error_of(ErrorCode::not_allowed, [&] { token_under(board, board.seal()); });
  // It hands nothing over any more, but another seal can take its place.
  const crypto::SecretKey next = sample::key_of("next seal");
  error_of(ErrorCode::not_allowed, [&] {
    static_cast<void>(rotate_seal(board.database(), board.as("secretary-1"), next, &board.seal(),
                                  board.context()));
  });
  static_cast<void>(
      rotate_seal(board.database(), board.as("secretary-1"), next, nullptr, board.context()));
  CHECK(answer(board, token_under(board, next)) == TokenAnswer::valid);
  CHECK(audit_of(board).touched.size() == 2);
}

TEST_CASE("a compromised member's key: what it signed since is listed, and it acts no more") {
  Board board;
  board.fill();
  board.pass(k_hour);
  const Instant stolen = board.now();
  const std::string request = board.submit();
  board.pass(k_hour);
  const crypto::KeyId kid = board.as("researcher-1").key.public_key().id();
  static_cast<void>(
      retire_key(board.database(), board.as("secretary-1"), kid, stolen, board.context()));
  error_of(ErrorCode::not_allowed, [&] { board.submit(); });
  const AuditReport report = audit_of(board);
  REQUIRE(report.touched.size() == 1);
  CHECK(report.touched.front().type == "request.submitted");
  // An earlier moment may be learnt of later, not a later one.
  error_of(ErrorCode::not_allowed, [&] {
    static_cast<void>(
        retire_key(board.database(), board.as("secretary-1"), kid, board.now(), board.context()));
  });
  CHECK(retire_key(board.database(), board.as("secretary-1"), kid, stolen - k_hour, board.context())
            .compromised_from == stolen - k_hour);
  const crypto::SecretKey next = sample::key_of("next");
  static_cast<void>(rekey_member(board.database(), board.as("secretary-1"), "researcher-1", next,
                                 board.context()));
  CHECK(withdraw(board.database(), {"researcher-1", next}, request, board.context()).state ==
        "withdrawn");
  audit_of(board);
}

TEST_CASE("a key does not retire itself, and nothing is retired from the future or unknown") {
  Board board;
  const auto retire = [&](const crypto::KeyId& kid, Instant from) {
    static_cast<void>(
        retire_key(board.database(), board.as("secretary-1"), kid, from, board.context()));
  };
  error_of(ErrorCode::not_allowed,
           [&] { retire(board.as("secretary-1").key.public_key().id(), board.now()); });
  error_of(ErrorCode::bad_input,
           [&] { retire(board.seal().public_key().id(), board.now() + k_hour); });
  error_of(ErrorCode::bad_input,
           [&] { retire(sample::key_of("stranger").public_key().id(), board.now()); });
  error_of(ErrorCode::bad_input, [&] { retire({"k4.pid.no"}, board.now()); });
  // The last secretary with a key that works stays.
  retire(board.as("secretary-2").key.public_key().id(), board.now());
  error_of(ErrorCode::not_allowed, [&] {
    static_cast<void>(
        retire_member(board.database(), board.as("secretary-1"), "secretary-1", board.context()));
  });
}

TEST_CASE("a log key is entered, rotated and exported as a verifier key named like the log") {
  Board board;
  const crypto::SecretKey first = sample::key_of("log");
  const crypto::SecretKey second = sample::key_of("second log");
  const std::string vkey =
      rotate_log_key(board.database(), board.as("secretary-1"), first, nullptr, board.context())
          .key;
  CHECK(vkey == crypto::vkey_of(k_origin, first.public_key()));
  board.pass(k_hour);
  static_cast<void>(
      rotate_log_key(board.database(), board.as("secretary-1"), second, &first, board.context()));
  const json::Value trust = export_trust(board.database());
  const auto& keys = trust.at("log_keys").as_array();
  REQUIRE(keys.size() == 2);
  CHECK(keys[0].text("vkey") == vkey);
  CHECK(keys[0].text("until") == keys[1].text("from"));
  CHECK(keys[1].find("until") == nullptr);
  static_cast<void>(sample::document(model::DocumentKind::trust, trust));
  error_of(ErrorCode::bad_input, [&] {
    append(board, EventType::log_key_rotated,
           json::object({{"log_key", crypto::vkey_of("other.example", first.public_key())},
                         {"proof", std::string(86, 'A')}}),
           board.as("secretary-1").key);
  });
  audit_of(board);
}
