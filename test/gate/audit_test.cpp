// SPDX-License-Identifier: Apache-2.0
#include "gate/audit.hpp"

#include <string>
#include <vector>

#include "base/error.hpp"
#include "catch.hpp"
#include "crypto/hash.hpp"
#include "gate/sample_board.hpp"
#include "gate/status_publishing.hpp"
#include "gate/token_status.hpp"
#include "registry/following.hpp"
#include "registry/log.hpp"

using namespace octroi;
using namespace octroi::gate;
using sample::Board;

namespace {

AuditReport audit_of(Board& board) {
  return audit(board.database(), board.now(), [](std::int64_t, std::int64_t) {});
}

/// A registry that has seen every kind of event.
struct Busy : Board {
  Busy() {
    fill();
    static_cast<void>(issue(database(), as("secretary-1"), seal(), granted(), false, context()));
    change(registry::TokenAct::suspended, "under-inquiry");
    change(registry::TokenAct::resumed, "inquiry-closed");
    change(registry::TokenAct::revoked, "data-breach");
    static_cast<void>(publish_status(database(), as("secretary-1"), seal(), {}, context()));
    const std::string second = submit();
    static_cast<void>(withdraw(database(), as("researcher-1"), second, context()));
    static_cast<void>(add_member(database(), as("secretary-1"), "new-one",
                                 sample::key_of("new").public_key(), {"auditor"}, context()));
    static_cast<void>(retire_member(database(), as("secretary-1"), "new-one", context()));
  }

