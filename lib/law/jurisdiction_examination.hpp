// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "law/allegiance.hpp"
#include "law/jurisdiction.hpp"
#include "law/look_through.hpp"
#include "law/party_graph.hpp"
#include "model/provider.hpp"

namespace octroi::law {

/// One examination of a provider, limb by limb. Each limb adds its steps. The limbs stand in
/// jurisdiction_examination.cpp (a, control, b3, b4), jurisdiction_ceilings.cpp (b1, b2) and
/// jurisdiction_suppliers.cpp (c, d).
class Examination {
 public:
  Examination(const model::Provider& provider, Date as_of);

  /// Every step taken, whatever it says.
  [[nodiscard]] std::vector<JurisdictionStep> steps();

 private:
  /// The seats speak for `weakest` at most: those of who only may hold or control cannot say no.
  void examine_seats(PartyNumber party, Answer weakest);
  void examine_control();
  void examine_possible_control();
  void examine_powers();

  void examine_ceilings(Share share);
  [[nodiscard]] Answer examine_each_holder(Share share);
  [[nodiscard]] Answer examine_all_holders(Share share);
  void look_through_together(Share share);
  void look_through_each(Share share);
  [[nodiscard]] Bounds part_from_outside(Share share) const;
  [[nodiscard]] Wording holder_text(PartyNumber holder, const Bounds& part, Share share) const;

  void examine_suppliers();
  void explain_suppliers(const std::map<PartyNumber, Answer>& answers);
  [[nodiscard]] std::vector<Answer> supplier_standings() const;
  Answer examine_access(const model::Supplier& supplier, Answer standing);
  Answer examine_autonomy(const model::Supplier& supplier, Answer standing);

  /// The steps by which the group under `head` comes to control the company.
  void explain_control(PartyNumber head, const ControlGroup& group, PartyNumber company,
                       Answer answer);
  /// How the group under `head` holds a part of the operator through companies that it controls.
  void explain_holders(PartyNumber head, const ControlGroup& group, Answer answer);
  /// Where, from the company upwards, holders whom nobody declared could stand: `hidden` is the
  /// group of what they could control.
  void explain_hidden(PartyNumber company, const ControlGroup& hidden);
  void add(PartyNumber party, JurisdictionTest test, Wording value, Answer answer,
           std::string holder = "");
  /// The party's id, or who an alliance is.
  [[nodiscard]] std::string name_in(PartyNumber party, const JurisdictionWords& words) const;
  [[nodiscard]] Wording name_of_holder(PartyNumber holder) const;

  const model::Provider& provider_;
  Date as_of_;
  PartyGraph graph_;
  Allegiance allegiance_;
  PartyNumber operator_;
  std::set<PartyNumber> controllers_;                           // of the operator, certainly
  std::set<PartyNumber> told_seats_;                            // whose seats have their steps
  std::set<std::pair<PartyNumber, PartyNumber>> told_control_;  // head, company
  std::set<PartyNumber> told_hidden_;
  std::vector<JurisdictionStep> steps_;
};

/// "24 % of capital", "10 to 30 % of votes".
[[nodiscard]] std::string text_of(const Bounds& bounds, Share share,
                                  const JurisdictionWords& words);
/// A number of percents as a part of the share: "24 % of capital".
[[nodiscard]] std::string text_of(std::string_view percents, Share share,
                                  const JurisdictionWords& words);

/// A text of the table with its blanks filled in.
template <typename... Arguments>
[[nodiscard]] std::string filled(std::string_view text, const Arguments&... arguments) {
  return fmt::format(fmt::runtime(text), arguments...);
}

}  // namespace octroi::law
