// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <vector>

#include "law/party_graph.hpp"

namespace octroi::law {

/// A part of a company, in units of 10^-28, never less than the exact part: every rounding is
/// upwards. Whole percents through 14 companies in a row, and full decimals through three, are
/// exact; so are sums of them.
__extension__ using Fraction = unsigned __int128;

/// The fraction that a percentage is, exactly.
[[nodiscard]] Fraction fraction_of(Percent percent);
/// The least percentage that is not below the fraction.
[[nodiscard]] Percent percent_not_below(Fraction fraction);

/// What stands behind a company when the parts of its holders' holders are multiplied: minorities
/// that nobody controls, which attribution (ControlGroup) does not see. All results are upper
/// bounds: what is not declared counts as held by whom is asked for, and a ring of companies that
/// hold each other is followed for a limited number of rounds, from above.
class LookThrough {
 public:
  /// Whether a party, as whom a holder acts, counts whole.
  using CountsWhole = std::function<bool(PartyNumber)>;

  /// The graph must outlive it.
  LookThrough(const PartyGraph& graph, Share share) : graph_(graph), share_(share) {}

  /// How much of the company the parties that count whole hold, directly or through others.
  [[nodiscard]] Fraction part_in(PartyNumber company, const CountsWhole& counts_whole) const;

  /// By party, how much of the company passes to it when it is followed upwards as far as parties
  /// that count whole. What a set of parties holds is at most the sum of theirs.
  [[nodiscard]] std::vector<Fraction> flow_from(PartyNumber company,
                                                const CountsWhole& counts_whole) const;

 private:
  [[nodiscard]] Fraction held_part(PartyNumber company, const CountsWhole& counts_whole,
                                   const std::vector<Fraction>& parts) const;

  const PartyGraph& graph_;
  Share share_;
};

}  // namespace octroi::law
