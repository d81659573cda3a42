// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "law/ownership.hpp"

namespace octroi::law {

/// When a group of holders counts as in control of a company.
enum class ControlRule {
  /// More than half of the votes, or the majority of the organs. Source: Code de commerce L.233-3
  /// I.
  certain,
  /// Votes alone: more than 40 % that nobody can outvote. Source: Code de commerce L.233-3 II.
  presumed,
  /// Whatever cannot be excluded: as above, with all that is not declared in the group's favour.
  possible
};

/// Parties that act as one, with every company that they control together. Stakes of controlled
/// companies count whole, so that control runs through chains and adds up over subsidiaries.
/// Source: Code de commerce L.233-4.
class ControlGroup {
 public:
  /// `open_companies`: by party, whether somebody whom nobody declared may hold what is left.
  /// Both must outlive the group.
  ControlGroup(const Ownership& ownership, const std::vector<bool>& open_companies,
               ControlRule rule);

  /// Adds a party, and every company that is thereby controlled.
  void add(PartyNumber party);
  /// Adds the holders whom nobody declared, as one, and every company that they control.
  void add_hidden();
  /// Takes back what was added after the group had that many members.
  void shrink_to(std::size_t members);

  /// In the order in which they were found.
  [[nodiscard]] const std::vector<PartyNumber>& members() const { return members_; }
  [[nodiscard]] bool contains(PartyNumber party) const { return is_member_[party]; }
  /// What the group holds in a company.
  [[nodiscard]] Bounds part_in(PartyNumber company, Share share) const;
  /// Whether a member appoints the majority of the company's organs.
  [[nodiscard]] bool appoints_in(PartyNumber company) const {
    return sums_[company].appointing > 0;
  }

 private:
  struct Sums {
    Percent capital;
    Percent votes;
    std::uint32_t stakes = 0;
    std::uint32_t open_capital = 0;
    std::uint32_t open_votes = 0;
    std::uint32_t appointing = 0;
  };
  void enter(PartyNumber party);
  void follow_from(std::size_t member);
  void follow(PartyNumber member);
  [[nodiscard]] bool controls(PartyNumber company) const;
  [[nodiscard]] bool somebody_holds_more(PartyNumber company, Percent votes) const;
  [[nodiscard]] bool somebody_may_hold_more(PartyNumber company, Percent votes) const;
  [[nodiscard]] bool is_alone(PartyNumber party) const;

  const Ownership& ownership_;
  const std::vector<bool>& open_companies_;
  ControlRule rule_;
  bool has_hidden_ = false;
  std::vector<Sums> sums_;  // of the members' stakes in each company
  std::vector<bool> is_member_;
  std::vector<PartyNumber> members_;
};

}  // namespace octroi::law
