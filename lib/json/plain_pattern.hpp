// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace octroi::json {

/// A regular expression of the kind that nearly all schemas hold: "^…$" around literals, lists of
/// characters, groups, alternatives and repetitions. It is made a hundred times quicker than a
/// std::regex, and matches as much quicker: every command compiles dozens, and every token, event
/// and document is looked at with them.
class PlainPattern {
 public:
  /// Nothing when the expression is of another kind, or too large: that says nothing about whether
  /// it is right.
  [[nodiscard]] static std::optional<PlainPattern> compile(std::string_view expression);

  [[nodiscard]] bool matches(std::string_view text) const;

 private:
  friend class PlainPatternCompiler;
  /// The positions are the bytes that the expression can stand at, repetitions written out: an
  /// automaton without empty moves, whose states are sets of them.
  /// Source: Glushkov, The abstract theory of automata, 1961.
  static constexpr std::size_t k_positions_max = 512;
  using Positions = std::array<std::uint64_t, k_positions_max / 64>;

  struct Position {
    std::size_t characters = 0;         ///< index into lists_
    std::vector<std::uint16_t> next{};  ///< positions that can follow
    bool can_end = false;
  };

  std::vector<std::bitset<256>> lists_;
  std::vector<Position> positions_;
  std::vector<std::uint16_t> first_;
  bool matches_empty_ = false;
};

}  // namespace octroi::json
