// SPDX-License-Identifier: Apache-2.0
#include "crypto/encoding.hpp"

#include <sodium.h>

#include <algorithm>

namespace octroi::crypto {
namespace {

constexpr int k_url_variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
constexpr int k_variant = sodium_base64_VARIANT_ORIGINAL;

bool is_not_ascii(char c) {
  return (static_cast<unsigned char>(c) & 0x80) != 0;
}

std::string encoded(ByteView bytes, int variant) {
  std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), variant);
  text.pop_back();  // the C string's end
  return text;
}

std::optional<std::size_t> decoded(std::string_view text, std::span<std::uint8_t> buffer,
                                   int variant) {
  // libsodium 1.0.18 takes every byte from 0x80 on for the last letter of the alphabet.
  if (std::any_of(text.begin(), text.end(), is_not_ascii)) return std::nullopt;
  std::size_t size = 0;
  // With no end pointer libsodium insists on reading everything; with one, trailing bytes of
  // another alphabet would silently be left over.
  const int failure = sodium_base642bin(buffer.data(), buffer.size(), text.data(), text.size(),
                                        nullptr, &size, nullptr, variant);
  if (failure != 0) return std::nullopt;
  return size;
}

std::optional<Bytes> decoded(std::string_view text, int variant) {
  Bytes bytes(text.size() / 4 * 3 + 3);
  const std::optional<std::size_t> size = decoded(text, bytes, variant);
  if (!size) return std::nullopt;
  bytes.resize(*size);
  return bytes;
}

}  // namespace

std::string to_base64url(ByteView bytes) {
  return encoded(bytes, k_url_variant);
}

std::optional<Bytes> from_base64url(std::string_view text) {
  return decoded(text, k_url_variant);
}

std::optional<std::size_t> from_base64url(std::string_view text, std::span<std::uint8_t> buffer) {
  return decoded(text, buffer, k_url_variant);
}

std::string to_base64(ByteView bytes) {
  return encoded(bytes, k_variant);
}

std::optional<Bytes> from_base64(std::string_view text) {
  return decoded(text, k_variant);
}

}  // namespace octroi::crypto
