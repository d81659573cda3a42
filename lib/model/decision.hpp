// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/charter.hpp"

namespace octroi::model {

/// The ballots on a motion to release data.
struct Ballots {
  int in_favour = 0;
  int against = 0;
  int abstaining = 0;
  int absent = 0;

  [[nodiscard]] int present() const { return in_favour + against + abstaining; }
  [[nodiscard]] int total() const { return present() + absent; }
  friend bool operator==(const Ballots&, const Ballots&) = default;
};

enum class Outcome { carried, not_carried, no_quorum };

/// What a rule makes of the ballots. They must be of all the seats: total() == rule.seats.
[[nodiscard]] Outcome outcome(const Ballots& ballots, const DecisionRule& rule);

}  // namespace octroi::model
