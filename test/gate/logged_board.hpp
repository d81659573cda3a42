// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "gate/checkpointing.hpp"
#include "gate/key_changes.hpp"
#include "gate/proving.hpp"
#include "gate/sample_board.hpp"
#include "note/witness.hpp"

namespace octroi::gate::sample {

/// A board with the example's catalogue and a log key.
struct LoggedBoard : Board {
  explicit LoggedBoard(const std::string& log_key_word = "log") : log_key(key_of(log_key_word)) {
    fill();
    static_cast<void>(rotate_log_key(database(), as("secretary-1"), log_key, nullptr, context()));
  }

  LogCheckpoint sign() { return sign_head(database(), log_key); }
  [[nodiscard]] note::VerifierKey vkey() {
    return {"council.example/data-access", note::KeyType::ed25519, log_key.public_key()};
  }
  /// The token of a new grant.
  IssuedToken token() {
    return issue(database(), as("secretary-1"), seal(), granted(), false, context()).tokens.front();
  }
  /// Submits until the log has that many events, without the cost of a grant.
  void grow_to(std::int64_t size) {
    while (sign().size < size) submit();
  }

  crypto::SecretKey log_key;
};

/// A witness's key as a policy has it.
inline note::VerifierKey witness_vkey(const std::string& name) {
  return {name, note::KeyType::cosignature_v1, key_of(name).public_key()};
}

}  // namespace octroi::gate::sample
