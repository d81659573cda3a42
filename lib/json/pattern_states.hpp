// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "json/plain_pattern.hpp"

namespace octroi::json {

/// An automaton that is in one state at a time: what shapes match their patterns with. The state
/// after a byte is next[state * classes + class_of[byte]].
struct PatternStates {
  std::array<std::uint8_t, 256> class_of{};
  std::size_t classes = 0;
  std::vector<std::uint16_t> next;
  std::uint16_t start = 0;
  std::uint16_t first_match = 0;  ///< from this state on the text matches; state 0 never does again
};

/// The states of a pattern's automaton; nothing when they are too many.
/// Source: Rabin and Scott, Finite automata and their decision problems, 1959 (sets as states).
[[nodiscard]] std::optional<PatternStates> states_of(const PlainPattern& pattern);

}  // namespace octroi::json
