// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.hpp"

namespace octroi::crypto {

/// A key's name: `header` (`k4.pid.` or `k4.sid.`), then base64url of
/// BLAKE2b-264(header ‖ PASERK text of the key).
/// Source: https://github.com/paseto-standard/paserk, operations/ID.md.
[[nodiscard]] std::string paserk_id(std::string_view header, ByteView paserk);

}  // namespace octroi::crypto
