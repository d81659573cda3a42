// SPDX-License-Identifier: Apache-2.0
#include "crypto/vkey.hpp"

#include <algorithm>

#include "crypto/encoding.hpp"
#include "crypto/hash.hpp"

namespace octroi::crypto {
namespace {

constexpr std::uint8_t k_ed25519_note = 0x01;
constexpr std::size_t k_vkey_base64 = 44;  ///< of type and key, 33 bytes
constexpr std::size_t k_hash_bytes = 4;

Bytes typed_key(std::uint8_t type, const PublicKey& key) {
  Bytes typed(1 + key.bytes().size(), type);
  std::copy(key.bytes().begin(), key.bytes().end(), typed.begin() + 1);
  return typed;
}

Digest hash_of(std::string_view name, ByteView typed) {
  return Sha256().update(as_bytes(name)).update(as_bytes("\n")).update(typed).finish();
}

}  // namespace

std::string vkey_of(std::string_view name, const PublicKey& key) {
  return vkey_of(name, k_ed25519_note, key);
}

std::string vkey_of(std::string_view name, std::uint8_t type, const PublicKey& key) {
  const Bytes typed = typed_key(type, key);
  const Digest hash = hash_of(name, typed);
  return std::string(name) + "+" + to_hex(ByteView(hash.bytes).first(k_hash_bytes)) + "+" +
         to_base64(typed);
}

std::uint32_t vkey_hash(std::string_view name, std::uint8_t type, const PublicKey& key) {
  const Digest hash = hash_of(name, typed_key(type, key));
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < k_hash_bytes; ++i) number = number << 8 | hash.bytes[i];
  return number;
}

std::optional<NamedKey> read_vkey(std::string_view text) {
  std::optional<NamedKey> key = read_typed_vkey(text);
  if (key && key->type != k_ed25519_note) return std::nullopt;
  return key;
}

std::optional<NamedKey> read_typed_vkey(std::string_view text) {
  const std::size_t plus = text.find('+');
  if (plus == std::string_view::npos || plus == 0) return std::nullopt;
  const std::size_t key_start = plus + 1 + 2 * k_hash_bytes + 1;
  if (text.size() != key_start + k_vkey_base64) return std::nullopt;
  const std::optional<Bytes> typed = from_base64(text.substr(key_start));
  if (!typed || typed->empty()) return std::nullopt;
  const std::optional<PublicKey> key = PublicKey::from_bytes(ByteView(*typed).subspan(1));
  const std::string name(text.substr(0, plus));
  // Compared whole, so that the hash and every other character are the only ones possible.
  if (!key || vkey_of(name, typed->front(), *key) != text) return std::nullopt;
  return NamedKey{name, *key, typed->front()};
}

}  // namespace octroi::crypto
