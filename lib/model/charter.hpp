// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

namespace octroi::model {

/// When a motion is carried, once enough members are present.
enum class Majority {
  simple,                 ///< more for than against
  two_thirds,             ///< at least two thirds of for and against, and somebody for
  unanimity_of_positions  ///< somebody for, nobody against: who abstains takes no position
};

/// "simple", "two-thirds", "unanimity-of-positions".
[[nodiscard]] std::string_view name_of(Majority majority);
[[nodiscard]] std::optional<Majority> parse_majority(std::string_view name);

/// A charter's rule for decisions.
struct DecisionRule {
  Majority majority = Majority::simple;
  int seats = 0;        ///< members who vote
  int present_min = 0;  ///< for, against and abstaining together
};

}  // namespace octroi::model