  void change(registry::TokenAct act, const std::string& reason) {
    TokenSelection selection;
    selection.datasets = {"snds-main-base"};
    const TokenChange wanted{act, reason, "what happened", {}};
    static_cast<void>(change_tokens(database(), as("secretary-1"),
                                    plan_changes(database(), selection, wanted, now()), wanted,
                                    context()));
  }
};

struct Corruption {
  const char* name;
  const char* sql;
  const char* expected;  ///< part of the first fault
};

constexpr Corruption k_corruptions[] = {
    {"an event copied to the end",
     "INSERT INTO events SELECT 1, (SELECT count(*) FROM events), 'x', token FROM events "
     "WHERE seq = 4",
     "event 1"},
    {"the last event taken out", "DELETE FROM events WHERE seq = (SELECT max(seq) FROM events)",
     "keys"},
    {"an event in the middle taken out", "DELETE FROM events WHERE seq = 4", "event 5"},
    {"two events swapped",
     "UPDATE events SET seq = 1000 WHERE seq = 4; UPDATE events SET seq = 4 WHERE seq = 5; "
     "UPDATE events SET seq = 5 WHERE seq = 1000",
     "event 4"},
    {"one character of an event changed",
     "UPDATE events SET token = substr(token, 1, 40) || 'A' || substr(token, 42) WHERE seq = 6",
     "event 6"},
    {"an event replaced by another text", "UPDATE events SET token = 'nothing' WHERE seq = 2",
     "event 2"},
    {"an event's position made up",
     "UPDATE events SET seq = seq + 1000 WHERE seq >= 3; "
     "UPDATE events SET seq = seq - 999 WHERE seq >= 1000",
     "event 4"},
    {"a member made secretary", "UPDATE members SET roles = 'secretary' WHERE id = 'auditor-1'",
     "members"},
    {"a member slipped in",
     "INSERT INTO members SELECT 'ghost', 'k4.pid.x', key, roles, added_at, NULL, NULL, NULL "
     "FROM members LIMIT 1",
     "members"},
    {"a secretary made out of one who was proposed", "UPDATE members SET proposed_by = 'ghost'",
     "members"},
    {"a retirement that nobody asked for", "UPDATE members SET retiring_by = 'ghost'", "members"},
    {"a decision turned", "UPDATE decisions SET result = 'refused'", "decisions"},
    {"a ballot added", "UPDATE decisions SET votes_for = 20", "decisions"},
    {"a token's end moved", "UPDATE tokens SET expires = '2099-01-01T00:00:00Z'", "tokens"},
    {"a rulebook taken out", "DELETE FROM rulebooks", "rulebooks"},
    {"a request's state changed", "UPDATE requests SET state = 'submitted'", "requests"},
    {"the history rewritten", "DELETE FROM request_history WHERE seq > 6", "request_history"},
    {"the head moved", "UPDATE logs SET head = zeroblob(32)", "logs"},
    {"a document changed", "UPDATE documents SET bytes = x'00' WHERE kind = 'request'", "document"},
    {"a document taken out", "DELETE FROM documents WHERE kind = 'decision'", "document"},
    {"a document slipped in",
     "INSERT INTO documents VALUES (zeroblob(32), 'request', x'00', x'00')", "document"},
    {"a document of another kind", "UPDATE documents SET kind = 'token' WHERE kind = 'request'",
     "expected a request"},
    {"a document of another kind that no assessment reads",
     "UPDATE documents SET kind = 'dataset' WHERE kind = 'provider'", "expected a provider"},
    {"a revocation taken out", "DELETE FROM token_acts WHERE act = 'revoked'", "token_acts"},
    {"a revocation made a resumption", "UPDATE token_acts SET act = 'resumed'", "token_acts"},
    {"a revocation moved", "UPDATE token_acts SET applies_from = '2099-01-01T00:00:00Z'",
     "token_acts"},
    {"a reason changed", "UPDATE token_acts SET reason = 'superseded'", "token_acts"},
    {"a token moved in its list", "UPDATE status_entries SET idx = (idx + 1) % 65536",
     "status_entries"},
    {"a token moved to another list", "UPDATE status_entries SET list = 2", "status_entries"},
    {"as if there were many more tokens in lists",
     "UPDATE status_entries SET rowid = rowid + 1000000", "status_entries"},
    {"a published list hidden", "DELETE FROM status_lists", "status_lists"},
    {"a published list made to last", "UPDATE status_lists SET expires = '2099-01-01T00:00:00Z'",
     "status_lists"},
    {"the words of a reason changed",
     "UPDATE documents SET bytes = x'00' WHERE kind = 'status-text'", "document"},
    {"a published list changed", "UPDATE documents SET bytes = x'00' WHERE kind = 'status-list'",
     "document"},
    {"a table added", "CREATE TABLE extra (a)", "schema"},
    {"a trigger added", "CREATE TRIGGER t AFTER INSERT ON events BEGIN DELETE FROM members; END",
     "schema"},
    {"a trigger named almost like SQLite's own statistics",
     "CREATE TRIGGER sqlite3stat AFTER INSERT ON events BEGIN DELETE FROM members; END", "schema"},
    {"a trigger written into the schema under a name of SQLite's own",
     "PRAGMA writable_schema = ON; INSERT INTO sqlite_schema VALUES ('trigger', 'sqlite_stat9', "
     "'events', 0, 'CREATE TRIGGER sqlite_stat9 AFTER INSERT ON events BEGIN DELETE FROM members; "
     "END'); PRAGMA writable_schema = OFF",
     "schema"},
};

}  // namespace

TEST_CASE("a registry that only octroi wrote is sound") {
  Busy board;
  const AuditReport report = audit_of(board);
  for (const AuditFault& fault : report.faults) FAIL_CHECK(fault.what);
  CHECK(report.is_sound());
  CHECK(report.tokens == 1);
  CHECK(report.events == 16);
  CHECK(report.origin == "council.example/data-access");
}

TEST_CASE("whoever edits the file with another program is found out") {
  for (const Corruption& corruption : k_corruptions) {
    INFO(corruption.name);
    Busy board;
    board.database().run_script("PRAGMA foreign_keys = OFF");
    board.database().run_script(corruption.sql);
    const AuditReport report = audit_of(board);
    REQUIRE_FALSE(report.is_sound());
    const AuditFault& first = report.faults.front();
    const std::string said =
        (first.seq ? "event " + std::to_string(*first.seq) + ": " : "") + first.what;
    INFO(said);
    CHECK(said.find(corruption.expected) != std::string::npos);
  }
}

TEST_CASE("a signature that was checked ahead counts only with the key of the signer") {
  Board board;
  const std::string founded = registry::event_text(board.database(), 0);
  const crypto::PublicKey key = sample::key_of("secretary-1").public_key();
  const registry::SignedEvent event = registry::verify_event(founded, key);
  registry::Following following(event.content().log);
  CHECK_THROWS_AS(
      following.follow({0, founded, event, sample::key_of("researcher-1").public_key()}), Error);
  CHECK(following.events() == 0);
  CHECK(registry::read_head(following.tables()).size == 0);
  CHECK_THROWS_AS(following.follow({1, founded, event, key}), Error);  // at another position
  CHECK(registry::read_head(following.tables()).size == 0);
  following.follow({0, founded, event, key});
  CHECK(registry::read_head(following.tables()).size == 1);
}

