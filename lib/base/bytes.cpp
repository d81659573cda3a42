// SPDX-License-Identifier: Apache-2.0
#include "base/bytes.hpp"

#include <algorithm>

namespace octroi {
namespace {

constexpr std::string_view k_digits = "0123456789abcdef";

constexpr std::uint32_t k_no_digit = 0x100;

/// What each byte stands for as the first and as the second digit of a byte; k_no_digit for those
/// that are none.
constexpr std::array<std::array<std::uint32_t, 256>, 2> k_bits_of = [] {
  std::array<std::array<std::uint32_t, 256>, 2> bits;
  for (auto& place : bits) place.fill(k_no_digit);
  for (std::uint32_t i = 0; i < k_digits.size(); ++i) {
    const auto digit = static_cast<unsigned char>(k_digits[i]);
    bits[0][digit] = i << 4;
    bits[1][digit] = i;
  }
  return bits;
}();

/// Fills `bytes` from a text of twice as many digits; false where one is none.
bool read_hex(std::string_view text, std::span<std::uint8_t> bytes) {
  std::uint32_t seen = 0;
  const auto* digits = reinterpret_cast<const unsigned char*>(text.data());
  for (std::uint8_t& byte : bytes) {
    const std::uint32_t both = k_bits_of[0][digits[0]] | k_bits_of[1][digits[1]];
    seen |= both;
    byte = static_cast<std::uint8_t>(both);
    digits += 2;
  }
  return seen < k_no_digit;
}

}  // namespace

ByteView as_bytes(std::string_view text) noexcept {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string_view as_text(ByteView bytes) noexcept {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string to_hex(ByteView bytes) {
  std::string text;
  text.reserve(2 * bytes.size());
  for (const std::uint8_t byte : bytes) {
    text += k_digits[byte >> 4];
    text += k_digits[byte & 0x0f];
  }
  return text;
}

std::optional<Bytes> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  Bytes bytes(text.size() / 2);
  if (!read_hex(text, bytes)) return std::nullopt;
  return bytes;
}

std::optional<Digest> Digest::from_hex(std::string_view text) {
  Digest digest;
  if (text.size() != 2 * digest.bytes.size() || !read_hex(text, digest.bytes)) return std::nullopt;
  return digest;
}

}  // namespace octroi
