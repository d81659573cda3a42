// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "gate/context.hpp"
#include "json/value.hpp"
#include "note/checkpoint.hpp"
#include "note/policy.hpp"

/// Checkpoints of the registry's log: signed by its log key, kept in the registry, cosigned by
/// witnesses.
namespace octroi::gate {

/// A signed head of the log.
struct LogCheckpoint {
  std::string origin;
  std::int64_t size = 0;
  Digest root;
  std::string note;                    ///< as it is signed (C2SP tlog-checkpoint)
  std::vector<std::string> signed_by;  ///< the names of its signature lines; nothing verified
  bool is_new = true;                  ///< false when that head was signed before
};
[[nodiscard]] json::Value to_json(const LogCheckpoint& checkpoint);

/// Throws Error(not_allowed) unless the key is the log key in force, Error(not_yet) when the board
/// has none.
void require_log_key_in_force(Database& database, const crypto::SecretKey& log_key);

/// Signs the head with the log key and keeps it; a head that was signed before keeps its
/// cosignatures. Throws Error(not_allowed) unless the key is the log key in force, Error(damaged)
/// when an earlier checkpoint is not of this log's past: two heads that contradict each other are
/// never signed.
[[nodiscard]] LogCheckpoint sign_head(Database& database, const crypto::SecretKey& log_key);

/// Adds a witness's answer (its signature lines) to the checkpoint that it is about, and keeps it.
/// Throws Error(bad_input) when the lines are not signature lines, a line of a witness of the
/// policy is not good, or none is of a witness of the policy.
[[nodiscard]] LogCheckpoint add_cosignatures(Database& database, std::string_view lines,
                                             const note::Policy& policy);

/// The last checkpoint that was signed; Error(not_yet) when none was.
[[nodiscard]] LogCheckpoint last_checkpoint(Database& database);

/// A stored or foreign note as a checkpoint. Throws Error(bad_input) that names `source`.
[[nodiscard]] note::SignedCheckpoint read_checkpoint(std::string_view note,
                                                     std::string_view source);

/// Every key that ever signed checkpoints of the registry, retired ones too.
[[nodiscard]] std::vector<note::VerifierKey> log_keys(Database& database);

/// Whether one of the keys signed the note, and no line of one of them is bad.
[[nodiscard]] bool is_signed_by_any(const note::SignedCheckpoint& checkpoint,
                                    const std::vector<note::VerifierKey>& keys);

}  // namespace octroi::gate
