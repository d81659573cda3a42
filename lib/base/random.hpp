// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <span>

namespace octroi {

/// Fills a buffer with random bytes. The program passes crypto::system_random; tests pass a fixed
/// sequence. Never used for keys, whose randomness comes from libsodium alone.
using Random = std::function<void(std::span<std::uint8_t>)>;

}  // namespace octroi
