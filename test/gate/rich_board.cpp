// SPDX-License-Identifier: Apache-2.0
#include "gate/rich_board.hpp"

#include "base/file.hpp"
#include "gate/audit.hpp"
#include "gate/checkpointing.hpp"
#include "gate/endorsing.hpp"
#include "gate/erasing.hpp"
#include "gate/key_changes.hpp"
#include "gate/status_publishing.hpp"
#include "gate/token_status.hpp"
#include "note/note.hpp"
#include "note/policy.hpp"

namespace octroi::gate::sample {
namespace {

using model::DocumentKind;

constexpr std::size_t k_file_bytes_max = 64 * 1024 * 1024;

void change_first(Board& board, std::size_t place, registry::TokenAct act,
                  const std::string& reason) {
  TokenSelection selection;
  selection.tokens = {token_statuses(board.database(), {}).at(place).id};
  const TokenChange wanted{act, reason, "what happened", {}};
  static_cast<void>(change_tokens(board.database(), board.as("secretary-1"),
                                  plan_changes(board.database(), selection, wanted, board.now()),
                                  wanted, board.context()));
}

}  // namespace

RichBoard::RichBoard() : Board(1) {
  static_cast<void>(
      rotate_log_key(database(), as("secretary-1"), key_of("log"), nullptr, context()));
  add_catalogue();
  release({});
  release({});
  change_first(*this, 0, registry::TokenAct::suspended, "under-inquiry");
  change_first(*this, 1, registry::TokenAct::revoked, "data-breach");
  pass(std::chrono::seconds(60));
  static_cast<void>(publish_status(database(), as("secretary-1"), seal(), {}, context()));
  const std::string gone = submit();
  static_cast<void>(assess(database(), as("secretary-1"), gone, context()));
  static_cast<void>(withdraw(database(), as("researcher-1"), gone, context()));
  static_cast<void>(erase_documents(database(), as("secretary-1"),
                                    {{}, gone, "data-subject", "gdpr-17"}, false, context()));
  sign_heads();
  change_keys();
  static_cast<void>(retire_member(database(), as("secretary-1"), "researcher-2", context()));
  static_cast<void>(add_member(database(), as("secretary-1"), "secretary-4",
                               key_of("secretary-4").public_key(), {"secretary"}, context()));
  static_cast<void>(retire_member(database(), as("secretary-1"), "secretary-3", context()));
  static_cast<void>(sign_head(database(), key_of("log-2")));
}

void RichBoard::add_catalogue() {
  fill();
  pass(std::chrono::seconds(60));
  json::Value dataset = example("cnam-2021/dataset-snds-main-base.json");
  dataset.set("whole_population", false);
  static_cast<void>(add_dataset(database(), as("secretary-1"),
                                document(DocumentKind::dataset, dataset), context()));
  json::Value provider = example("cnam-2021/provider-azure-hub.json");
  provider.set("name", "Another name");
  static_cast<void>(add_provider(database(), as("secretary-1"),
                                 document(DocumentKind::provider, provider), context()));
  json::Value hierarchy = example("hierarchies/mondo-covid-19.json");
  static_cast<void>(add_hierarchy(database(), as("secretary-1"),
                                  document(DocumentKind::hierarchy, hierarchy), context()));
  hierarchy.set("version", "excerpt-2");
  static_cast<void>(add_hierarchy(database(), as("secretary-1"),
                                  document(DocumentKind::hierarchy, hierarchy), context()));
  pass(std::chrono::seconds(60));
}

void RichBoard::release(const std::function<void(json::Value&)>& change) {
  const std::string id = submit(change);
  static_cast<void>(assess(database(), as("secretary-1"), id, context()));
  static_cast<void>(decide(database(), as("secretary-1"), grant(id), false, context()));
  static_cast<void>(endorse(database(), as("secretary-2"), id, context()));
  static_cast<void>(issue(database(), as("secretary-1"), seal(), id, false, context()));
  pass(std::chrono::seconds(60));
}

void RichBoard::change_keys() {
  const crypto::SecretKey log = key_of("log");
  static_cast<void>(
      rotate_seal(database(), as("secretary-1"), key_of("seal-2"), &seal(), context()));
  static_cast<void>(
      rotate_log_key(database(), as("secretary-1"), key_of("log-2"), &log, context()));
  static_cast<void>(
      rekey_member(database(), as("auditor-1"), "auditor-1", key_of("auditor-1b"), context()));
  pass(std::chrono::seconds(60));
}

void RichBoard::sign_heads() {
  const LogCheckpoint head = sign_head(database(), key_of("log"));
  const crypto::SecretKey witness = key_of("witness");
  const note::VerifierKey known("witness.example", note::KeyType::cosignature_v1,
                                witness.public_key());
  const note::SignedCheckpoint read = read_checkpoint(head.note, "head");
  const note::Policy policy = note::Policy::read(
      "log " + log_keys(database()).front().text() + "\nwitness w " + known.text() + "\nquorum w\n",
      "policy");
  static_cast<void>(add_cosignatures(
      database(),
      note::format(note::cosign_note(read.note.text, "witness.example", witness, now())), policy));
}

Instant rich_now() {
  return parse_instant("2026-11-20T12:00:00Z").value();
}

const std::string& rich_file() {
  static const std::string bytes = [] {
    RichBoard board;
    board.database().run_script("PRAGMA wal_checkpoint(TRUNCATE)");
    return read_input(board.path(), k_file_bytes_max);
  }();
  return bytes;
}

std::optional<std::string> found_in(Database& database) {
  try {
    const AuditReport report = audit(database, rich_now(), [](std::int64_t, std::int64_t) {});
    if (report.is_sound()) return std::nullopt;
    return report.faults.front().what;
  } catch (const Error& error) {
    if (error.code() != ErrorCode::damaged && error.code() != ErrorCode::bad_input) throw;
    return error.what();
  }
}

}  // namespace octroi::gate::sample
