// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "law/control_group.hpp"
#include "law/party_graph.hpp"

namespace octroi::law {

/// The answer that decides of two: no before unknown before yes.
[[nodiscard]] Answer weaker(Answer left, Answer right);
/// The other one.
[[nodiscard]] Answer nearer(Answer left, Answer right);

/// Whether each party, and everybody who controls it, is in the European Union on a day.
class Allegiance {
 public:
  /// The graph must outlive it.
  Allegiance(const PartyGraph& graph, Date as_of);

  /// The party alone: a company's three seats, a person's residence. A person outside the Union is
  /// unknown, since the text speaks of companies only: a human has to judge. An alliance has no
  /// seat; one with joint powers is as near to the Union as the nearest of its members, without
  /// whom it can do nothing.
  [[nodiscard]] Answer seats_of(PartyNumber party) const { return seats_[party]; }
  /// The party and whoever controls it: no, when one that certainly does is outside; unknown, when
  /// one that may do so is not known to be in the Union.
  [[nodiscard]] Answer standing_of(PartyNumber party) const { return standings_[party]; }

  /// Visits the groups of companies under one head each: every party whose own seats say `seats`
  /// and that is in no group visited before.
  using Visit = std::function<void(PartyNumber head, const ControlGroup& group)>;
  void visit_certain_groups(Answer seats, const Visit& visit) const;
  void visit_presumed_groups(const Visit& visit) const;  ///< of heads outside the Union
  /// The same for what cannot be excluded, of all heads that are not known to be in the Union. The
  /// holders whom nobody declared count with every head: it may stand behind them. First without a
  /// head: they alone, and then how many members that group has.
  using PossibleVisit = std::function<void(std::optional<PartyNumber> head,
                                           const ControlGroup& group, std::size_t hidden_members)>;
  void visit_possible_groups(const PossibleVisit& visit) const;

 private:
  [[nodiscard]] Answer own_seats(PartyNumber party, Date as_of) const;
  void visit_groups(Answer seats, ControlRule rule, const Visit& visit) const;
  void find_standings();
  bool update_joint_powers();

  const PartyGraph& graph_;
  std::vector<Answer> seats_;
  std::vector<Answer> standings_;
};

/// Where a company's seat is: yes in the Union, no outside, unknown when not declared.
[[nodiscard]] Answer seat_answer(const std::optional<std::string>& code, Date as_of);

}  // namespace octroi::law
