// SPDX-License-Identifier: Apache-2.0
#include "crypto/key_id.hpp"

#include <sodium.h>

#include <array>

#include "crypto/encoding.hpp"

namespace octroi::crypto {

// Fed in two pieces, so that the text of a secret key is copied nowhere.
std::string paserk_id(std::string_view header, ByteView paserk) {
  crypto_generichash_state state;
  std::array<std::uint8_t, 33> hash;
  crypto_generichash_init(&state, nullptr, 0, hash.size());
  crypto_generichash_update(&state, as_bytes(header).data(), header.size());
  crypto_generichash_update(&state, paserk.data(), paserk.size());
  crypto_generichash_final(&state, hash.data(), hash.size());
  sodium_memzero(&state, sizeof state);
  return std::string(header) + to_base64url(hash);
}

}  // namespace octroi::crypto
