// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "crypto/key.hpp"

/// What is signed when one key follows another: by the new key, which proves that whoever names it
/// has it, and by the one before, which hands its place over.
///
///     "octroi/key/1" ‖ 0x00 ‖ canonical JSON of
///     { "key": "k4.public.…", "log": ORIGIN, "member": ID, "previous": "k4.pid.…", "use": USE }
///
/// It cannot pass for anything else that a key signs: a PASETO's signed text begins with its number
/// of pieces, and a note holds no zero byte. It counts once, for it names the key that it replaces.
namespace octroi::registry {

struct KeyStatement {
  std::string log;       ///< the origin
  std::string use;       ///< "seal", "log" or "member"
  std::string member;    ///< the member's id; "" for a seal or log key
  std::string previous;  ///< k4.pid of the key before; "" for the first
  std::string key;       ///< k4.public of the new key
};

/// The statement's signature, as base64url.
[[nodiscard]] std::string sign_statement(const KeyStatement& statement,
                                         const crypto::SecretKey& key);

/// Whether that key signed exactly this statement.
[[nodiscard]] bool is_signed_by(const KeyStatement& statement, const crypto::PublicKey& key,
                                std::string_view signature);

}  // namespace octroi::registry
