// SPDX-License-Identifier: Apache-2.0
#include "crypto/encoding.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace octroi::crypto {
namespace {

constexpr int k_url_variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
constexpr int k_variant = sodium_base64_VARIANT_ORIGINAL;

bool is_not_ascii(char c) {
  return (static_cast<unsigned char>(c) & 0x80) != 0;
}

constexpr std::string_view k_url_letters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view k_letters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

// From a table, which libsodium avoids so that time tells nothing of a secret: what is written so
// is public.
std::string encoded(ByteView bytes, int variant) {
  const std::string_view letters = variant == k_url_variant ? k_url_letters : k_letters;
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const std::size_t left = bytes.size() - at;
    std::uint32_t bits = static_cast<std::uint32_t>(bytes[at]) << 16;
    if (left > 1) bits |= static_cast<std::uint32_t>(bytes[at + 1]) << 8;
    if (left > 2) bits |= bytes[at + 2];
    const std::array four = {letters[bits >> 18], letters[bits >> 12 & 63], letters[bits >> 6 & 63],
                             letters[bits & 63]};
    text.append(four.data(), std::min(left + 1, four.size()));
  }
  if (variant == k_variant) text.resize((text.size() + 3) / 4 * 4, '=');
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

/// The six bits that each byte stands for in base64url; above 63 for the bytes of no alphabet.
constexpr std::array<std::uint8_t, 256> k_bits_of = [] {
  constexpr std::string_view alphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::array<std::uint8_t, 256> bits{};
  bits.fill(0xff);
  for (std::size_t i = 0; i < alphabet.size(); ++i) {
    bits[static_cast<unsigned char>(alphabet[i])] = static_cast<std::uint8_t>(i);
  }
  return bits;
}();

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

// From a table, which libsodium avoids so that time tells nothing of a secret: what comes here is
// public, and a token is three quarters of what a batch reads.
std::optional<Bytes> from_base64url(std::string_view text) {
  if (text.size() % 4 == 1) return std::nullopt;
  Bytes bytes(text.size() / 4 * 3 + text.size() % 4 * 3 / 4);
  auto out = bytes.begin();
  std::uint32_t seen = 0;
  const auto bits_at = [text](std::size_t i) -> std::uint32_t {
    return k_bits_of[static_cast<unsigned char>(text[i])];
  };
  std::size_t at = 0;
  for (; at + 4 <= text.size(); at += 4, out += 3) {
    const std::uint32_t one = bits_at(at), two = bits_at(at + 1);
    const std::uint32_t three = bits_at(at + 2), four = bits_at(at + 3);
    seen |= one | two | three | four;
    out[0] = static_cast<std::uint8_t>(one << 2 | two >> 4);
    out[1] = static_cast<std::uint8_t>(two << 4 | three >> 2);
    out[2] = static_cast<std::uint8_t>(three << 6 | four);
  }
  std::uint32_t held = 0;
  int held_bits = 0;
  for (; at < text.size(); ++at) {
    const std::uint32_t bits = bits_at(at);
    seen |= bits;
    held = (held << 6) | bits;
    held_bits += 6;
    if (held_bits < 8) continue;
    held_bits -= 8;
    *out++ = static_cast<std::uint8_t>(held >> held_bits);
  }
  const bool is_of_alphabet = seen < 64;
  const bool ends_with_zeros = (held & ((1U << held_bits) - 1U)) == 0;
  if (!is_of_alphabet || !ends_with_zeros) return std::nullopt;
  return bytes;
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
