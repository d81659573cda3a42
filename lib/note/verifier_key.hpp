// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "crypto/key.hpp"

namespace octroi::note {

/// How a key signs. Source: C2SP signed-note, signature types; those that octroi can check.
enum class KeyType : std::uint8_t {
  ed25519 = 0x01,         ///< the text itself: logs
  cosignature_v1 = 0x04,  ///< the text with a time: witnesses (C2SP tlog-cosignature, Ed25519)
};

/// What a good signature says.
struct GoodSignature {
  std::optional<Instant> at;  ///< when it was made: of a cosignature
  friend bool operator==(const GoodSignature&, const GoodSignature&) = default;
};

/// A key that signs notes, as the others know it: `NAME+KEYID+BASE64(type ‖ public key)`, a "vkey".
/// Immutable.
class VerifierKey {
 public:
  /// `name` must be one (is_key_name).
  VerifierKey(std::string name, KeyType type, const crypto::PublicKey& key);
  /// Reads a vkey; nothing when it is not one, its key id is not that of its name and key, its key
  /// is weak, or its type is none of KeyType.
  [[nodiscard]] static std::optional<VerifierKey> parse(std::string_view vkey);

  [[nodiscard]] std::string text() const;  ///< the vkey
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] KeyType type() const { return type_; }
  [[nodiscard]] const crypto::PublicKey& key() const { return key_; }
  /// The first four bytes of SHA-256(name ‖ LF ‖ type ‖ public key), the highest first. A look-up
  /// hint, not a proof.
  [[nodiscard]] std::uint32_t id() const { return id_; }

  /// What the signature says when this key made it over the text of a note; nothing otherwise.
  [[nodiscard]] std::optional<GoodSignature> check(std::string_view text, ByteView signature) const;

  friend bool operator==(const VerifierKey&, const VerifierKey&) = default;

 private:
  std::string name_;
  KeyType type_;
  crypto::PublicKey key_;
  std::uint32_t id_;
};

/// What may name a key: not empty, at most 255 bytes of UTF-8, no Unicode space, control character
/// or '+'. Source: C2SP signed-note, format.
[[nodiscard]] bool is_key_name(std::string_view name);

/// What octroi lets a log or witness of its own be called: lower-case letters, digits, '.', '/',
/// '-' and '_', as origins have them; and not `cosignature/v1`, which begins what witnesses sign.
[[nodiscard]] bool is_own_key_name(std::string_view name);

/// What a witness signs: `cosignature/v1` and `time SECONDS` as lines, then the text.
/// Source: C2SP tlog-cosignature, Ed25519 signed message.
[[nodiscard]] std::string cosigned_message(std::string_view text, Instant at);

}  // namespace octroi::note
