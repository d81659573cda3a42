// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "law/jurisdiction.hpp"
#include "law/ownership.hpp"
#include "model/provider.hpp"

namespace octroi::law {

/// The answer that decides of two: no before unknown before yes.
[[nodiscard]] Answer weaker(Answer left, Answer right);

/// One examination of a provider, limb by limb. Each limb adds its steps; a later limb (autonomy,
/// joint powers, look-through of minorities) is one more function here.
class Examination {
 public:
  Examination(const model::Provider& provider, Date as_of);

  /// Every step taken, whatever it says.
  [[nodiscard]] std::vector<JurisdictionStep> steps();

 private:
  /// A seat in the Union: yes; outside it: no; not declared: unknown.
  [[nodiscard]] Answer seats_of(const std::string& party) const;
  /// Whether the party and everybody who controls it is in the Union.
  [[nodiscard]] Answer standing_of(const std::string& party);
  [[nodiscard]] bool has_open_shares(const std::string& party) const;

  void examine_seats(const std::string& party);
  void examine_control(const std::string& company);
  void explain_control(const std::string& controller, const std::string& company, Answer answer);
  void examine_mutual_control(const std::string& controller, const std::string& company);
  void examine_hidden_control(const std::string& company);
  void examine_ceilings(Share share);
  void examine_powers();
  void examine_suppliers();
  void add(std::string party, JurisdictionTest test, std::string value, Answer answer);

  const model::Provider& provider_;
  Date as_of_;
  Ownership ownership_;
  std::map<std::string, const model::Party*> parties_;
  std::map<std::string, Answer> standings_;
  std::vector<JurisdictionStep> steps_;
};

}  // namespace octroi::law
