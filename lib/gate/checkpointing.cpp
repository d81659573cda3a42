// SPDX-License-Identifier: Apache-2.0
#include "gate/checkpointing.hpp"

#include <fmt/format.h>

#include <variant>

#include "base/error.hpp"
#include "merkle/tree.hpp"
#include "registry/checkpoints.hpp"
#include "registry/keys.hpp"
#include "registry/log.hpp"
#include "registry/tree.hpp"

namespace octroi::gate {
namespace {

using registry::Transaction;

LogCheckpoint checkpoint_row(const note::SignedCheckpoint& signed_head, std::string text) {
  LogCheckpoint row;
  row.origin = signed_head.checkpoint.origin;
  row.size = static_cast<std::int64_t>(signed_head.checkpoint.head.size.value);
  row.root = signed_head.checkpoint.head.root;
  row.note = std::move(text);
  for (const note::SignatureLine& line : signed_head.note.signatures) {
    row.signed_by.push_back(line.name);
  }
  return row;
}

/// Whether a head is of the past of the registry's log.
bool is_of_our_past(Database& database, const merkle::TreeHead& old) {
  const std::int64_t size = registry::read_head(database).size;
  return old.size.value <= static_cast<std::uint64_t>(size) &&
         merkle::root(old.size, registry::tree_reader(database)) == old.root;
}

/// Never signs a second history: the last head that was signed is one of this log's.
void require_same_history(Database& database) {
  const auto last = registry::last_checkpoint(database);
  if (!last) return;
  const note::SignedCheckpoint checkpoint = read_checkpoint(last->note, "checkpoint");
  if (is_of_our_past(database, checkpoint.checkpoint.head)) return;
  throw Error(ErrorCode::damaged,
              fmt::format("registry: the checkpoint of {} events that was signed is not of this "
                          "log's past; 'octroi audit' says more",
                          last->size));
}

}  // namespace

json::Value to_json(const LogCheckpoint& checkpoint) {
  return json::object({{"origin", checkpoint.origin},
                       {"size", checkpoint.size},
                       {"root", checkpoint.root.hex()},
                       {"signed_by", json::strings(checkpoint.signed_by)},
                       {"note", checkpoint.note}});
}

note::SignedCheckpoint read_checkpoint(std::string_view note, std::string_view source) {
  auto read = note::parse_signed_checkpoint(note);
  if (const auto* fault = std::get_if<note::Fault>(&read)) {
    throw Error(ErrorCode::bad_input,
                fmt::format("{}: no signed checkpoint: {}", source, fault->text()));
  }
  return std::get<note::SignedCheckpoint>(std::move(read));
}

std::vector<note::VerifierKey> log_keys(Database& database) {
  const std::string origin = registry::read_head(database).origin;
  std::vector<note::VerifierKey> keys;
  for (const registry::KeyRecord& key : registry::keys_of(database, registry::KeyUse::log)) {
    keys.emplace_back(origin, note::KeyType::ed25519, key.key);
  }
  return keys;
}

bool is_signed_by_any(const note::SignedCheckpoint& checkpoint,
                      const std::vector<note::VerifierKey>& keys) {
  return std::holds_alternative<std::vector<note::Signer>>(
      note::verify_note(checkpoint.note, keys));
}

void require_log_key_in_force(Database& database, const crypto::SecretKey& log_key) {
  const auto in_force = registry::key_in_force(database, registry::KeyUse::log);
  if (!in_force) {
    throw Error(ErrorCode::not_yet,
                "this board has no log key in force; a secretary gives it one with "
                "'octroi key rotate NAME --use log'");
  }
  if (in_force->key != log_key.public_key()) {
    throw Error(ErrorCode::not_allowed,
                fmt::format("the key {} is not the log key in force, which is {}",
                            log_key.public_key().id().text, in_force->key.id().text));
  }
}

LogCheckpoint sign_head(Database& database, const crypto::SecretKey& log_key) {
  Transaction transaction(database, Transaction::Kind::write);
  require_log_key_in_force(database, log_key);
  require_same_history(database);
  const merkle::TreeHead head = registry::tree_head(database);
  if (const auto last = registry::last_checkpoint(database)) {
    const note::SignedCheckpoint stored = read_checkpoint(last->note, "checkpoint");
    const note::VerifierKey key(stored.checkpoint.origin, note::KeyType::ed25519,
                                log_key.public_key());
    if (stored.checkpoint.head == head && is_signed_by_any(stored, {key})) {
      LogCheckpoint row = checkpoint_row(stored, last->note);
      row.is_new = false;
      return row;
    }
  }
  const note::SignedCheckpoint signed_head =
      note::sign_checkpoint({registry::read_head(database).origin, head, {}}, log_key);
  LogCheckpoint row = checkpoint_row(signed_head, note::format(signed_head.note));
  registry::store_checkpoint(database, {row.size, row.note});
  transaction.commit();
  return row;
}

LogCheckpoint add_cosignatures(Database& database, std::string_view lines,
                               const note::Policy& policy) {
  auto read = note::parse_signature_lines(lines);
  if (const auto* fault = std::get_if<note::Fault>(&read)) {
    throw Error(ErrorCode::bad_input,
                "cosignature: expected the signature lines of a witness: " + fault->text());
  }
  std::vector<note::VerifierKey> witnesses;
  for (const note::Policy::Witness& witness : policy.witnesses()) witnesses.push_back(witness.key);
  Transaction transaction(database, Transaction::Kind::write);
  std::vector<registry::StoredCheckpoint> stored;
  registry::visit_checkpoints(database, [&](const auto& one) { stored.push_back(one); });
  for (auto one = stored.rbegin(); one != stored.rend(); ++one) {  // most often it is the newest
    note::SignedCheckpoint checkpoint = read_checkpoint(one->note, "checkpoint");
    const std::optional<std::size_t> added = note::add_cosignatures(
        checkpoint, std::get<std::vector<note::SignatureLine>>(read), witnesses);
    if (!added || *added == 0) continue;
    LogCheckpoint row = checkpoint_row(checkpoint, note::format(checkpoint.note));
    registry::store_checkpoint(database, {row.size, row.note});
    transaction.commit();
    return row;
  }
  throw Error(ErrorCode::bad_input,
              "cosignature: no new line of a witness of the policy over a checkpoint of this log");
}

LogCheckpoint last_checkpoint(Database& database) {
  const auto last = registry::last_checkpoint(database);
  if (!last) {
    throw Error(ErrorCode::not_yet,
                "no checkpoint was signed yet; whoever has the log key runs 'octroi checkpoint'");
  }
  return checkpoint_row(read_checkpoint(last->note, "checkpoint"), last->note);
}

}  // namespace octroi::gate
