// SPDX-License-Identifier: Apache-2.0
#include "law/look_through.hpp"

#include <algorithm>

namespace octroi::law {
namespace {

/// A part is a number of millionths of a percent: 10^8 of them are the whole.
constexpr Fraction k_percent_units = 100'000'000;
constexpr Fraction k_unit = k_percent_units * k_percent_units * k_percent_units * 10'000;

/// A ring that has not settled after so many rounds keeps the bound that it has reached.
constexpr int k_rounds_max = 256;

/// A part of a fraction, rounded upwards. No overflow: 10^8 times 10^28 is below 2^127.
Fraction times(Percent part, Fraction fraction) {
  const auto units = static_cast<Fraction>(part.millionths());
  return (units * fraction + k_percent_units - 1) / k_percent_units;
}

/// Calls visit with each ring as a range of places in the order; `is_ring` says that its members
/// hold each other, or themselves.
template <typename Visit>
void each_ring(const Ownership& ownership, const Visit& visit) {
  const std::vector<PartyNumber>& order = ownership.holders_first();
  for (std::size_t first = 0; first < order.size();) {
    std::size_t end = first;
    while (end < order.size() && ownership.ring(order[end]) == ownership.ring(order[first])) ++end;
    const auto stakes = ownership.stakes_of(order[first]);
    const bool holds_itself = std::any_of(stakes.begin(), stakes.end(), [](const Stake& stake) {
      return stake.holder == stake.held;
    });
    visit(first, end, holds_itself || end - first > 1);
    first = end;
  }
}

}  // namespace

Fraction fraction_of(Percent percent) {
  return times(percent, k_unit);
}

Percent percent_not_below(Fraction fraction) {
  constexpr Fraction k_step = k_unit / k_percent_units;
  return Percent::millionths(static_cast<std::int64_t>((fraction + k_step - 1) / k_step));
}

/// Votes that are not cast, and parts that are left open, go to whoever would gain most from them.
Fraction LookThrough::held_part(PartyNumber company, const CountsWhole& counts_whole,
                                const std::vector<Fraction>& parts) const {
  const Ownership& declared = graph_.declared();
  const Percent undeclared = declared.undeclared(company, share_);
  Fraction sum = 0;
  Fraction most = 0;
  Fraction open_most = 0;
  for (const Stake& stake : declared.stakes_in(company)) {
    const bool is_whole = counts_whole(stake.holder) || counts_whole(graph_.acts_as(stake));
    const Fraction part = is_whole ? k_unit : parts[stake.holder];
    const bool is_cast = share_ == Share::capital || !declared.is_idle(stake);
    if (is_cast) sum += times(stake.part(share_).least, part);
    if (stake.part(share_).is_open) open_most = std::max(open_most, part);
    most = std::max(most, part);
  }
  if (graph_.open_companies()[company] && undeclared > Percent{}) most = open_most = k_unit;
  sum += times(undeclared, open_most);
  if (share_ == Share::votes) sum += times(declared.idle_votes(company), most);
  return std::min(sum, k_unit);
}

Fraction LookThrough::part_in(PartyNumber company, const CountsWhole& counts_whole) const {
  const std::vector<PartyNumber>& order = graph_.declared().holders_first();
  std::vector<Fraction> parts(graph_.declared().size(), k_unit);
  each_ring(graph_.declared(), [&](std::size_t first, std::size_t end, bool is_ring) {
    bool has_changed = true;
    for (int round = 0; has_changed && round < (is_ring ? k_rounds_max : 1); ++round) {
      has_changed = false;
      for (std::size_t at = first; at < end; ++at) {
        const Fraction part = held_part(order[at], counts_whole, parts);
        has_changed = has_changed || part != parts[order[at]];
        parts[order[at]] = part;
      }
    }
  });
  return parts[company];
}

std::vector<Fraction> LookThrough::flow_from(PartyNumber company,
                                             const CountsWhole& counts_whole) const {
  const Ownership& declared = graph_.declared();
  std::vector<Fraction> flow(declared.size(), 0);
  flow[company] = k_unit;
  const auto pass_on = [&](PartyNumber held) {
    if (held != company && counts_whole(held)) return;
    for (const Stake& stake : declared.stakes_in(held)) {
      Percent part = stake.part(share_).least;
      if (stake.part(share_).is_open) part += declared.undeclared(held, share_);
      if (share_ == Share::votes) part += declared.idle_votes(held);
      const Fraction passed = times(std::min(part, Percent::of(100)), flow[held]);
      flow[stake.holder] = std::min(flow[stake.holder] + passed, k_unit);
      const PartyNumber acting = graph_.acts_as(stake);
      if (acting != stake.holder) flow[acting] = std::min(flow[acting] + passed, k_unit);
    }
  };
  std::vector<std::pair<std::size_t, std::size_t>> rings;
  std::vector<bool> is_ring;
  each_ring(declared, [&](std::size_t first, std::size_t end, bool one) {
    rings.emplace_back(first, end);
    is_ring.push_back(one);
  });
  const std::vector<PartyNumber>& order = declared.holders_first();
  for (std::size_t at = rings.size(); at-- > 0;) {
    const auto begin = order.begin() + static_cast<std::ptrdiff_t>(rings[at].first);
    const auto end = order.begin() + static_cast<std::ptrdiff_t>(rings[at].second);
    const bool is_reached =
        std::any_of(begin, end, [&flow](PartyNumber member) { return flow[member] > 0; });
    if (!is_reached) continue;
    // What goes round and round is not summed up: all of it may end with any of them.
    if (is_ring[at])
      std::for_each(begin, end, [&flow](PartyNumber member) { flow[member] = k_unit; });
    std::for_each(begin, end, pass_on);
  }
  return flow;
}

}  // namespace octroi::law
