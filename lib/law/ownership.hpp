// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "law/percent.hpp"

namespace octroi::law {

/// One holder's rights in one company. A share that was not declared is absent: not zero.
struct Holding {
  std::string holder;
  std::string held;
  std::optional<Percent> capital;
  std::optional<Percent> votes;
  bool has_veto = false;
  bool appoints_majority = false;
};

/// Which of the two kinds of share a sum is about.
enum class Share { capital, votes };

/// What is known of a sum of shares: it lies between the two.
struct Bounds {
  Percent least;
  Percent most;
};

/// How a controller comes to its control of a company.
struct Control {
  std::string company;
  Bounds votes;                      ///< of the controller and those it controls, together
  std::vector<std::string> through;  ///< the holders that count: itself, or companies it controls
  bool appoints_majority = false;
};

/// Who owns whom among the parties of a provider. Built once, then only asked; the order in which
/// holdings were added means nothing.
class Ownership {
 public:
  /// Throws Error(bad_input) when the declared shares of a company add up to more than 100.01 %,
  /// or a holder's share in a company is declared twice.
  explicit Ownership(std::vector<Holding> holdings);

  /// The holdings in a company, by holder.
  [[nodiscard]] std::vector<const Holding*> holdings_in(const std::string& company) const;

  /// The part of a company's shares that no declared holding accounts for.
  [[nodiscard]] Percent undeclared(const std::string& company, Share share) const;

  /// What `holders` hold together in the company. A holding whose share is not declared may be
  /// anything up to what the others leave.
  [[nodiscard]] Bounds held_by(const std::set<std::string>& holders, const std::string& company,
                               Share share) const;

  /// Every company that the party certainly controls, in the order in which that is found: it has,
  /// with the companies it controls already, more than half of the votes, or appoints the majority
  /// of the organs. Stakes of controlled companies count whole. The party itself is not in it.
  /// Source: Code de commerce L.233-3 I (control), L.233-4 (stakes of a controlled company).
  [[nodiscard]] std::vector<Control> controlled_by(const std::string& party) const;

  /// Every company that the party may control: as above with what is not declared counted in its
  /// favour, and from 40 % of the votes where nobody is known to hold more.
  /// Source: Code de commerce L.233-3 II (presumption above 40 %).
  [[nodiscard]] std::vector<Control> possibly_controlled_by(const std::string& party) const;

  /// The parties that certainly, or possibly, control the company; sorted.
  [[nodiscard]] std::set<std::string> controllers_of(const std::string& company) const;
  [[nodiscard]] std::set<std::string> possible_controllers_of(const std::string& company) const;

  /// True when holders that nobody declared could control the company.
  [[nodiscard]] bool could_have_unknown_controller(const std::string& company) const;

 private:
  using ControlTest = bool (Ownership::*)(const Control&) const;
  [[nodiscard]] std::vector<Control> closure(const std::string& party, ControlTest controls) const;
  [[nodiscard]] std::set<std::string> parties_with(const std::string& company,
                                                   ControlTest controls) const;
  [[nodiscard]] bool is_certain(const Control& control) const;
  [[nodiscard]] bool is_possible(const Control& control) const;
  [[nodiscard]] bool somebody_holds_more(const Control& control) const;

  std::map<std::string, std::map<std::string, Holding>> by_company_;  // company, then holder
  std::map<std::string, std::set<std::string>> by_holder_;            // holder, then companies
};

}  // namespace octroi::law
