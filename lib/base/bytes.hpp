// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace octroi {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

/// The bytes of a text, without a copy; valid as long as the text.
[[nodiscard]] ByteView as_bytes(std::string_view text) noexcept;

/// The bytes read as text, without a copy; valid as long as the bytes.
[[nodiscard]] std::string_view as_text(ByteView bytes) noexcept;

/// Lower-case hexadecimal, two digits a byte.
[[nodiscard]] std::string to_hex(ByteView bytes);

/// The bytes of a hexadecimal text of lower-case digits and even length; nothing else is accepted.
[[nodiscard]] std::optional<Bytes> from_hex(std::string_view text);

/// A SHA-256 value. crypto/hash.hpp computes it; here it is only a type.
struct Digest {
  std::array<std::uint8_t, 32> bytes{};

  friend auto operator<=>(const Digest&, const Digest&) = default;

  [[nodiscard]] std::string hex() const { return to_hex(bytes); }
  /// The digest of 64 lower-case hexadecimal digits; nothing else is accepted.
  [[nodiscard]] static std::optional<Digest> from_hex(std::string_view text);
};

}  // namespace octroi
