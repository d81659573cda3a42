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
  std::string text((bytes.size() * 4 + 2) / 3, '=');
  auto place = text.begin();
  const auto write = [&](std::uint32_t bits, int count) {
    for (int i = 0; i < count; ++i) *place++ = letters[bits >> (18 - 6 * i) & 63];
  };
  const auto bits_at = [&bytes](std::size_t at) { return static_cast<std::uint32_t>(bytes[at]); };
  std::size_t at = 0;
  for (; at + 3 <= bytes.size(); at += 3) {
    write(bits_at(at) << 16 | bits_at(at + 1) << 8 | bits_at(at + 2), 4);
  }
  if (bytes.size() - at == 1) write(bits_at(at) << 16, 2);
  if (bytes.size() - at == 2) write(bits_at(at) << 16 | bits_at(at + 1) << 8, 3);
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

constexpr std::uint32_t k_no_letter = 0xff000000;

/// What each byte stands for in base64url, at each of the four places of a group of 24 bits, of
/// which the lowest eight are the first byte; k_no_letter for those of no alphabet.
constexpr std::array<std::array<std::uint32_t, 256>, 4> k_bits_at = [] {
  std::array<std::array<std::uint32_t, 256>, 4> bits;
  for (auto& place : bits) place.fill(k_no_letter);
  for (std::uint32_t i = 0; i < k_url_letters.size(); ++i) {
    const auto letter = static_cast<unsigned char>(k_url_letters[i]);
    bits[0][letter] = i << 2;
    bits[1][letter] = i >> 4 | (i & 15) << 12;
    bits[2][letter] = i >> 2 << 8 | (i & 3) << 22;
    bits[3][letter] = i << 16;
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

// From a table, which libsodium avoids so that time tells nothing of a secret: what comes here is
// public, and a token is three quarters of what a batch reads.
template <typename Container>
bool append_decoded(std::string_view text, Container& out) {
  using Byte = typename Container::value_type;
  const std::size_t rest = text.size() % 4;
  if (rest == 1) return false;
  const std::size_t before = out.size();
  const std::size_t size = before + text.size() / 4 * 3 + rest * 3 / 4;
  out.resize(size + 1);  // a group is written with one store, of a byte more than it has
  Byte* to = out.data() + before;
  const auto* from = reinterpret_cast<const unsigned char*>(text.data());
  const auto* const end = from + (text.size() - rest);
  std::uint32_t seen = 0;
#pragma GCC unroll 4  // a sixth less to do
  for (; from != end; from += 4, to += 3) {
    const std::uint32_t group = k_bits_at[0][from[0]] | k_bits_at[1][from[1]] |
                                k_bits_at[2][from[2]] | k_bits_at[3][from[3]];
    seen |= group;
    for (int i = 0; i < 4; ++i) to[i] = static_cast<Byte>(group >> (8 * i));
  }
  std::uint32_t group = 0;  // two or three letters, whose last bits are of no byte
  for (std::size_t i = 0; i < rest; ++i) group |= k_bits_at[i][from[i]];
  for (std::size_t i = 1; i < rest; ++i) {
    *to++ = static_cast<Byte>(group);
    group = (group & k_no_letter) | ((group & ~k_no_letter) >> 8);
  }
  out.resize(size);
  // What is left of the group is zero, or it stood in another text for the same bytes.
  return (seen & k_no_letter) == 0 && group == 0;
}

}  // namespace

std::string to_base64url(ByteView bytes) {
  return encoded(bytes, k_url_variant);
}

bool append_from_base64url(std::string_view text, std::string& out) {
  return append_decoded(text, out);
}

std::optional<Bytes> from_base64url(std::string_view text) {
  Bytes bytes;
  if (!append_decoded(text, bytes)) return std::nullopt;
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
