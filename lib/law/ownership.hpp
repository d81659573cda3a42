// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "law/percent.hpp"

namespace octroi::law {

/// A party of an Ownership: its place in the list of names.
using PartyNumber = std::uint32_t;

/// Which of the two kinds of share a sum is about.
enum class Share { capital, votes };

/// "capital", "votes".
[[nodiscard]] std::string_view name_of(Share share);

/// What is known of a sum of shares: it lies between the two.
struct Bounds {
  Percent least;
  Percent most;

  friend bool operator==(const Bounds&, const Bounds&) = default;
};

/// A declared part. One that is open was not declared, or not all of it: it may be more, up to what
/// all the others leave.
struct Part {
  Percent least;
  bool is_open = false;
};

/// One holder's rights in one company.
struct Stake {
  PartyNumber holder = 0;
  PartyNumber held = 0;
  Part capital = {};
  Part votes = {};
  bool has_veto = false;
  bool appoints_majority = false;

  [[nodiscard]] const Part& part(Share share) const {
    return share == Share::votes ? votes : capital;
  }
};

/// Who owns whom among numbered parties. Built once in nearly linear time, then only asked.
class Ownership {
 public:
  /// Throws Error(bad_input) when the declared parts of a company add up to more than 100.01 %, or
  /// a holder's part in a company is declared twice.
  Ownership(std::vector<std::string> names, std::vector<Stake> stakes);

  [[nodiscard]] std::size_t size() const { return names_.size(); }
  [[nodiscard]] const std::string& name(PartyNumber party) const { return names_[party]; }

  /// The stakes in a company, most votes first, and those of a holder.
  [[nodiscard]] std::span<const Stake> stakes_in(PartyNumber held) const;
  [[nodiscard]] std::span<const Stake> stakes_of(PartyNumber holder) const;

  /// The part of a company's shares that no declared stake accounts for.
  [[nodiscard]] Percent undeclared(PartyNumber company, Share share) const {
    return share == Share::votes ? undeclared_votes_[company] : undeclared_capital_[company];
  }

  /// Votes in a company that a company which it may control itself holds, or it itself: they are
  /// not cast, and weigh for whoever else votes. Never less than what may be idle.
  /// Source: Code de commerce L.233-31, L.225-111.
  [[nodiscard]] Percent idle_votes(PartyNumber company) const { return idle_votes_[company]; }
  [[nodiscard]] bool is_idle(const Stake& stake) const;

  /// Every party: holders before those they hold, except within a ring of parties that hold each
  /// other, whose members follow each other.
  [[nodiscard]] const std::vector<PartyNumber>& holders_first() const { return holders_first_; }
  /// Two parties of one ring hold each other, through others or not.
  [[nodiscard]] PartyNumber ring(PartyNumber party) const { return rings_[party]; }

 private:
  void require_no_stake_twice() const;
  void find_undeclared();
  void find_rings();
  void find_idle_votes();

  std::vector<std::string> names_;
  std::vector<Stake> by_held_;
  std::vector<Stake> by_holder_;
  std::vector<std::size_t> first_by_held_;
  std::vector<std::size_t> first_by_holder_;
  std::vector<Percent> undeclared_capital_;
  std::vector<Percent> undeclared_votes_;
  std::vector<PartyNumber> holders_first_;
  std::vector<PartyNumber> rings_;
  std::vector<bool> may_control_in_ring_;  // of a party: alone, a member of its ring
  std::vector<bool> controlled_in_ring_;   // of a party: by members of its ring together
  std::vector<Percent> idle_votes_;
};

}  // namespace octroi::law
