// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <string_view>

namespace octroi {

/// The texts of a constant table, one behind the other. A table of string_views has a pointer for
/// each: all of them are relocated whenever the program starts, and the memory that holds them is
/// copied for it. This has none.
template <std::size_t count, std::size_t bytes>
class PackedTexts {
 public:
  template <typename Rows, typename Text>
  constexpr PackedTexts(const Rows& rows, Text text) {
    char* to = bytes_.data();
    for (std::size_t i = 0; i < count; ++i) {
      const std::string_view one = rows[i].*text;
      to = std::copy(one.begin(), one.end(), to);
      ends_[i] = static_cast<std::uint16_t>(to - bytes_.data());
    }
  }

  [[nodiscard]] static constexpr std::size_t size() { return count; }
  [[nodiscard]] constexpr std::string_view operator[](std::size_t index) const {
    const std::size_t begin = index == 0 ? 0 : ends_[index - 1];
    return {bytes_.data() + begin, ends_[index] - begin};
  }

 private:
  std::array<char, bytes> bytes_{};
  std::array<std::uint16_t, count> ends_{};
};

/// One member of each row of a constant table: `packed<k_rows, &Row::name>()`.
template <const auto& rows, auto text>
consteval auto packed() {
  constexpr std::size_t k_bytes = [] {
    std::size_t sum = 0;
    for (const auto& row : rows) sum += (row.*text).size();
    return sum;
  }();
  static_assert(k_bytes <= std::numeric_limits<std::uint16_t>::max());
  return PackedTexts<std::size(rows), k_bytes>(rows, text);
}

}  // namespace octroi
