// SPDX-License-Identifier: Apache-2.0
#include "base/bytes.hpp"

#include <algorithm>

namespace octroi {
namespace {

constexpr std::string_view k_digits = "0123456789abcdef";

/// Above 15 for a byte that is no digit.
constexpr std::array<std::uint8_t, 256> k_value_of = [] {
  std::array<std::uint8_t, 256> values{};
  values.fill(0x80);
  for (std::size_t i = 0; i < k_digits.size(); ++i) {
    values[static_cast<unsigned char>(k_digits[i])] = static_cast<std::uint8_t>(i);
  }
  return values;
}();

/// Fills `bytes` from a text of twice as many digits; false where one is none.
bool read_hex(std::string_view text, std::span<std::uint8_t> bytes) {
  unsigned seen = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const unsigned high = k_value_of[static_cast<unsigned char>(text[2 * i])];
    const unsigned low = k_value_of[static_cast<unsigned char>(text[2 * i + 1])];
    seen |= high | low;
    bytes[i] = static_cast<std::uint8_t>(high << 4 | low);
  }
  return seen < 16;
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
