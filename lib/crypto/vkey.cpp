// SPDX-License-Identifier: Apache-2.0
#include "crypto/vkey.hpp"

#include <sodium.h>

#include <array>

#include "crypto/hash.hpp"

namespace octroi::crypto {
namespace {

constexpr std::uint8_t k_ed25519_note = 0x01;
constexpr std::size_t k_vkey_bytes = 33;  ///< type and key
constexpr std::size_t k_vkey_base64 = 44;
constexpr std::size_t k_hash_bytes = 4;

}  // namespace

std::string vkey_of(std::string_view name, const PublicKey& key) {
  Bytes typed{k_ed25519_note};
  typed.insert(typed.end(), key.bytes().begin(), key.bytes().end());
  const Digest hash = Sha256().update(as_bytes(name)).update(as_bytes("\n")).update(typed).finish();
  std::array<char, k_vkey_base64 + 1> text{};
  sodium_bin2base64(text.data(), text.size(), typed.data(), typed.size(),
                    sodium_base64_VARIANT_ORIGINAL);
  return std::string(name) + "+" + to_hex(ByteView(hash.bytes).first(k_hash_bytes)) + "+" +
         text.data();
}

std::optional<NamedKey> read_vkey(std::string_view text) {
  const std::size_t plus = text.find('+');
  if (plus == std::string_view::npos || plus == 0) return std::nullopt;
  const std::size_t key_start = plus + 1 + 2 * k_hash_bytes + 1;
  if (text.size() != key_start + k_vkey_base64) return std::nullopt;
  std::array<std::uint8_t, k_vkey_bytes> typed{};
  std::size_t size = 0;
  // A NULL end pointer makes it strict about what follows.
  if (sodium_base642bin(typed.data(), typed.size(), text.data() + key_start, k_vkey_base64, nullptr,
                        &size, nullptr, sodium_base64_VARIANT_ORIGINAL) != 0 ||
      size != typed.size() || typed.front() != k_ed25519_note) {
    return std::nullopt;
  }
  const std::optional<PublicKey> key = PublicKey::from_bytes(ByteView(typed).subspan(1));
  const std::string name(text.substr(0, plus));
  // Compared whole, so that the hash and every other character are the only ones possible.
  if (!key || vkey_of(name, *key) != text) return std::nullopt;
  return NamedKey{name, *key};
}

}  // namespace octroi::crypto
