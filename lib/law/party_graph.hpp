// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "law/jurisdiction.hpp"
#include "law/ownership.hpp"
#include "model/provider.hpp"

namespace octroi::law {

/// Parties that act together, as a party of its own.
struct Alliance {
  PartyNumber party;                 ///< the one that stands for them
  std::vector<PartyNumber> members;  ///< sorted
  bool is_concert;                   ///< else it has joint powers only
};

/// The parties behind a provider on a day, numbered so that the order in which they are declared
/// means nothing. The provider must outlive the graph.
class PartyGraph {
 public:
  /// Throws Error(bad_input) as Ownership does, and on a holder in two concerts in one company.
  PartyGraph(const model::Provider& provider, Date as_of);

  /// Who has a say over whom: who acts in concert in a company holds its part as one party, which
  /// each of them controls; joint powers are a party's that has nothing else.
  /// Source: Code de commerce L.233-3 III, L.233-10.
  [[nodiscard]] const Ownership& ownership() const { return ownership_; }
  /// The stakes as they are declared, among the same parties.
  [[nodiscard]] const Ownership& declared() const { return declared_; }
  /// The party as which a declared stake's holder acts: itself, or its concert.
  [[nodiscard]] PartyNumber acts_as(const Stake& stake) const;
  [[nodiscard]] const std::vector<Alliance>& alliances() const { return alliances_; }

  [[nodiscard]] PartyNumber number(const std::string& id) const { return numbers_.at(id); }
  /// Nothing for an alliance, and for an id that is used but not declared.
  [[nodiscard]] const model::Party* party(PartyNumber number) const { return parties_[number]; }
  [[nodiscard]] bool is_alliance(PartyNumber number) const { return number >= numbers_.size(); }
  /// By party, whether somebody whom nobody declared may hold what is left of it.
  [[nodiscard]] const std::vector<bool>& open_companies() const { return open_companies_; }

 private:
  struct Stakes {
    std::vector<Stake> declared;
    std::vector<Stake> combined;
  };
  void number_parties(const model::Provider& provider);
  std::vector<PartyNumber> numbers_of(const std::vector<std::string>& ids) const;
  PartyNumber add_alliance(std::vector<PartyNumber> members, bool is_concert);
  Stakes stakes_of(const model::Provider& provider, Date as_of);
  void add_concerts(const model::Provider& provider, Stakes& stakes);
  void add_joint_powers(const model::Provider& provider, Stakes& stakes);
  void find_open_companies(const model::Provider& provider);

  std::map<std::string, PartyNumber> numbers_;
  std::vector<std::string> names_;
  std::vector<const model::Party*> parties_;
  std::vector<Alliance> alliances_;
  std::map<std::pair<PartyNumber, PartyNumber>, PartyNumber> concerts_;  // holder, held
  Ownership declared_;
  Ownership ownership_;
  std::vector<bool> open_companies_;
};

}  // namespace octroi::law
