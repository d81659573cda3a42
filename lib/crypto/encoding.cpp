// SPDX-License-Identifier: Apache-2.0
#include "crypto/encoding.hpp"

#include <sodium.h>

#include <algorithm>

namespace octroi::crypto {
namespace {

constexpr int k_variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

bool is_not_ascii(char c) {
  return (static_cast<unsigned char>(c) & 0x80) != 0;
}

}  // namespace

std::string to_base64url(ByteView bytes) {
  std::string text(sodium_base64_encoded_len(bytes.size(), k_variant), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), k_variant);
  text.pop_back();  // the C string's end
  return text;
}

std::optional<Bytes> from_base64url(std::string_view text) {
  Bytes bytes(text.size() / 4 * 3 + 3);
  const std::optional<std::size_t> size = from_base64url(text, bytes);
  if (!size) return std::nullopt;
  bytes.resize(*size);
  return bytes;
}

std::optional<std::size_t> from_base64url(std::string_view text, std::span<std::uint8_t> buffer) {
  // libsodium 1.0.18 takes every byte from 0x80 on for the letter '_'.
  if (std::any_of(text.begin(), text.end(), is_not_ascii)) return std::nullopt;
  std::size_t size = 0;
  // With no end pointer libsodium insists on reading everything; with one, trailing bytes of
  // another alphabet would silently be left over.
  const int failure = sodium_base642bin(buffer.data(), buffer.size(), text.data(), text.size(),
                                        nullptr, &size, nullptr, k_variant);
  if (failure != 0) return std::nullopt;
  return size;
}

}  // namespace octroi::crypto
