// SPDX-License-Identifier: Apache-2.0
#include "model/decision.hpp"

#include "base/error.hpp"

namespace octroi::model {
namespace {

bool is_carried(const Ballots& ballots, Majority majority) {
  switch (majority) {
    case Majority::simple:
      return ballots.in_favour > ballots.against;
    case Majority::two_thirds:
      return ballots.in_favour > 0 &&
             3 * ballots.in_favour >= 2 * (ballots.in_favour + ballots.against);
    case Majority::unanimity_of_positions:
      return ballots.in_favour > 0 && ballots.against == 0;
  }
  broken_invariant("a majority that is none");
}

}  // namespace

Outcome outcome(const Ballots& ballots, const DecisionRule& rule) {
  if (ballots.total() != rule.seats) broken_invariant("ballots of other than all seats");
  if (ballots.present() < rule.present_min) return Outcome::no_quorum;
  return is_carried(ballots, rule.majority) ? Outcome::carried : Outcome::not_carried;
}

}  // namespace octroi::model
