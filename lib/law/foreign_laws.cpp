// SPDX-License-Identifier: Apache-2.0
#include "law/foreign_laws.hpp"

#include <set>
#include <utility>

#include "law/adequacy.hpp"
#include "law/control_group.hpp"
#include "law/party_graph.hpp"

namespace octroi::law {
namespace {

/// Who has a say over whom, where each of those who appoint the majority of a company's organs
/// together counts as in control of it: the law of one is enough to reach it.
/// Source: Code de commerce L.233-3 III (joint control).
Ownership with_joint_control(const PartyGraph& graph) {
  const Ownership& ownership = graph.ownership();
  std::vector<std::string> names;
  std::vector<Stake> stakes;
  for (PartyNumber party = 0; party < ownership.size(); ++party) {
    names.push_back(ownership.name(party));
    const auto held = ownership.stakes_in(party);
    stakes.insert(stakes.end(), held.begin(), held.end());
  }
  for (const Alliance& alliance : graph.alliances()) {
    if (alliance.is_concert) continue;  // its members control it already
    for (const PartyNumber member : alliance.members) {
      Stake control{member, alliance.party};
      control.appoints_majority = true;
      stakes.push_back(control);
    }
  }
  return {std::move(names), std::move(stakes)};
}

/// Gathers countries party by party, and whether something was left undeclared.
class LawSearch {
 public:
  LawSearch(const model::Provider& provider, Date as_of)
      : as_of_(as_of),
        graph_(provider, as_of),
        ownership_(with_joint_control(graph_)),
        is_visited_(ownership_.size(), false) {}

  /// Adds a party whose law, and that of whoever controls it or may, is asked for.
  void add(const std::string& id) { wanted_.push_back(graph_.number(id)); }

  /// Looks at every head once, however many parties are asked for.
  void run() {
    ControlGroup group(ownership_, graph_.open_companies(), ControlRule::possible);
    ControlGroup hidden(ownership_, graph_.open_companies(), ControlRule::possible);
    hidden.add_hidden();
    const std::size_t hidden_members = hidden.members().size();
    for (const PartyNumber party : wanted_) {
      visit_seats(party);
      if (hidden.contains(party)) leave_open();
    }
    for (PartyNumber head = 0; head < ownership_.size(); ++head) {
      group.add(head);
      hidden.add(head);
      for (const PartyNumber party : wanted_) {
        if (group.contains(party)) {
          visit_seats(head);
        } else if (hidden.contains(party)) {
          leave_open();
        }
      }
      group.shrink_to(0);
      hidden.shrink_to(hidden_members);
    }
  }

  void leave_open() { is_open_ = true; }

  [[nodiscard]] std::optional<std::vector<std::string>> answer() const {
    if (countries_.empty() && is_open_) return std::nullopt;
    return std::vector<std::string>(countries_.begin(), countries_.end());
  }

 private:
  void visit_seats(PartyNumber number) {
    if (is_visited_[number] || graph_.is_alliance(number)) return;
    is_visited_[number] = true;
    const model::Party* party = graph_.party(number);
    if (party == nullptr) return leave_open();
    visit_seat(party->principal_establishment);
    if (party->kind == "natural-person") return;
    visit_seat(party->registered_office);
    visit_seat(party->central_administration);
  }

  void visit_seat(const std::optional<std::string>& seat) {
    const std::optional<Country> country = seat ? Country::from(*seat) : std::nullopt;
    if (!country) return leave_open();
    if (is_in_european_economic_area(*country, as_of_)) return;
    if (adequacy_for(*country, {}, as_of_) == Adequacy::adequate) return;
    countries_.emplace(country->code());
  }

  Date as_of_;
  PartyGraph graph_;
  Ownership ownership_;
  std::vector<PartyNumber> wanted_;
  std::vector<bool> is_visited_;
  std::set<std::string> countries_;
  bool is_open_ = false;
};

}  // namespace

std::optional<std::vector<std::string>> foreign_laws(const model::Provider& provider, Date as_of) {
  LawSearch search(provider, as_of);
  search.add(provider.operator_id);
  for (const model::Supplier& supplier : provider.suppliers) {
    if (!supplier.period.contains(as_of)) continue;
    if (!supplier.can_access_data) {
      search.leave_open();
    } else if (*supplier.can_access_data) {
      search.add(supplier.party);
    }
  }
  search.run();
  return search.answer();
}

}  // namespace octroi::law
