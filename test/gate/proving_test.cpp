// SPDX-License-Identifier: Apache-2.0
#include "gate/proving.hpp"

#include "catch.hpp"
#include "gate/logged_board.hpp"
#include "merkle/proof.hpp"
#include "note/add_checkpoint.hpp"
#include "note/tlog_proof.hpp"
#include "note/verifying.hpp"
#include "registry/log.hpp"

using namespace octroi;
using namespace octroi::gate;
using sample::error_of;
using sample::LoggedBoard;

TEST_CASE("every event is proved under the last checkpoint, and none beyond it") {
  LoggedBoard board;
  board.submit();
  const std::int64_t size = board.sign().size;
  for (std::int64_t seq = 0; seq < size; ++seq) {
    const EventProof made = prove_event(board.database(), seq);
    const auto read = note::parse_tlog_proof(made.text);
    const auto* proof = std::get_if<note::TlogProof>(&read);
    REQUIRE(proof != nullptr);
    CHECK(proof->extra == registry::event_text(board.database(), seq));
    CHECK(made.log_size == size);
    CHECK(std::holds_alternative<note::TrustedCheckpoint>(
        note::verify_proof(*proof, proof->extra, note::Policy::of_log(board.vkey()))));
    CHECK(std::holds_alternative<note::ProofRefusal>(
        note::verify_proof(*proof, proof->extra + " ", note::Policy::of_log(board.vkey()))));
  }
  board.submit();
  error_of(ErrorCode::not_yet, [&] { static_cast<void>(prove_event(board.database(), size)); });
  error_of(ErrorCode::bad_input,
           [&] { static_cast<void>(prove_event(board.database(), size + 1)); });
  error_of(ErrorCode::bad_input, [&] { static_cast<void>(prove_event(board.database(), -1)); });
}

TEST_CASE("requests, decisions and tokens are found by their ids") {
  LoggedBoard board;
  const IssuedToken token = board.token();
  static_cast<void>(board.sign());
  const auto type_of = [&](const std::string& id) {
    return prove_event(board.database(), event_of(board.database(), id)).type;
  };
  CHECK(type_of("R-2026-0001") == "request.submitted");
  CHECK(type_of("D-2026-0001") == "decision.recorded");
  CHECK(type_of(token.id) == "token.issued");
  for (const char* id : {"R-2026-0002", "", "nothing", "' OR 1=1 --"}) {
    error_of(ErrorCode::bad_input, [&] { static_cast<void>(event_of(board.database(), id)); });
  }
}

TEST_CASE("growth is proved from every older size") {
  LoggedBoard board;
  std::vector<note::SignedCheckpoint> older;
  older.push_back(read_checkpoint(board.sign().note, "older"));
  for (int i = 0; i < 3; ++i) {
    board.submit();
    older.push_back(read_checkpoint(board.sign().note, "older"));
  }
  const merkle::TreeHead last = older.back().checkpoint.head;
  for (const note::SignedCheckpoint& from : older) {
    const auto read = note::parse_add_checkpoint(prove_growth_from(board.database(), from).text);
    const auto* body = std::get_if<note::AddCheckpoint>(&read);
    REQUIRE(body != nullptr);
    CHECK(merkle::proves_consistency(from.checkpoint.head, last, body->proof));
  }
  for (std::int64_t size = 0; size <= static_cast<std::int64_t>(last.size.value); ++size) {
    CHECK(prove_growth_from(board.database(), size).old_size == size);
  }
  error_of(ErrorCode::bad_input,
           [&] { static_cast<void>(prove_growth_from(board.database(), 99)); });
  error_of(ErrorCode::bad_input,
           [&] { static_cast<void>(prove_growth_from(board.database(), -1)); });
}

TEST_CASE("a receipt is this log's of this request, under any of its checkpoints") {
  LoggedBoard board;
  const std::string request = board.submit();
  static_cast<void>(board.sign());
  const std::string receipt =
      prove_event(board.database(), event_of(board.database(), request)).text;
  const auto fault = [&](std::string_view text) {
    return receipt_fault(board.database(), request, text);
  };
  CHECK(fault(receipt).empty());
  const std::string second = board.submit();
  static_cast<void>(board.sign());
  CHECK(fault(receipt).empty());
  CHECK(receipt_fault(board.database(), second, receipt) == "it is the receipt of " + request);
  CHECK(fault(prove_event(board.database(), 1).text).find("is another act") != std::string::npos);
  CHECK(fault("no").find("no proof: line 1") == 0);
  CHECK(fault("").find("no proof: ") == 0);

  // The same events with another log key, and another log under the same origin.
  const auto read = note::parse_tlog_proof(receipt);
  note::TlogProof proof = std::get<note::TlogProof>(read);
  const note::TlogProof good = proof;
  proof.checkpoint =
      note::sign_checkpoint(proof.checkpoint.checkpoint, sample::key_of("other-log"));
  CHECK(fault(note::format(proof)) == "no log key of this board signed its checkpoint");
  proof = good;
  proof.checkpoint.checkpoint.head.root.bytes[0] ^= 1;
  proof.checkpoint = note::sign_checkpoint(proof.checkpoint.checkpoint, board.log_key);
  CHECK(fault(note::format(proof)) == "its checkpoint is of another copy of this log");
  proof = good;
  proof.hashes.front().bytes[0] ^= 1;
  CHECK(fault(note::format(proof)) == "its hashes do not lead to its checkpoint");
  proof = good;
  proof.extra += "x";
  CHECK(fault(note::format(proof)).find("is not that of this log") != std::string::npos);
  proof = good;
  proof.index.value = 1000;
  CHECK(fault(note::format(proof)).find("is not that of this log") != std::string::npos);

  LoggedBoard other("other-log");
  CHECK(receipt_fault(other.database(), request, receipt) != "");
}
