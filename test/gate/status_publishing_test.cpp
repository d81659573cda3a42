// SPDX-License-Identifier: Apache-2.0
#include "gate/status_publishing.hpp"

#include "catch.hpp"
#include "crypto/hash.hpp"
#include "gate/audit.hpp"
#include "gate/sample_board.hpp"
#include "gate/status_token.hpp"
#include "gate/token_status.hpp"
#include "json/read.hpp"
#include "json/write.hpp"
#include "paseto/v4_public.hpp"
#include "registry/documents.hpp"
#include "registry/log.hpp"
#include "registry/statuses.hpp"

using namespace octroi;
using namespace octroi::gate;
using registry::TokenAct;
using sample::Board;
using sample::error_of;

namespace {

/// A board with three tokens: valid, suspended, revoked.
struct Mixed : Board {
  Mixed() {
    fill();
    for (int i = 0; i < 3; ++i) {
      tokens.push_back(issue(database(), as("secretary-1"), seal(), granted(), false, context())
                           .tokens.front()
                           .id);
    }
    change(TokenAct::suspended, "under-inquiry", tokens[1]);
    change(TokenAct::revoked, "data-breach", tokens[2]);
  }

  void change(TokenAct act, const std::string& reason, const std::string& token) {
    TokenSelection selection;
    selection.tokens = {token};
    const TokenChange wanted{act, reason, "", {}};
    static_cast<void>(change_tokens(database(), as("secretary-1"),
                                    plan_changes(database(), selection, wanted, now()), wanted,
                                    context()));
  }
  PublishedList publish(const ListDraft& draft = {}) {
    return publish_status(database(), as("secretary-1"), seal(), draft, context());
  }
  std::vector<std::string> faults() {
    std::vector<std::string> texts;
    for (const AuditFault& fault :
         audit(database(), now(), [](std::int64_t, std::int64_t) {}).faults) {
      texts.push_back(fault.what);
    }
    return texts;
  }

  std::vector<std::string> tokens;
};

StatusListClaims claims_of(const std::string& text) {
  return read_status_claims(json::read(paseto::parse(text).value().message, "list")).value();
}

}  // namespace

TEST_CASE("a list says of each token what it is, and nothing of all other entries") {
  Mixed board;
  const PublishedList list = board.publish();
  CHECK(list.revoked == 1);
  CHECK(list.suspended == 1);
  CHECK(list.uri == "https://council.example/data-access/status/1");
  const StatusListClaims claims = claims_of(list.text);
  CHECK(claims.uri == list.uri);
  CHECK(claims.issued == board.now());
  CHECK(claims.next_update == board.now() + std::chrono::days(1));
  CHECK(claims.expires == board.now() + std::chrono::days(7));
  CHECK(claims.list.size() == 65'536);
  const std::uint8_t expected[] = {status::k_valid, status::k_suspended, status::k_invalid};
  for (std::size_t i = 0; i < board.tokens.size(); ++i) {
    const int index = registry::status_entry_of(board.database(), board.tokens[i]).index;
    CHECK(claims.list.at(static_cast<std::size_t>(index)) == expected[i]);
  }
  std::size_t others = 0;
  for (std::size_t i = 0; i < claims.list.size(); ++i) others += claims.list.at(i) != 0 ? 1 : 0;
  CHECK(others == 2);
  CHECK(board.faults().empty());
}

TEST_CASE("every list that was published stays true of its time") {
  Mixed board;
  board.publish();
  board.change(TokenAct::resumed, "inquiry-closed", board.tokens[1]);
  board.publish();
  board.change(TokenAct::revoked, "superseded", board.tokens[0]);
  board.publish({1, 30, 30});
  CHECK(registry::published_lists(board.database()).size() == 3);
  CHECK(board.faults().empty());
}

TEST_CASE("only the seal signs a list, only a secretary has it made, only for sensible days") {
  Mixed board;
  const Digest head = registry::read_head(board.database()).digest;
  error_of(ErrorCode::not_allowed, [&] {
    static_cast<void>(publish_status(board.database(), board.as("secretary-1"),
                                     sample::key_of("other seal"), {}, board.context()));
  });
  for (const char* member : {"researcher-1", "auditor-1"}) {
    error_of(ErrorCode::not_allowed, [&] {
      static_cast<void>(
          publish_status(board.database(), board.as(member), board.seal(), {}, board.context()));
    });
  }
  for (const ListDraft& draft :
       {ListDraft{{}, 0, 1}, ListDraft{{}, 367, 1}, ListDraft{{}, 7, 0}, ListDraft{{}, 7, 8}}) {
    error_of(ErrorCode::usage, [&] { board.publish(draft); });
  }
  error_of(ErrorCode::bad_input, [&] { board.publish({2, 7, 1}); });
  error_of(ErrorCode::bad_input, [&] { board.publish({0, 7, 1}); });
  CHECK(registry::read_head(board.database()).digest == head);
}

// What a secretary with the seal could do with another program: log a list that hides a revocation.
TEST_CASE("an audit finds a list that does not say what the log says") {
  Mixed board;
  registry::Transaction transaction(board.database(), registry::Transaction::Kind::write);
  const std::string origin = registry::read_head(board.database()).origin;
  const StatusListClaims lie{origin,
                             status_list_uri(origin, 1),
                             board.now(),
                             board.now() + std::chrono::days(1),
                             board.now() + std::chrono::days(7),
                             status::StatusList(2, 65'536)};
  const std::string text = paseto::sign(board.seal(), json::canonical(to_json(lie)),
                                        paseto::kid_footer(board.seal().public_key().id()));
  const Digest document = registry::store_document(board.database(), registry::k_status_list_kind,
                                                   text, board.context().random);
  registry::append(board.database(), registry::EventType::status_published,
                   json::object({{"list", 1},
                                 {"sha256", crypto::sha256(text).hex()},
                                 {"document", document.hex()},
                                 {"next_update", format_instant(lie.next_update)},
                                 {"expires", format_instant(lie.expires)}}),
                   board.as("secretary-1").key, board.now(), board.context().random);
  transaction.commit();
  const std::vector<std::string> faults = board.faults();
  REQUIRE(faults.size() == 1);
  CHECK(faults.front().find("does not say of every token") != std::string::npos);
}

TEST_CASE("a list that contradicts its own times is none") {
  Mixed board;
  const json::Value good = to_json(claims_of(board.publish().text));
  REQUIRE(read_status_claims(good).has_value());
  const std::pair<const char*, json::Value> changes[] = {
      {"iss", "https://council.example"},
      {"sub", "http://council.example/status/1"},
      {"sub", "https://council.example/status/0"},
      {"iat", "2026-11-20"},
      {"exp", good.at("iat")},
      {"ttl", 0},
      {"ttl", 86'401},
      {"next_update", good.at("exp")},
      {"status_list", json::Value::Object{}},
  };
  for (const auto& [name, value] : changes) {
    json::Value changed = good;
    changed.set(name, value);
    INFO(name);
    CHECK_FALSE(read_status_claims(changed).has_value());
  }
}
