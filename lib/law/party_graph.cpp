// SPDX-License-Identifier: Apache-2.0
#include "law/party_graph.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/safe_text.hpp"

namespace octroi::law {
namespace {

Part part_of(const std::optional<std::string>& percent) {
  const std::optional<Percent> least = percent ? Percent::parse(*percent) : std::nullopt;
  return {least.value_or(Percent{}), !least};
}

void join(Part& whole, const Part& part) {
  whole.least += part.least;
  whole.is_open = whole.is_open || part.is_open;
}

void join(Stake& whole, const Stake& stake) {
  join(whole.capital, stake.capital);
  join(whole.votes, stake.votes);
  whole.has_veto = whole.has_veto || stake.has_veto;
  whole.appoints_majority = whole.appoints_majority || stake.appoints_majority;
}

/// Several who act together in one party; sorted, the order of the document means nothing.
struct Together {
  PartyNumber held;
  std::vector<PartyNumber> holders;
  bool veto = false;
  bool appoints_majority = false;

  friend auto operator<=>(const Together&, const Together&) = default;
};

}  // namespace

PartyGraph::PartyGraph(const model::Provider& provider, Date as_of)
    : declared_({}, {}), ownership_({}, {}) {
  number_parties(provider);
  Stakes stakes = stakes_of(provider, as_of);
  add_concerts(provider, stakes);
  add_joint_powers(provider, stakes);
  parties_.resize(names_.size(), nullptr);
  declared_ = Ownership(names_, std::move(stakes.declared));
  ownership_ = Ownership(names_, std::move(stakes.combined));
  find_open_companies(provider);
}

void PartyGraph::number_parties(const model::Provider& provider) {
  std::map<std::string, const model::Party*> found = {{provider.operator_id, nullptr}};
  for (const model::Holding& holding : provider.holdings) {
    found.emplace(holding.holder, nullptr);
    found.emplace(holding.held, nullptr);
  }
  for (const model::Supplier& supplier : provider.suppliers) found.emplace(supplier.party, nullptr);
  for (const model::JointPower& power : provider.joint_powers) {
    found.emplace(power.held, nullptr);
    for (const std::string& holder : power.holders) found.emplace(holder, nullptr);
  }
  for (const model::Concert& concert : provider.concerts) {
    found.emplace(concert.held, nullptr);
    for (const std::string& holder : concert.holders) found.emplace(holder, nullptr);
  }
  for (const model::Party& party : provider.parties) found.insert_or_assign(party.id, &party);
  for (const auto& [id, party] : found) {
    numbers_.emplace(id, static_cast<PartyNumber>(names_.size()));
    names_.push_back(id);
    parties_.push_back(party);
  }
}

std::vector<PartyNumber> PartyGraph::numbers_of(const std::vector<std::string>& ids) const {
  std::vector<PartyNumber> result;
  for (const std::string& id : ids) result.push_back(number(id));
  std::sort(result.begin(), result.end());
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return result;
}

PartyNumber PartyGraph::add_alliance(std::vector<PartyNumber> members, bool is_concert) {
  std::vector<std::string> names;
  for (const PartyNumber member : members) names.push_back(names_[member]);
  const auto party = static_cast<PartyNumber>(names_.size());
  names_.push_back(
      fmt::format("{} {}", fmt::join(names, " and "), is_concert ? "in concert" : "together"));
  alliances_.push_back({party, std::move(members), is_concert});
  return party;
}

PartyGraph::Stakes PartyGraph::stakes_of(const model::Provider& provider, Date as_of) {
  Stakes stakes;
  for (const model::Holding& holding : provider.holdings) {
    if (!holding.period.contains(as_of)) continue;
    stakes.declared.push_back({number(holding.holder), number(holding.held),
                               part_of(holding.capital_percent), part_of(holding.votes_percent),
                               holding.veto, holding.appoints_majority});
  }
  return stakes;
}

void PartyGraph::add_concerts(const model::Provider& provider, Stakes& stakes) {
  std::vector<Together> concerts;
  for (const model::Concert& concert : provider.concerts) {
    concerts.push_back({number(concert.held), numbers_of(concert.holders)});
  }
  std::sort(concerts.begin(), concerts.end());
  std::map<PartyNumber, Stake> joined;
  for (const Together& concert : concerts) {
    const PartyNumber party = add_alliance(concert.holders, true);
    joined[party] = {party, concert.held};
    for (const PartyNumber holder : concert.holders) {
      Stake control{holder, party};
      control.appoints_majority = true;
      stakes.combined.push_back(control);
      if (concerts_.emplace(std::pair(holder, concert.held), party).second) continue;
      throw Error(ErrorCode::bad_input,
                  fmt::format("concerts: expected {} in one concert in {}, got two",
                              in_quotes(names_[holder]), in_quotes(names_[concert.held])));
    }
  }
  for (const Stake& stake : stakes.declared) {
    const auto found = concerts_.find({stake.holder, stake.held});
    if (found == concerts_.end()) {
      stakes.combined.push_back(stake);
    } else {
      join(joined[found->second], stake);
    }
  }
  for (const auto& [party, stake] : joined) stakes.combined.push_back(stake);
}

void PartyGraph::add_joint_powers(const model::Provider& provider, Stakes& stakes) {
  std::vector<Together> powers;
  for (const model::JointPower& power : provider.joint_powers) {
    powers.push_back(
        {number(power.held), numbers_of(power.holders), power.veto, power.appoints_majority});
  }
  std::sort(powers.begin(), powers.end());
  for (const Together& power : powers) {
    Stake stake{add_alliance(power.holders, false), power.held};
    stake.has_veto = power.veto;
    stake.appoints_majority = power.appoints_majority;
    stakes.combined.push_back(stake);
  }
}

PartyNumber PartyGraph::acts_as(const Stake& stake) const {
  const auto found = concerts_.find({stake.holder, stake.held});
  return found == concerts_.end() ? stake.holder : found->second;
}

/// Shares of public bodies, foundations and persons are held by nobody. Of a listed company only
/// declared thresholds count; but of one that is not the operator, and of which nobody declared
/// anything, it is not known that nobody passed a threshold.
/// Source: SecNumCloud 3.2 section 19.6 b; Code de commerce L.233-7 I.
void PartyGraph::find_open_companies(const model::Provider& provider) {
  const PartyNumber operator_party = number(provider.operator_id);
  open_companies_.assign(names_.size(), false);
  for (PartyNumber at = 0; at < numbers_.size(); ++at) {
    const model::Party* known = parties_[at];
    if (known == nullptr) {
      open_companies_[at] = true;
      continue;
    }
    if (known->kind != "company" && known->kind != "fund") continue;
    const bool counts_thresholds =
        known->listed && (at == operator_party || !declared_.stakes_in(at).empty());
    open_companies_[at] = !counts_thresholds;
  }
}

}  // namespace octroi::law
