// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>

namespace octroi {

/// How many characters (code points) a UTF-8 text has, as chars or bytes: continuation bytes do not
/// count.
template <typename Text>
[[nodiscard]] std::size_t count_characters(const Text& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](auto byte) {
    return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
  }));
}

}  // namespace octroi
