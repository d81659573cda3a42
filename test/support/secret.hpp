// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string_view>

#include "crypto/hash.hpp"
#include "crypto/key.hpp"
#include "crypto/paserk.hpp"

namespace octroi::test {

/// The least that a key file may cost, so that tests are quick.
constexpr crypto::PassphraseCost k_cheap{8192, 1};

inline crypto::SecretBytes secret(ByteView bytes) {
  crypto::SecretBytes result(bytes.size());
  std::copy(bytes.begin(), bytes.end(), result.reveal().begin());
  return result;
}

inline crypto::SecretBytes secret(std::string_view text) {
  return secret(as_bytes(text));
}

/// The key of a word: always the same.
inline crypto::SecretKey key_of(std::string_view word) {
  return crypto::SecretKey::from_seed(secret(crypto::sha256(word).bytes));
}

}  // namespace octroi::test
