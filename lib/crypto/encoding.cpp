// SPDX-License-Identifier: Apache-2.0
#include "crypto/encoding.hpp"

#include <sodium.h>

namespace octroi::crypto {
namespace {

constexpr int k_variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

}  // namespace

std::string to_base64url(ByteView bytes) {
  std::string text(sodium_base64_encoded_len(bytes.size(), k_variant), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), k_variant);
  text.pop_back();  // the C string's end
  return text;
}

std::optional<Bytes> from_base64url(std::string_view text) {
  Bytes bytes(text.size() / 4 * 3 + 3);
  std::size_t size = 0;
  // With no end pointer libsodium insists on reading everything; with one, trailing bytes of
  // another alphabet would silently be left over.
  const int failure = sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(),
                                        nullptr, &size, nullptr, k_variant);
  if (failure != 0) return std::nullopt;
  bytes.resize(size);
  return bytes;
}

}  // namespace octroi::crypto