TEST_CASE("of a part of the log with an event that is not good, those before it are followed") {
  Busy board;
  std::vector<registry::NextEvent> part;
  registry::visit_events(board.database(), [&](std::int64_t seq, const std::string& text) {
    part.push_back({seq, text});
  });
  REQUIRE(part.size() > 6);
  const std::string origin = registry::read_head(board.database()).origin;
  registry::Following whole(origin);
  whole.follow_all(part);
  CHECK(whole.events() == static_cast<std::int64_t>(part.size()));
  CHECK(registry::read_head(whole.tables()).digest == registry::read_head(board.database()).digest);

  part[5].text[40] = part[5].text[40] == 'A' ? 'B' : 'A';
  registry::Following cut(origin, registry::EventTexts::left_out);
  CHECK_THROWS_AS(cut.follow_all(part), Error);
  CHECK(cut.events() == 5);
  const registry::Head head = registry::read_head(cut.tables());
  CHECK(head.size == 5);
  CHECK(head.digest == crypto::sha256(part[4].text));
}

TEST_CASE("a document that was changed is named, whatever else an audit reads it for") {
  Busy board;
  struct Stored {
    Digest digest;
    std::string kind;
  };
  std::vector<Stored> one_of_each_kind;
  const auto row = board.database().query("SELECT min(digest), kind FROM documents GROUP BY kind");
  while (row->step()) one_of_each_kind.push_back({row->digest(0), row->text(1)});
  CHECK(one_of_each_kind.size() >= 8);
  for (const Stored& one : one_of_each_kind) {
    INFO(one.kind);
    const auto set = [&](const char* bytes) {  // a space is nothing to JSON
      board.database().run(
          std::string("UPDATE documents SET bytes = ") + bytes + " WHERE digest = $1", one.digest);
    };
    set("CAST(bytes || ' ' AS BLOB)");
    const std::string expected = "document " + one.digest.hex() + " (" + one.kind + ") was changed";
    const AuditReport report = audit_of(board);
    REQUIRE_FALSE(report.is_sound());
    CHECK(report.faults.front().what == expected);
    set("substr(bytes, 1, length(bytes) - 1)");
    CHECK(audit_of(board).is_sound());
  }
}

TEST_CASE("an event that a key of no member signed is refused, though the tables name the key") {
  Busy board;
  const crypto::SecretKey forger = sample::key_of("forger");
  const auto head = registry::read_head(board.database());
  const std::string last = registry::event_text(board.database(), head.size - 1);
  registry::Event forged = registry::read_event(last);
  const std::string text = registry::sign_event(forged, forger).text();
  board.database().run("UPDATE events SET token = $1 WHERE seq = $2", text, head.size - 1);
  board.database().run("UPDATE logs SET head = $1", crypto::sha256(text));
  board.database().run(
      "INSERT INTO keys SELECT $1, 'member', 'secretary-1', $2, valid_from, NULL, NULL, NULL, "
      "NULL, "
      "NULL, seq FROM keys WHERE owner = 'secretary-1'",
      forger.public_key().id().text, forger.public_key().paserk());
  board.database().run("UPDATE members SET kid = $1, key = $2 WHERE id = 'secretary-1'",
                       forger.public_key().id().text, forger.public_key().paserk());
  const AuditReport report = audit_of(board);
  REQUIRE_FALSE(report.is_sound());
  CHECK(report.faults.front().seq == head.size - 1);
  CHECK(report.faults.front().what.find("is no member's") != std::string::npos);
}

TEST_CASE("an audit reports progress up to the end") {
  Busy board;
  std::int64_t last = 0;
  std::int64_t all = 0;
  static_cast<void>(
      audit(board.database(), board.now(), [&](std::int64_t done, std::int64_t total) {
        CHECK(done >= last);
        last = done;
        all = total;
      }));
  CHECK(last == all);
  CHECK(all == 16);
}
