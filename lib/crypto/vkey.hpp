// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "crypto/key.hpp"

namespace octroi::crypto {

/// A public key as the tools of transparency logs read it, the verifier key of a signed note:
///
///     NAME+HASH+KEY    HASH = hex(SHA-256(NAME ‖ 0x0A ‖ 0x01 ‖ key)[0:4]), KEY = base64(0x01 ‖
///     key)
///
/// Source: https://c2sp.org/signed-note (type 0x01, Ed25519).
[[nodiscard]] std::string vkey_of(std::string_view name, const PublicKey& key);

struct NamedKey {
  std::string name;
  PublicKey key;
};
/// Reads such a text; nothing when its form, hash or type is another, or the key is weak. Strict:
/// no other text stands for the same name and key.
[[nodiscard]] std::optional<NamedKey> read_vkey(std::string_view text);

}  // namespace octroi::crypto
