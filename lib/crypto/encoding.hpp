// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/bytes.hpp"

namespace octroi::crypto {

/// base64url without padding. Source: RFC 4648 section 5.
[[nodiscard]] std::string to_base64url(ByteView bytes);

/// The bytes of base64url without padding. Strict: no padding, white space, other alphabet or
/// non-zero trailing bits, so that no other text stands for the same bytes.
[[nodiscard]] std::optional<Bytes> from_base64url(std::string_view text);

/// The same, behind what `out` holds already. False, and `out` left with anything behind it, when
/// the text is not such base64url.
[[nodiscard]] bool append_from_base64url(std::string_view text, std::string& out);

/// The same for secrets: the bytes are written into `buffer` and nowhere else. Returns how many
/// they are; nothing when the text is not such base64url or `buffer` is too small.
[[nodiscard]] std::optional<std::size_t> from_base64url(std::string_view text,
                                                        std::span<std::uint8_t> buffer);

/// base64 with padding. Source: RFC 4648 section 4.
[[nodiscard]] std::string to_base64(ByteView bytes);

/// The bytes of base64 with padding. Strict: full padding, no white space, other alphabet or
/// non-zero trailing bits, so that no other text stands for the same bytes.
[[nodiscard]] std::optional<Bytes> from_base64(std::string_view text);

}  // namespace octroi::crypto
