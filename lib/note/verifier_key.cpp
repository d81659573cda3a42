// SPDX-License-Identifier: Apache-2.0
#include "note/verifier_key.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "crypto/vkey.hpp"

namespace octroi::note {
namespace {

constexpr std::size_t k_name_bytes_max = 255;
constexpr std::size_t k_vkey_bytes_max = k_name_bytes_max + 64;
constexpr std::size_t k_time_bytes = 8;
/// 9999-12-31T23:59:59Z, the last moment that octroi can write down.
constexpr std::uint64_t k_time_max = 253'402'300'799;

/// Source: Unicode, property White_Space, beyond ASCII; as UTF-8.
constexpr std::string_view k_spaces[] = {"\u0085", "\u00a0", "\u1680", "\u2000", "\u2001",
                                         "\u2002", "\u2003", "\u2004", "\u2005", "\u2006",
                                         "\u2007", "\u2008", "\u2009", "\u200a", "\u2028",
                                         "\u2029", "\u202f", "\u205f", "\u3000"};

std::optional<crypto::Signature> signature_of(ByteView bytes) {
  crypto::Signature signature;
  if (bytes.size() != signature.bytes.size()) return std::nullopt;
  std::copy(bytes.begin(), bytes.end(), signature.bytes.begin());
  return signature;
}

/// The time of a cosignature, eight bytes with the highest first; nothing when it is 0 or later
/// than octroi can write down.
std::optional<Instant> time_of(ByteView signature) {
  if (signature.size() < k_time_bytes) return std::nullopt;
  std::uint64_t seconds = 0;
  for (const std::uint8_t byte : signature.first(k_time_bytes)) seconds = seconds << 8 | byte;
  if (seconds == 0 || seconds > k_time_max) return std::nullopt;
  return Instant(std::chrono::seconds(seconds));
}

}  // namespace

VerifierKey::VerifierKey(std::string name, KeyType type, const crypto::PublicKey& key)
    : name_(std::move(name)),
      type_(type),
      key_(key),
      id_(crypto::vkey_hash(name_, static_cast<std::uint8_t>(type), key)) {
  if (!is_key_name(name_)) broken_invariant("a verifier key has the name of a key");
}

std::optional<VerifierKey> VerifierKey::parse(std::string_view vkey) {
  if (vkey.size() > k_vkey_bytes_max) return std::nullopt;
  const std::optional<crypto::NamedKey> read = crypto::read_typed_vkey(vkey);
  if (!read || !is_key_name(read->name)) return std::nullopt;
  const auto type = static_cast<KeyType>(read->type);
  if (type != KeyType::ed25519 && type != KeyType::cosignature_v1) return std::nullopt;
  return VerifierKey(read->name, type, read->key);
}

std::string VerifierKey::text() const {
  return crypto::vkey_of(name_, static_cast<std::uint8_t>(type_), key_);
}

std::optional<GoodSignature> VerifierKey::check(std::string_view text, ByteView signature) const {
  GoodSignature good;
  std::string message(text);
  if (type_ == KeyType::cosignature_v1) {
    good.at = time_of(signature);
    if (!good.at) return std::nullopt;
    message = cosigned_message(text, *good.at);
    signature = signature.subspan(k_time_bytes);
  }
  const std::optional<crypto::Signature> read = signature_of(signature);
  if (!read || !key_.verifies(as_bytes(message), *read)) return std::nullopt;
  return good;
}

bool is_key_name(std::string_view name) {
  if (name.empty() || name.size() > k_name_bytes_max || !is_utf8(name)) return false;
  const bool has_sign = std::any_of(name.begin(), name.end(), [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == '+' || c == '\x7f';
  });
  return !has_sign &&
         std::none_of(std::begin(k_spaces), std::end(k_spaces),
                      [name](std::string_view space) { return name.find(space) != name.npos; });
}

bool is_own_key_name(std::string_view name) {
  constexpr std::string_view k_letters = "abcdefghijklmnopqrstuvwxyz0123456789./-_";
  return is_key_name(name) && name.find_first_not_of(k_letters) == name.npos &&
         name != "cosignature/v1";
}

std::string cosigned_message(std::string_view text, Instant at) {
  return fmt::format("cosignature/v1\ntime {}\n{}", at.time_since_epoch().count(), text);
}

}  // namespace octroi::note
