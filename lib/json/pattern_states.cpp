// SPDX-License-Identifier: Apache-2.0
#include "json/pattern_states.hpp"

#include <algorithm>

namespace octroi::json {
namespace {

constexpr std::size_t k_states_max = 4096;

}  // namespace

/// Finds the states one by one, and then sorts those that match behind the others.
class PatternStatesMaker {
 public:
  explicit PatternStatesMaker(const PlainPattern& pattern) : pattern_(pattern) {}

  std::optional<PatternStates> run() {
    (void)number_of({}, false);  // the state 0, from which nothing leads away
    const std::size_t start = number_of(pattern_.first_, pattern_.matches_empty_);
    for (std::size_t state = 0; state < states_.size(); ++state) {
      if (states_.size() > k_states_max) return std::nullopt;
      for (const Positions& places : pattern_.places_) {
        next_.push_back(after(states_[state].reached, places));
      }
    }
    return sorted(start);
  }

 private:
  using Positions = PlainPattern::Positions;

  struct State {
    Positions reached;  ///< where the next byte may stand
    bool is_match;

    friend bool operator==(const State&, const State&) = default;
  };

  std::size_t number_of(const Positions& reached, bool is_match) {
    const State state{reached, is_match};
    const auto known = std::find(states_.begin(), states_.end(), state);
    const auto number = static_cast<std::size_t>(known - states_.begin());
    if (known == states_.end()) states_.push_back(state);
    return number;
  }

  std::size_t after(Positions now, const Positions& places) {
    now &= places;
    return number_of(pattern_.after(now), now.intersects(pattern_.last_));
  }

  [[nodiscard]] PatternStates sorted(std::size_t start) const {
    std::vector<std::uint16_t> order(states_.size());  // the new number of each
    std::uint16_t number = 0;
    PatternStates result;
    for (const bool is_match : {false, true}) {
      if (is_match) result.first_match = number;
      for (std::size_t state = 0; state < states_.size(); ++state) {
        if (states_[state].is_match == is_match) order[state] = number++;
      }
    }
    result.class_of = pattern_.class_of_;
    result.classes = pattern_.places_.size();
    result.start = order[start];
    result.next.resize(next_.size());
    for (std::size_t state = 0; state < states_.size(); ++state) {
      for (std::size_t one = 0; one < result.classes; ++one) {
        result.next[order[state] * result.classes + one] =
            order[next_[state * result.classes + one]];
      }
    }
    return result;
  }

  const PlainPattern& pattern_;
  std::vector<State> states_;
  std::vector<std::size_t> next_;
};

std::optional<PatternStates> states_of(const PlainPattern& pattern) {
  return PatternStatesMaker(pattern).run();
}

}  // namespace octroi::json
