// SPDX-License-Identifier: Apache-2.0
#include "model/charter.hpp"

#include <algorithm>
#include <array>

namespace octroi::model {
namespace {

constexpr std::array<std::string_view, 3> k_majority_names = {"simple", "two-thirds",
                                                              "unanimity-of-positions"};

}  // namespace

std::string_view name_of(Majority majority) {
  return k_majority_names.at(static_cast<std::size_t>(majority));
}

std::optional<Majority> parse_majority(std::string_view name) {
  const auto found = std::find(k_majority_names.begin(), k_majority_names.end(), name);
  if (found == k_majority_names.end()) return std::nullopt;
  return static_cast<Majority>(found - k_majority_names.begin());
}

}  // namespace octroi::model
