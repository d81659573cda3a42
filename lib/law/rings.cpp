// SPDX-License-Identifier: Apache-2.0
#include "law/rings.hpp"

#include <algorithm>

namespace octroi::law {
namespace {

class RingSearch {
 public:
  explicit RingSearch(const Ownership& ownership)
      : ownership_(ownership), found_(ownership.size(), 0), lowest_(ownership.size(), 0) {
    rings_.ring.assign(ownership.size(), k_none);
  }

  Rings run() {
    for (PartyNumber party = 0; party < ownership_.size(); ++party) {
      if (found_[party] == 0) search_from(party);
    }
    std::reverse(rings_.holders_first.begin(), rings_.holders_first.end());
    return std::move(rings_);
  }

 private:
  static constexpr PartyNumber k_none = static_cast<PartyNumber>(-1);

  struct Visit {
    PartyNumber party;
    std::size_t next_stake;
  };

  void enter(PartyNumber party) {
    found_[party] = lowest_[party] = ++count_;
    open_.push_back(party);
    visits_.push_back({party, 0});
  }

  void search_from(PartyNumber root) {
    enter(root);
    while (!visits_.empty()) {
      const PartyNumber party = visits_.back().party;
      const std::span<const Stake> stakes = ownership_.stakes_of(party);
      if (visits_.back().next_stake < stakes.size()) {
        look_at(party, stakes[visits_.back().next_stake++].held);
        continue;
      }
      visits_.pop_back();
      if (lowest_[party] == found_[party]) close_ring(party);
      if (visits_.empty()) continue;
      std::size_t& lowest = lowest_[visits_.back().party];
      lowest = std::min(lowest, lowest_[party]);
    }
  }

  void look_at(PartyNumber party, PartyNumber held) {
    if (found_[held] == 0) {
      enter(held);
    } else if (rings_.ring[held] == k_none) {
      lowest_[party] = std::min(lowest_[party], found_[held]);
    }
  }

  /// Takes the members off the stack, the last found first: reversed in the end, the first is
  /// first.
  void close_ring(PartyNumber first) {
    PartyNumber member = k_none;
    while (member != first) {
      member = open_.back();
      open_.pop_back();
      rings_.ring[member] = first;
      rings_.holders_first.push_back(member);
    }
  }

  const Ownership& ownership_;
  std::vector<std::size_t> found_;   // when each party was found, from 1
  std::vector<std::size_t> lowest_;  // the earliest of its ring that it leads to
  std::vector<PartyNumber> open_;    // found, ring not closed
  std::vector<Visit> visits_;
  std::size_t count_ = 0;
  Rings rings_;
};

}  // namespace

Rings rings_of(const Ownership& ownership) {
  return RingSearch(ownership).run();
}

}  // namespace octroi::law
