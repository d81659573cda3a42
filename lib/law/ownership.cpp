// SPDX-License-Identifier: Apache-2.0
#include "law/ownership.hpp"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "law/rings.hpp"

namespace octroi::law {
namespace {

constexpr Percent k_whole = Percent::of(100);

/// Below this, nobody controls: see ControlGroup. Source: Code de commerce L.233-3 II.
constexpr Percent k_least_control = Percent::of(40);

/// Declared shares are rounded, each by its own declarant.
constexpr Percent k_sum_max = k_whole + Percent::hundredth();

Percent declared(std::span<const Stake> stakes, Share share) {
  Percent sum;
  for (const Stake& stake : stakes) sum += stake.part(share).least;
  return sum;
}

/// Where the stakes of each party begin in a list sorted by it; one more for the end.
std::vector<std::size_t> first_places(const std::vector<Stake>& sorted, std::size_t parties,
                                      PartyNumber Stake::*party) {
  std::vector<std::size_t> first(parties + 1, 0);
  for (const Stake& stake : sorted) ++first[stake.*party + 1];
  for (std::size_t at = 0; at < parties; ++at) first[at + 1] += first[at];
  return first;
}

std::span<const Stake> stakes_at(const std::vector<Stake>& stakes,
                                 const std::vector<std::size_t>& first, PartyNumber party) {
  return std::span(stakes).subspan(first[party], first[party + 1] - first[party]);
}

}  // namespace

std::string_view name_of(Share share) {
  return share == Share::votes ? "votes" : "capital";
}

Ownership::Ownership(std::vector<std::string> names, std::vector<Stake> stakes)
    : names_(std::move(names)), by_held_(std::move(stakes)), by_holder_(by_held_) {
  std::sort(by_held_.begin(), by_held_.end(), [](const Stake& left, const Stake& right) {
    return std::tie(left.held, right.votes.least, left.holder) <
           std::tie(right.held, left.votes.least, right.holder);
  });
  std::sort(by_holder_.begin(), by_holder_.end(), [](const Stake& left, const Stake& right) {
    return std::tie(left.holder, left.held) < std::tie(right.holder, right.held);
  });
  first_by_held_ = first_places(by_held_, size(), &Stake::held);
  first_by_holder_ = first_places(by_holder_, size(), &Stake::holder);
  require_no_stake_twice();
  find_undeclared();
  find_rings();
  find_idle_votes();
}

std::span<const Stake> Ownership::stakes_in(PartyNumber held) const {
  return stakes_at(by_held_, first_by_held_, held);
}

std::span<const Stake> Ownership::stakes_of(PartyNumber holder) const {
  return stakes_at(by_holder_, first_by_holder_, holder);
}

void Ownership::require_no_stake_twice() const {
  const auto same = [](const Stake& left, const Stake& right) {
    return left.held == right.held && left.holder == right.holder;
  };
  const auto twice = std::adjacent_find(by_holder_.begin(), by_holder_.end(), same);
  if (twice == by_holder_.end()) return;
  throw Error(ErrorCode::bad_input,
              fmt::format("holdings: {} in {} is declared twice", in_quotes(name(twice->holder)),
                          in_quotes(name(twice->held))));
}

void Ownership::find_undeclared() {
  for (PartyNumber company = 0; company < size(); ++company) {
    for (const Share share : {Share::capital, Share::votes}) {
      const Percent sum = declared(stakes_in(company), share);
      if (sum > k_sum_max) {
        throw Error(ErrorCode::bad_input,
                    fmt::format("holdings in {}: expected {} of at most 100 % together, got {} %",
                                in_quotes(name(company)), name_of(share), sum.text()));
      }
      auto& undeclared = share == Share::votes ? undeclared_votes_ : undeclared_capital_;
      undeclared.push_back(sum < k_whole ? k_whole - sum : Percent{});
    }
  }
}

void Ownership::find_rings() {
  Rings found = rings_of(*this);
  holders_first_ = std::move(found.holders_first);
  rings_ = std::move(found.ring);
}

/// Whoever controls its own holder does so through a company that it may control alone, and its
/// holder is controlled by members of the ring together. Both is asked of the ring as a whole,
/// which can only find too many votes idle.
void Ownership::find_idle_votes() {
  may_control_in_ring_.assign(size(), false);
  controlled_in_ring_.assign(size(), false);
  for (PartyNumber company = 0; company < size(); ++company) {
    Percent together;
    for (const Stake& stake : stakes_in(company)) {
      if (rings_[stake.holder] != rings_[company]) continue;
      const Percent open = stake.votes.is_open ? undeclared(company, Share::votes) : Percent{};
      together += stake.votes.least + open;
      const bool may_control =
          stake.appoints_majority || stake.votes.least + open > k_least_control;
      if (!may_control) continue;
      may_control_in_ring_[stake.holder] = true;
      controlled_in_ring_[company] = true;
    }
    if (together > k_least_control) controlled_in_ring_[company] = true;
  }
  idle_votes_.assign(size(), Percent{});
  for (const Stake& stake : by_held_) {
    if (!is_idle(stake)) continue;
    const Percent open = stake.votes.is_open ? undeclared(stake.held, Share::votes) : Percent{};
    Percent& idle = idle_votes_[stake.held];
    idle = std::min(idle + stake.votes.least + open, k_whole);
  }
}

bool Ownership::is_idle(const Stake& stake) const {
  if (stake.holder == stake.held) return true;
  return rings_[stake.holder] == rings_[stake.held] && may_control_in_ring_[stake.held] &&
         controlled_in_ring_[stake.holder];
}

}  // namespace octroi::law
