// SPDX-License-Identifier: Apache-2.0
#include "crypto/paserk.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/error.hpp"
#include "crypto/encoding.hpp"
#include "crypto/key_id.hpp"

namespace octroi::crypto {
namespace {

constexpr std::string_view k_secret_header = "k4.secret.";
constexpr std::string_view k_secret_id_header = "k4.sid.";
constexpr std::string_view k_wrapped_header = "k4.secret-pw.";

// The parts of k4.secret-pw, integers big-endian. Source: PASERK, operations/PBKW.md, version 4:
//   salt 16 | memory bytes 8 | passes 4 | parallelism 4 | nonce 24 | encrypted key 64 | tag 32
constexpr std::size_t k_memory_at = 16;
constexpr std::size_t k_passes_at = 24;
constexpr std::size_t k_lanes_at = 28;
constexpr std::size_t k_nonce_at = 32;
constexpr std::size_t k_key_at = 56;
constexpr std::size_t k_tag_at = 120;
constexpr std::size_t k_bytes = 152;
constexpr std::uint64_t k_memory_bytes_min = 8192;  // what libsodium's Argon2id takes at least

using Wrapped = std::array<std::uint8_t, k_bytes>;

template <typename Integer>
void put(Wrapped& wrapped, std::size_t at, Integer value) {
  for (std::size_t i = 0; i < sizeof(Integer); ++i) {
    wrapped[at + i] = static_cast<std::uint8_t>(value >> (8 * (sizeof(Integer) - 1 - i)));
  }
}

template <typename Integer>
Integer get(const Wrapped& wrapped, std::size_t at) {
  Integer value = 0;
  for (std::size_t i = 0; i < sizeof(Integer); ++i) {
    value = static_cast<Integer>(value << 8 | wrapped[at + i]);
  }
  return value;
}

/// BLAKE2b-256 of one byte and the derived key: the two keys of the format.
SecretBytes separate(std::uint8_t domain, const SecretBytes& derived) {
  SecretBytes message(1 + derived.size());
  message.reveal()[0] = domain;
  std::copy(derived.reveal().begin(), derived.reveal().end(), message.reveal().begin() + 1);
  SecretBytes key(32);
  crypto_generichash(key.reveal().data(), key.size(), message.reveal().data(), message.size(),
                     nullptr, 0);
  return key;
}

SecretBytes derive(const Wrapped& wrapped, const SecretBytes& passphrase) {
  SecretBytes derived(32);
  const int failure =
      crypto_pwhash(derived.reveal().data(), derived.size(),
                    reinterpret_cast<const char*>(passphrase.reveal().data()), passphrase.size(),
                    wrapped.data(), get<std::uint32_t>(wrapped, k_passes_at),
                    static_cast<std::size_t>(get<std::uint64_t>(wrapped, k_memory_at)),
                    crypto_pwhash_ALG_ARGON2ID13);
  if (failure != 0) {
    throw Error(ErrorCode::could_not,
                fmt::format("a key's passphrase needs {} bytes of memory, which are not there",
                            get<std::uint64_t>(wrapped, k_memory_at)));
  }
  return derived;
}

/// tag = BLAKE2b-256, keyed with BLAKE2b-256(0xfe ‖ k), of header ‖ everything before the tag.
std::array<std::uint8_t, 32> tag_of(const Wrapped& wrapped, const SecretBytes& derived) {
  const SecretBytes key = separate(0xfe, derived);
  crypto_generichash_state state;
  std::array<std::uint8_t, 32> tag;
  const ByteView header = as_bytes(k_wrapped_header);
  crypto_generichash_init(&state, key.reveal().data(), key.size(), tag.size());
  crypto_generichash_update(&state, header.data(), header.size());
  crypto_generichash_update(&state, wrapped.data(), k_tag_at);
  crypto_generichash_final(&state, tag.data(), tag.size());
  return tag;
}

std::optional<UnwrapFailure> refusal_of(const Wrapped& wrapped) {
  const auto memory = get<std::uint64_t>(wrapped, k_memory_at);
  const auto passes = get<std::uint32_t>(wrapped, k_passes_at);
  // libsodium computes one lane only.
  if (get<std::uint32_t>(wrapped, k_lanes_at) != 1) return UnwrapFailure::malformed;
  if (memory % 1024 != 0 || memory < k_memory_bytes_min || passes < 1) {
    return UnwrapFailure::malformed;
  }
  const PassphraseCost& most = k_passphrase_cost_max;
  if (memory > most.memory_bytes || passes > most.passes) return UnwrapFailure::too_expensive;
  return std::nullopt;
}

std::optional<Wrapped> read_wrapped(std::string_view text) {
  if (!text.starts_with(k_wrapped_header)) return std::nullopt;
  const std::optional<Bytes> bytes = from_base64url(text.substr(k_wrapped_header.size()));
  Wrapped wrapped;
  if (!bytes || bytes->size() != wrapped.size()) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), wrapped.begin());
  return wrapped;
}

}  // namespace

