// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
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
  friend class PatternStatesMaker;
  static constexpr std::size_t k_positions_max = 512;

  /// A set of places in the expression: the bytes that it can stand at, repetitions written out.
  class Positions {
   public:
    void insert(std::size_t position) { words_[position / 64] |= bit(position); }
    Positions& operator|=(const Positions& other);
    Positions& operator&=(const Positions& other);
    [[nodiscard]] bool is_empty() const { return *this == Positions(); }
    [[nodiscard]] bool intersects(Positions other) const { return !(other &= *this).is_empty(); }
    /// Calls `visit(position)` for each.
    template <typename Visit>
    void for_each(Visit visit) const;
    friend bool operator==(const Positions&, const Positions&) = default;

   private:
    static constexpr std::uint64_t bit(std::size_t position) {
      return std::uint64_t{1} << (position % 64);
    }
    std::array<std::uint64_t, k_positions_max / 64> words_{};
  };

  /// The positions that can follow one of these.
  [[nodiscard]] Positions after(const Positions& now) const;

  // An automaton without empty moves, whose states are sets of positions.
  // Source: Glushkov, The abstract theory of automata, 1961.
  std::array<std::uint8_t, 256> class_of_{};  ///< of each byte: bytes that stand at the same places
  std::vector<Positions> places_;             ///< of each class
  std::vector<Positions> next_;               ///< of each position: those that can follow it
  Positions first_;
  Positions last_;
  bool matches_empty_ = false;
};

}  // namespace octroi::json
