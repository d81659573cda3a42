// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/key.hpp"

namespace octroi::crypto {

/// A public key as the tools of transparency logs read it, the verifier key of a signed note:
///
///     NAME+HASH+KEY    HASH = hex(SHA-256(NAME ‖ 0x0A ‖ TYPE ‖ key)[0:4]), KEY = base64(TYPE ‖
///     key)
///
/// TYPE says how it signs: 0x01 is Ed25519. Source: https://c2sp.org/signed-note.
[[nodiscard]] std::string vkey_of(std::string_view name, const PublicKey& key);
[[nodiscard]] std::string vkey_of(std::string_view name, std::uint8_t type, const PublicKey& key);

/// HASH as a number, the first byte highest.
[[nodiscard]] std::uint32_t vkey_hash(std::string_view name, std::uint8_t type,
                                      const PublicKey& key);

struct NamedKey {
  std::string name;
  PublicKey key;
  std::uint8_t type;
};
/// Reads such a text of type 0x01; nothing when its form, hash or type is another, or the key is
/// weak. Strict: no other text stands for the same name and key.
[[nodiscard]] std::optional<NamedKey> read_vkey(std::string_view text);
/// The same of any type.
[[nodiscard]] std::optional<NamedKey> read_typed_vkey(std::string_view text);

}  // namespace octroi::crypto
