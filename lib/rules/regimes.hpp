// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "rules/assessment.hpp"

namespace octroi::rules {

constexpr std::size_t k_outcome_count = 5;  ///< of Outcome

/// What one rulebook alone says of a request: a request may pass one and fail another.
struct Regime {
  std::string rulebook;
  Verdict verdict = Verdict::clear;                   ///< the worst of its findings
  std::map<std::string, Verdict> datasets;            ///< the same for each dataset by itself
  std::array<std::size_t, k_outcome_count> counts{};  ///< its findings, by Outcome
  std::string decided_by;  ///< the id of the first finding of that verdict; "" when it is clear

  [[nodiscard]] std::size_t count(Outcome outcome) const {
    return counts[static_cast<std::size_t>(outcome)];
  }
  friend bool operator==(const Regime&, const Regime&) = default;
};

/// One for each rulebook in force, by id.
[[nodiscard]] std::vector<Regime> regimes_of(const Assessment& assessment);

[[nodiscard]] json::Value to_json(const std::vector<Regime>& regimes);

}  // namespace octroi::rules
