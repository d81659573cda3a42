// SPDX-License-Identifier: Apache-2.0
#include "merkle/hash.hpp"

#include <algorithm>
#include <array>

#include "crypto/hash.hpp"

namespace octroi::merkle {
namespace {

constexpr std::uint8_t k_leaf_prefix = 0x00;
constexpr std::uint8_t k_node_prefix = 0x01;

}  // namespace

// SHA-256(0x00 || entry). Source: RFC 9162 section 2.1.1.
Hash leaf_hash(std::string_view entry) {
  return crypto::Sha256().update({&k_leaf_prefix, 1}).update(as_bytes(entry)).finish();
}

// SHA-256(0x01 || left || right). Source: RFC 9162 section 2.1.1.
Hash node_hash(const Hash& left, const Hash& right) {
  std::array<std::uint8_t, 1 + 2 * sizeof(left.bytes)> message;
  message[0] = k_node_prefix;
  const auto middle = std::copy(left.bytes.begin(), left.bytes.end(), message.begin() + 1);
  std::copy(right.bytes.begin(), right.bytes.end(), middle);
  return crypto::sha256(ByteView(message));
}

// SHA-256(). Source: RFC 9162 section 2.1.1.
Hash empty_root() {
  return crypto::sha256(ByteView());
}

}  // namespace octroi::merkle
