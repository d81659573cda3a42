// SPDX-License-Identifier: Apache-2.0
#include "crypto/hash.hpp"

// libsodium's SHA-256 does without the processor's instructions for it, OpenSSL's takes a fifth of
// its time where there are such. Its newer functions, for which these are deprecated, would read
// its configuration file at start and link all of its algorithms.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>

namespace octroi::crypto {
namespace {

SHA256_CTX* state_of(std::array<std::uint8_t, 128>& bytes) {
  static_assert(sizeof(SHA256_CTX) <= sizeof(bytes));
  static_assert(alignof(SHA256_CTX) <= 8);
  return reinterpret_cast<SHA256_CTX*>(bytes.data());
}

}  // namespace

Digest sha256(ByteView bytes) {
  return Sha256().update(bytes).finish();
}

Digest sha256(std::string_view text) {
  return sha256(as_bytes(text));
}

Sha256::Sha256() {
  SHA256_Init(state_of(state_));
}

Sha256& Sha256::update(ByteView bytes) {
  SHA256_Update(state_of(state_), bytes.data(), bytes.size());
  return *this;
}

Digest Sha256::finish() {
  Digest digest;
  SHA256_Final(digest.bytes.data(), state_of(state_));
  return digest;
}

}  // namespace octroi::crypto
