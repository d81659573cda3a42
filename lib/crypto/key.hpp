// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <compare>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/random.hpp"

namespace octroi::crypto {

/// Prepares the library and proves that it refuses a mixed-order Ed25519 point, as a fixed one does
/// (CVE-2025-69277). Call once, first in the program. Throws Error(could_not).
void initialize();

/// Turns core dumps of this process off, for good: a dump would hold keys and passphrases.
void forbid_core_dumps() noexcept;

/// The system's random source.
[[nodiscard]] Random system_random();

struct Signature {
  std::array<std::uint8_t, 64> bytes{};
  friend bool operator==(const Signature&, const Signature&) = default;
};

/// A name for a public key that is derived from it: PASERK `k4.pid.…`. A look-up hint, not a proof.
struct KeyId {
  std::string text;
  friend auto operator<=>(const KeyId&, const KeyId&) = default;
};

/// An Ed25519 public key of prime order: the only kind that can be made.
class PublicKey {
 public:
  /// Reads PASERK `k4.public.…`; refuses another type, bad base64url and weak or non-canonical
  /// keys.
  [[nodiscard]] static std::optional<PublicKey> from_paserk(std::string_view text);
  [[nodiscard]] static std::optional<PublicKey> from_bytes(ByteView bytes);

  [[nodiscard]] std::string paserk() const;
  [[nodiscard]] KeyId id() const;
  [[nodiscard]] ByteView bytes() const { return bytes_; }
  [[nodiscard]] bool verifies(ByteView message, const Signature& signature) const;

  friend auto operator<=>(const PublicKey&, const PublicKey&) = default;

 private:
  explicit PublicKey(const std::array<std::uint8_t, 32>& bytes) : bytes_(bytes) {}
  std::array<std::uint8_t, 32> bytes_;
};

/// Secret bytes, zero at first, in memory between guard pages that is wiped when released; it is
/// locked out of swap as far as the system's limit on locked memory goes. Move-only; not printable,
/// not comparable; `reveal` is the one way to the bytes.
class SecretBytes {
 public:
  /// Throws Error(could_not) when there is no memory.
  explicit SecretBytes(std::size_t size);
  SecretBytes(SecretBytes&&) noexcept;
  SecretBytes& operator=(SecretBytes&&) noexcept;
  ~SecretBytes();

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] std::span<std::uint8_t> reveal() noexcept;
  [[nodiscard]] ByteView reveal() const noexcept;
  /// Forgets all but the first `size` bytes.
  void truncate(std::size_t size);

 private:
  std::uint8_t* data_ = nullptr;
  std::size_t size_ = 0;
};

/// An Ed25519 secret key whose public half belongs to it: checked when it is made.
class SecretKey {
 public:
  /// A new key from the system's randomness.
  [[nodiscard]] static SecretKey generate();
  /// The key of a 32-byte seed.
  [[nodiscard]] static SecretKey from_seed(const SecretBytes& seed);
  /// libsodium's 64 bytes, seed then public key; nothing when the halves do not belong together
  /// (signing with a foreign public half would give the key away).
  [[nodiscard]] static std::optional<SecretKey> from_bytes(const SecretBytes& bytes);

  [[nodiscard]] const PublicKey& public_key() const { return public_key_; }
  [[nodiscard]] Signature sign(ByteView message) const;
  /// 32 bytes that follow from the key, a purpose and a message, and that nobody without the key
  /// can tell from random ones: BLAKE2b-256, keyed with the seed, of purpose ‖ 0x00 ‖ message. They
  /// give nothing of the key away. `purpose` has no zero byte. Source: RFC 7693.
  [[nodiscard]] Digest derive(std::string_view purpose, ByteView message) const;
  /// Seed then public key: what PASERK writes. Only paserk.cpp calls it.
  [[nodiscard]] const SecretBytes& reveal() const { return bytes_; }

 private:
  SecretKey(SecretBytes bytes, PublicKey public_key);
  SecretBytes bytes_;
  PublicKey public_key_;
};

}  // namespace octroi::crypto
