// SPDX-License-Identifier: Apache-2.0
#include "crypto/key.hpp"

#include <sodium.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include "base/error.hpp"
#include "crypto/encoding.hpp"
#include "crypto/key_id.hpp"
#include "crypto/weak_key.hpp"

namespace octroi::crypto {
namespace {

constexpr std::string_view k_public_header = "k4.public.";
constexpr std::string_view k_id_header = "k4.pid.";

using PointBytes = std::array<std::uint8_t, 32>;

/// Whether these bytes are a point of prime order, canonically encoded. Asking costs as much as
/// checking a signature, and the same few keys are read again and again: those that were found good
/// are remembered, each thread its own.
bool is_good_point(const PointBytes& point) {
  thread_local std::array<std::optional<PointBytes>, 64> good;
  std::optional<PointBytes>& place = good[point.front() % good.size()];
  if (place == point) return true;
  if (crypto_core_ed25519_is_valid_point(point.data()) != 1) return false;
  place = point;
  return true;
}

/// Does nothing from the second time on.
void start_library() {
  if (sodium_init() < 0) throw Error(ErrorCode::could_not, "libsodium cannot be started");
}

}  // namespace

void initialize() {
  start_library();
#ifndef OCTROI_SODIUM_IS_CHECKED  // a static build was tried when it was configured
  if (PublicKey::from_bytes(k_mixed_order_point)) {
    throw Error(ErrorCode::could_not,
                "this libsodium accepts weak public keys (CVE-2025-69277); update it");
  }
#endif
}

void forbid_core_dumps() noexcept {
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
  ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

Random system_random() {
  return [](std::span<std::uint8_t> buffer) { randombytes_buf(buffer.data(), buffer.size()); };
}

std::optional<PublicKey> PublicKey::from_bytes(ByteView bytes) {
  std::array<std::uint8_t, 32> key;
  if (bytes.size() != key.size()) return std::nullopt;
  std::copy(bytes.begin(), bytes.end(), key.begin());
  // Refuses small and mixed order and non-canonical encodings.
  if (!is_good_point(key)) return std::nullopt;
  return PublicKey(key);
}

std::optional<PublicKey> PublicKey::from_paserk(std::string_view text) {
  if (!text.starts_with(k_public_header)) return std::nullopt;
  const std::optional<Bytes> bytes = from_base64url(text.substr(k_public_header.size()));
  if (!bytes) return std::nullopt;
  return from_bytes(*bytes);
}

std::string PublicKey::paserk() const {
  return std::string(k_public_header) + to_base64url(bytes_);
}

KeyId PublicKey::id() const {
  return {paserk_id(k_id_header, as_bytes(paserk()))};
}

bool PublicKey::verifies(ByteView message, const Signature& signature) const {
  return crypto_sign_verify_detached(signature.bytes.data(), message.data(), message.size(),
                                     bytes_.data()) == 0;
}

SecretBytes::SecretBytes(std::size_t size) : size_(size) {
  start_library();  // what sodium_malloc gave before it could not be released after it
  data_ = static_cast<std::uint8_t*>(sodium_malloc(size == 0 ? 1 : size));
  if (data_ == nullptr) {
    throw Error(ErrorCode::could_not, std::string("memory for a secret: ") + std::strerror(errno));
  }
  sodium_memzero(data_, size_);
}

SecretBytes::SecretBytes(SecretBytes&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

SecretBytes::~SecretBytes() {
  sodium_free(data_);  // wipes first; does nothing for nullptr
}

std::span<std::uint8_t> SecretBytes::reveal() noexcept {
  return {data_, size_};
}

ByteView SecretBytes::reveal() const noexcept {
  return {data_, size_};
}

void SecretBytes::truncate(std::size_t size) {
  if (size > size_) broken_invariant("secret bytes cannot grow");
  sodium_memzero(data_ + size, size_ - size);
  size_ = size;
}

SecretKey::SecretKey(SecretBytes bytes, PublicKey public_key)
    : bytes_(std::move(bytes)), public_key_(public_key) {}

SecretKey SecretKey::generate() {
  SecretBytes seed(crypto_sign_SEEDBYTES);
  randombytes_buf(seed.reveal().data(), seed.size());
  return from_seed(seed);
}

SecretKey SecretKey::from_seed(const SecretBytes& seed) {
  if (seed.size() != crypto_sign_SEEDBYTES) broken_invariant("a seed has 32 bytes");
  std::array<std::uint8_t, 32> public_bytes;
  SecretBytes bytes(crypto_sign_SECRETKEYBYTES);
  crypto_sign_seed_keypair(public_bytes.data(), bytes.reveal().data(), seed.reveal().data());
  const std::optional<PublicKey> public_key = PublicKey::from_bytes(public_bytes);
  if (!public_key) broken_invariant("a seed gave a weak key");
  return {std::move(bytes), *public_key};
}

std::optional<SecretKey> SecretKey::from_bytes(const SecretBytes& bytes) {
  if (bytes.size() != crypto_sign_SECRETKEYBYTES) return std::nullopt;
  SecretBytes seed(crypto_sign_SEEDBYTES);
  std::copy_n(bytes.reveal().begin(), seed.size(), seed.reveal().begin());
  SecretKey key = from_seed(seed);
  const ByteView made = std::as_const(key.bytes_).reveal();
  if (sodium_memcmp(made.data(), bytes.reveal().data(), bytes.size()) != 0) return std::nullopt;
  return key;
}

Signature SecretKey::sign(ByteView message) const {
  Signature signature;
  crypto_sign_detached(signature.bytes.data(), nullptr, message.data(), message.size(),
                       bytes_.reveal().data());
  return signature;
}

// BLAKE2b-256(key = seed, purpose ‖ 0x00 ‖ message)
Digest SecretKey::derive(std::string_view purpose, ByteView message) const {
  constexpr std::uint8_t k_end = 0;
  Digest digest;
  crypto_generichash_state state;
  crypto_generichash_init(&state, bytes_.reveal().data(), crypto_sign_SEEDBYTES,
                          digest.bytes.size());
  const ByteView name = as_bytes(purpose);
  crypto_generichash_update(&state, name.data(), name.size());
  crypto_generichash_update(&state, &k_end, 1);
  crypto_generichash_update(&state, message.data(), message.size());
  crypto_generichash_final(&state, digest.bytes.data(), digest.bytes.size());
  sodium_memzero(&state, sizeof state);
  return digest;
}

}  // namespace octroi::crypto
