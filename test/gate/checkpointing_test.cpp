// SPDX-License-Identifier: Apache-2.0
#include "gate/checkpointing.hpp"

#include "catch.hpp"
#include "gate/audit.hpp"
#include "gate/checkpoint_audit.hpp"
#include "gate/logged_board.hpp"
#include "registry/checkpoints.hpp"
#include "registry/tree.hpp"

using namespace octroi;
using namespace octroi::gate;
using sample::error_of;
using sample::LoggedBoard;

namespace {

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::vector<std::string> faults_of(LoggedBoard& board) {
  std::vector<std::string> faults;
  for (const AuditFault& fault :
       audit(board.database(), board.now(), [](std::int64_t, std::int64_t) {}).faults) {
    faults.push_back(fault.what);
  }
  return faults;
}

}  // namespace

TEST_CASE("a checkpoint is of the head, and the same head gives the same bytes") {
  LoggedBoard board;
  const LogCheckpoint first = board.sign();
  CHECK(first.is_new);
  CHECK(first.origin == "council.example/data-access");
  CHECK(first.root == registry::tree_head(board.database()).root);
  const LogCheckpoint again = board.sign();
  CHECK_FALSE(again.is_new);
  CHECK(again.note == first.note);
  board.submit();
  const LogCheckpoint next = board.sign();
  CHECK(next.size == first.size + 1);
  CHECK(gate::last_checkpoint(board.database()).note == next.note);
  CHECK(faults_of(board).empty());
}

TEST_CASE("only the log key in force signs") {
  LoggedBoard board;
  CHECK(contains(error_of(ErrorCode::not_yet,
                          [&] { static_cast<void>(gate::last_checkpoint(board.database())); }),
                 "octroi checkpoint"));
  error_of(ErrorCode::not_allowed,
           [&] { static_cast<void>(sign_head(board.database(), sample::key_of("other"))); });
  error_of(ErrorCode::not_allowed,
           [&] { static_cast<void>(sign_head(board.database(), board.seal())); });
  const LogCheckpoint before = board.sign();
  const crypto::SecretKey next = sample::key_of("next log key");
  static_cast<void>(rotate_log_key(board.database(), board.as("secretary-1"), next, &board.log_key,
                                   board.context()));
  error_of(ErrorCode::not_allowed, [&] { static_cast<void>(board.sign()); });
  CHECK(sign_head(board.database(), next).size == before.size + 1);
  // What the old one signed is still known, and still of this log.
  CHECK(log_keys(board.database()).size() == 2);
  CHECK_FALSE(fault_against(board.database(), read_checkpoint(before.note, "noted")));
  CHECK(faults_of(board).empty());
}

TEST_CASE("a board without a log key has no checkpoint") {
  sample::Board board;
  CHECK(contains(
      error_of(ErrorCode::not_yet,
               [&] { static_cast<void>(sign_head(board.database(), sample::key_of("log"))); }),
      "key rotate"));
}

TEST_CASE("a registry that was rewound behind its checkpoint is never signed again") {
  LoggedBoard board;
  board.submit();
  const LogCheckpoint signed_before = board.sign();
  // As an older copy would be into which the newer checkpoint was put back.
  LoggedBoard older;
  registry::store_checkpoint(older.database(), {signed_before.size, signed_before.note});
  CHECK(contains(error_of(ErrorCode::damaged, [&] { static_cast<void>(older.sign()); }),
                 "not of this log's past"));
  // Nor once it was written on, to that size or beyond it: another history.
  older.pass(std::chrono::seconds(1));
  older.submit();
  older.submit();
  error_of(ErrorCode::damaged, [&] { static_cast<void>(older.sign()); });
  CHECK_FALSE(faults_of(older).empty());
}

TEST_CASE("cosignatures of witnesses of the policy are kept, and no others") {
  LoggedBoard board;
  const std::string name = "witness.example/1";
  const note::Policy policy =
      note::Policy::read("log " + board.vkey().text() + "\nwitness one " +
                             sample::witness_vkey(name).text() + "\nquorum one\n",
                         "policy");
  static_cast<void>(board.sign());
  const auto cosigned = [&](const std::string& who) {
    const note::SignedCheckpoint head =
        read_checkpoint(gate::last_checkpoint(board.database()).note, "last");
    return note::format(note::cosign_note(head.note.text, who, sample::key_of(who), board.now()));
  };
  const std::string good = cosigned(name);
  const std::string stranger = cosigned("witness.example/2");
  board.submit();
  static_cast<void>(board.sign());  // the answer is about the one before
  const auto add = [&](const std::string& lines) {
    return add_cosignatures(board.database(), lines, policy);
  };
  error_of(ErrorCode::bad_input, [&] { static_cast<void>(add(stranger)); });
  error_of(ErrorCode::bad_input, [&] { static_cast<void>(add("nothing")); });
  std::string spoilt = good;
  spoilt[spoilt.size() - 12] = spoilt[spoilt.size() - 12] == 'A' ? 'B' : 'A';
  error_of(ErrorCode::bad_input, [&] { static_cast<void>(add(spoilt)); });
  const LogCheckpoint with = add(good);
  CHECK(with.signed_by == std::vector<std::string>{"council.example/data-access", name});
  CHECK(with.size + 1 == gate::last_checkpoint(board.database()).size);
  error_of(ErrorCode::bad_input, [&] { static_cast<void>(add(good)); });  // nothing new
  CHECK(faults_of(board).empty());
}

TEST_CASE("an audit finds what was done to the checkpoints") {
  struct Corruption {
    const char* name;
    const char* sql;
    const char* expected;
  };
  const Corruption corruptions[] = {
      {"moved to another size", "UPDATE checkpoints SET size = 4 WHERE size = 5", "another size"},
      {"another text", "UPDATE checkpoints SET note = 'nothing'", "no signed checkpoint"},
      {"another origin",
       "UPDATE checkpoints SET note = replace(note, 'council.example', 'other.example')",
       "another log"},
      {"another root",
       "UPDATE checkpoints SET note = replace(note, substr(note, 31, 10), 'AAAAAAAAAA')",
       "no log key of this board signed it"},
      {"the signature cut off",
       "UPDATE checkpoints SET note = substr(note, 1, length(note) - 30) || char(10)",
       "checkpoint 5"},
  };
  for (const Corruption& corruption : corruptions) {
    INFO(corruption.name);
    LoggedBoard board;
    REQUIRE(board.sign().size == 5);
    board.database().run_script(corruption.sql);
    const std::vector<std::string> faults = faults_of(board);
    REQUIRE_FALSE(faults.empty());
    CHECK(contains(faults.front(), corruption.expected));
  }
}
