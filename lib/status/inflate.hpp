// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>

#include "base/bytes.hpp"

/// zlib streams. Source: RFC 1950.
namespace octroi::status {

/// The bytes as one zlib stream.
[[nodiscard]] Bytes deflate(ByteView bytes);

/// What one zlib stream holds; nothing when it is broken or cut short, when anything follows it, or
/// when it holds more than `bytes_max`, which is never exceeded on the way.
[[nodiscard]] std::optional<Bytes> inflate(ByteView stream, std::size_t bytes_max);

}  // namespace octroi::status