SecretBytes secret_paserk(const SecretKey& key) {
  const SecretBytes& bytes = key.reveal();
  constexpr int k_variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  const std::size_t encoded = sodium_base64_encoded_len(bytes.size(), k_variant);
  SecretBytes text(k_secret_header.size() + encoded);
  std::copy(k_secret_header.begin(), k_secret_header.end(), text.reveal().begin());
  sodium_bin2base64(reinterpret_cast<char*>(text.reveal().data()) + k_secret_header.size(), encoded,
                    bytes.reveal().data(), bytes.size(), k_variant);
  text.truncate(text.size() - 1);  // the C string's end
  return text;
}

std::optional<SecretKey> read_secret_paserk(const SecretBytes& text) {
  const std::string_view view = as_text(text.reveal());
  if (!view.starts_with(k_secret_header)) return std::nullopt;
  SecretBytes bytes(crypto_sign_SECRETKEYBYTES);
  const auto size = from_base64url(view.substr(k_secret_header.size()), bytes.reveal());
  if (size != bytes.size()) return std::nullopt;
  return SecretKey::from_bytes(bytes);
}

std::string secret_key_id(const SecretKey& key) {
  const SecretBytes text = secret_paserk(key);
  return paserk_id(k_secret_id_header, text.reveal());
}

std::string wrap_with_passphrase(const SecretKey& key, const SecretBytes& passphrase,
                                 const PassphraseCost& cost) {
  Wrapped wrapped{};
  randombytes_buf(wrapped.data(), k_memory_at);
  put<std::uint64_t>(wrapped, k_memory_at, cost.memory_bytes);
  put<std::uint32_t>(wrapped, k_passes_at, cost.passes);
  put<std::uint32_t>(wrapped, k_lanes_at, 1);
  if (refusal_of(wrapped)) broken_invariant("a key's passphrase cost out of range");
  randombytes_buf(wrapped.data() + k_nonce_at, k_key_at - k_nonce_at);
  const SecretBytes derived = derive(wrapped, passphrase);
  const SecretBytes encryption_key = separate(0xff, derived);
  crypto_stream_xchacha20_xor(wrapped.data() + k_key_at, key.reveal().reveal().data(),
                              key.reveal().size(), wrapped.data() + k_nonce_at,
                              encryption_key.reveal().data());
  const std::array<std::uint8_t, 32> tag = tag_of(wrapped, derived);
  std::copy(tag.begin(), tag.end(), wrapped.begin() + k_tag_at);
  return std::string(k_wrapped_header) + to_base64url(wrapped);
}

std::variant<SecretKey, UnwrapFailure> unwrap_with_passphrase(std::string_view text,
                                                              const SecretBytes& passphrase) {
  const std::optional<Wrapped> wrapped = read_wrapped(text);
  if (!wrapped) return UnwrapFailure::malformed;
  if (const std::optional<UnwrapFailure> refusal = refusal_of(*wrapped)) return *refusal;
  const SecretBytes derived = derive(*wrapped, passphrase);
  const std::array<std::uint8_t, 32> tag = tag_of(*wrapped, derived);
  if (sodium_memcmp(tag.data(), wrapped->data() + k_tag_at, tag.size()) != 0) {
    return UnwrapFailure::wrong_passphrase;
  }
  const SecretBytes encryption_key = separate(0xff, derived);
  SecretBytes bytes(crypto_sign_SECRETKEYBYTES);
  crypto_stream_xchacha20_xor(bytes.reveal().data(), wrapped->data() + k_key_at, bytes.size(),
                              wrapped->data() + k_nonce_at, encryption_key.reveal().data());
  std::optional<SecretKey> key = SecretKey::from_bytes(bytes);
  if (!key) return UnwrapFailure::malformed;
  return std::move(*key);
}

}  // namespace octroi::crypto
