// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "json/read.hpp"

/// Inside the reader; the interface is json/read.hpp.
namespace octroi::json {

/// The value of a text, or nothing where this reader, which has no words for faults, meets anything
/// that it would not take: then the other one looks. The text holds no zero byte, has no byte-order
/// mark and at most `limits.bytes_max` bytes.
[[nodiscard]] std::optional<Value> read_fast(std::string_view text, const ReadLimits& limits);

/// The same, several times slower, with the reason and the place of what it refuses.
[[nodiscard]] Value read_with_reasons(std::string_view text, std::string_view source,
                                      const ReadLimits& limits);

}  // namespace octroi::json
