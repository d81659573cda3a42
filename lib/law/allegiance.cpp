// SPDX-License-Identifier: Apache-2.0
#include "law/allegiance.hpp"

#include "law/countries.hpp"

namespace octroi::law {
namespace {

/// How far the answer is from yes.
int distance(Answer answer) {
  switch (answer) {
    case Answer::yes:
      return 0;
    case Answer::unknown:
      return 1;
    case Answer::no:
      break;
  }
  return 2;
}

}  // namespace

Answer weaker(Answer left, Answer right) {
  return distance(left) < distance(right) ? right : left;
}

Answer nearer(Answer left, Answer right) {
  return distance(left) < distance(right) ? left : right;
}

Answer seat_answer(const std::optional<std::string>& code, Date as_of) {
  const std::optional<Country> country = code ? Country::from(*code) : std::nullopt;
  if (!country) return Answer::unknown;
  return is_in_european_union(*country, as_of) ? Answer::yes : Answer::no;
}

Allegiance::Allegiance(const PartyGraph& graph, Date as_of) : graph_(graph) {
  for (PartyNumber party = 0; party < graph.ownership().size(); ++party) {
    seats_.push_back(own_seats(party, as_of));
  }
  // Each round weakens the seats of an alliance, so there are no more rounds than that.
  do {
    find_standings();
  } while (update_joint_powers());
}

Answer Allegiance::own_seats(PartyNumber party, Date as_of) const {
  if (graph_.is_alliance(party)) return Answer::yes;
  const model::Party* known = graph_.party(party);
  if (known == nullptr) return Answer::unknown;
  const Answer principal = seat_answer(known->principal_establishment, as_of);
  if (known->kind == "natural-person") {
    return principal == Answer::yes ? Answer::yes : Answer::unknown;
  }
  return weaker(principal, weaker(seat_answer(known->registered_office, as_of),
                                  seat_answer(known->central_administration, as_of)));
}

void Allegiance::visit_groups(Answer seats, ControlRule rule, const Visit& visit) const {
  std::vector<bool> is_visited(graph_.ownership().size(), false);
  ControlGroup group(graph_.ownership(), graph_.open_companies(), rule);
  for (const PartyNumber head : graph_.ownership().holders_first()) {
    if (seats_[head] != seats || is_visited[head]) continue;
    group.add(head);
    for (const PartyNumber member : group.members()) is_visited[member] = true;
    visit(head, group);
    group.shrink_to(0);
  }
}

void Allegiance::visit_certain_groups(Answer seats, const Visit& visit) const {
  visit_groups(seats, ControlRule::certain, visit);
}

void Allegiance::visit_presumed_groups(const Visit& visit) const {
  visit_groups(Answer::no, ControlRule::presumed, visit);
}

void Allegiance::visit_possible_groups(const PossibleVisit& visit) const {
  std::vector<bool> is_visited(graph_.ownership().size(), false);
  ControlGroup group(graph_.ownership(), graph_.open_companies(), ControlRule::possible);
  group.add_hidden();
  const std::size_t hidden = group.members().size();
  visit(std::nullopt, group, hidden);
  for (const PartyNumber head : graph_.ownership().holders_first()) {
    if (seats_[head] == Answer::yes || is_visited[head] || group.contains(head)) continue;
    group.add(head);
    for (std::size_t at = hidden; at < group.members().size(); ++at) {
      is_visited[group.members()[at]] = true;
    }
    visit(head, group, hidden);
    group.shrink_to(hidden);
  }
}

void Allegiance::find_standings() {
  standings_ = seats_;
  visit_possible_groups([this](auto head, const ControlGroup& group, std::size_t hidden) {
    for (std::size_t at = head ? hidden : 0; at < group.members().size(); ++at) {
      Answer& standing = standings_[group.members()[at]];
      standing = weaker(standing, Answer::unknown);
    }
  });
  visit_certain_groups(Answer::no, [this](PartyNumber, const ControlGroup& group) {
    for (const PartyNumber member : group.members()) standings_[member] = Answer::no;
  });
}

bool Allegiance::update_joint_powers() {
  bool has_changed = false;
  for (const Alliance& alliance : graph_.alliances()) {
    if (alliance.is_concert) continue;
    Answer nearest = Answer::no;
    for (const PartyNumber member : alliance.members) {
      nearest = nearer(nearest, standings_[member]);
    }
    Answer& seats = seats_[alliance.party];
    has_changed = has_changed || distance(nearest) > distance(seats);
    seats = weaker(seats, nearest);
  }
  return has_changed;
}

}  // namespace octroi::law
