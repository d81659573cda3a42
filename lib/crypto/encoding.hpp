// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"

namespace octroi::crypto {

/// base64url without padding. Source: RFC 4648 section 5.
[[nodiscard]] std::string to_base64url(ByteView bytes);

/// The bytes of base64url without padding. Strict: no padding, white space, other alphabet or
/// non-zero trailing bits.
[[nodiscard]] std::optional<Bytes> from_base64url(std::string_view text);

}  // namespace octroi::crypto
