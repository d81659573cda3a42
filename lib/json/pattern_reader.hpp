// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bitset>
#include <cstddef>
#include <optional>
#include <string_view>

/// Inside the patterns of the schema validator; the interface is json/pattern.hpp.
namespace octroi::json {

/// Reads the small parts of a plain regular expression, from left to right. Nothing where something
/// else stands there: that says nothing about whether it is right.
class PatternReader {
 public:
  using Characters = std::bitset<256>;  ///< the bytes that may stand at a place

  struct Times {
    std::size_t least = 1;
    std::optional<std::size_t> most = 1;  ///< nothing: any number
  };

  explicit PatternReader(std::string_view rest) : rest_(rest) {}

  [[nodiscard]] std::string_view rest() const noexcept { return rest_; }
  [[nodiscard]] bool is_at(char wanted) const { return rest_.starts_with(wanted); }

  /// Whether `wanted` stood next, and was passed.
  bool take(std::string_view wanted) {
    if (!rest_.starts_with(wanted)) return false;
    rest_.remove_prefix(wanted.size());
    return true;
  }

  /// A list in brackets, or one character.
  [[nodiscard]] std::optional<Characters> characters();
  /// "?", "*", "+", "{2}", "{2,}", "{2,3}" or nothing: once.
  [[nodiscard]] std::optional<Times> times();

 private:
  std::optional<Characters> list();
  std::optional<std::size_t> number();

  std::string_view rest_;
};

}  // namespace octroi::json
