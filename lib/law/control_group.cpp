// SPDX-License-Identifier: Apache-2.0
#include "law/control_group.hpp"

#include <algorithm>

namespace octroi::law {
namespace {

constexpr Percent k_all = Percent::of(100);
constexpr Percent k_half = Percent::of(50);

/// Source: Code de commerce L.233-3 II: "more than 40 %", so exactly 40 % presumes nothing.
constexpr Percent k_presumption = Percent::of(40);

}  // namespace

ControlGroup::ControlGroup(const Ownership& ownership, const std::vector<bool>& open_companies,
                           ControlRule rule)
    : ownership_(ownership),
      open_companies_(open_companies),
      rule_(rule),
      sums_(ownership.size()),
      is_member_(ownership.size(), false) {}

void ControlGroup::add(PartyNumber party) {
  if (contains(party)) return;
  const std::size_t first = members_.size();
  enter(party);
  follow_from(first);
}

void ControlGroup::add_hidden() {
  has_hidden_ = true;
  const std::size_t first = members_.size();
  for (PartyNumber company = 0; company < ownership_.size(); ++company) {
    if (!contains(company) && controls(company)) enter(company);
  }
  follow_from(first);
}

void ControlGroup::enter(PartyNumber party) {
  is_member_[party] = true;
  members_.push_back(party);
}

void ControlGroup::follow_from(std::size_t member) {
  for (; member < members_.size(); ++member) follow(members_[member]);
}

void ControlGroup::follow(PartyNumber member) {
  for (const Stake& stake : ownership_.stakes_of(member)) {
    Sums& sums = sums_[stake.held];
    sums.capital += stake.capital.least;
    if (!ownership_.is_idle(stake)) sums.votes += stake.votes.least;
    ++sums.stakes;
    sums.open_capital += stake.capital.is_open ? 1 : 0;
    sums.open_votes += stake.votes.is_open ? 1 : 0;
    sums.appointing += stake.appoints_majority ? 1 : 0;
    if (!contains(stake.held) && controls(stake.held)) enter(stake.held);
  }
}

void ControlGroup::shrink_to(std::size_t members) {
  while (members_.size() > members) {
    const PartyNumber member = members_.back();
    members_.pop_back();
    is_member_[member] = false;
    for (const Stake& stake : ownership_.stakes_of(member)) {
      Sums& sums = sums_[stake.held];
      sums.capital = sums.capital - stake.capital.least;
      if (!ownership_.is_idle(stake)) sums.votes = sums.votes - stake.votes.least;
      --sums.stakes;
      sums.open_capital -= stake.capital.is_open ? 1 : 0;
      sums.open_votes -= stake.votes.is_open ? 1 : 0;
      sums.appointing -= stake.appoints_majority ? 1 : 0;
    }
  }
}

Bounds ControlGroup::part_in(PartyNumber company, Share share) const {
  const Sums& sums = sums_[company];
  const Percent least = share == Share::votes ? sums.votes : sums.capital;
  const std::uint32_t open = share == Share::votes ? sums.open_votes : sums.open_capital;
  const bool has_hidden = has_hidden_ && open_companies_[company];
  Percent most = least;
  if (open > 0 || has_hidden) most += ownership_.undeclared(company, share);
  const bool votes = share == Share::votes && (sums.stakes > 0 || has_hidden);
  if (votes) most += ownership_.idle_votes(company);
  return {least, std::max(least, std::min(most, k_all))};
}

bool ControlGroup::controls(PartyNumber company) const {
  const Bounds votes = part_in(company, Share::votes);
  switch (rule_) {
    case ControlRule::certain:
      return appoints_in(company) || votes.least > k_half;
    case ControlRule::presumed:
      return votes.least > k_half ||
             (votes.least > k_presumption && !somebody_may_hold_more(company, votes.least));
    case ControlRule::possible:
      break;
  }
  return appoints_in(company) || votes.most > k_half ||
         (votes.most > k_presumption && !somebody_holds_more(company, votes.most));
}

bool ControlGroup::somebody_holds_more(PartyNumber company, Percent votes) const {
  for (const Stake& stake : ownership_.stakes_in(company)) {
    if (stake.votes.least <= votes) return false;  // most votes come first
    if (!contains(stake.holder) && !ownership_.is_idle(stake)) return true;
  }
  return false;
}

/// Others may hold more together where somebody stands behind several of them, or is not declared.
bool ControlGroup::somebody_may_hold_more(PartyNumber company, Percent votes) const {
  Percent together = ownership_.idle_votes(company);
  if (open_companies_[company]) together += ownership_.undeclared(company, Share::votes);
  bool is_open = false;
  for (const Stake& stake : ownership_.stakes_in(company)) {
    if (contains(stake.holder)) continue;
    is_open = is_open || stake.votes.is_open;
    if (is_alone(stake.holder)) {
      if (stake.votes.least > votes) return true;
    } else {
      together += stake.votes.least;
    }
  }
  return is_open || together > votes;
}

bool ControlGroup::is_alone(PartyNumber party) const {
  return !open_companies_[party] && ownership_.stakes_in(party).empty();
}

}  // namespace octroi::law
