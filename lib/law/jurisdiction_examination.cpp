// SPDX-License-Identifier: Apache-2.0
#include "law/jurisdiction_examination.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "base/error.hpp"
#include "law/countries.hpp"
#include "law/provider_holdings.hpp"

namespace octroi::law {
namespace {

/// Source: SecNumCloud 3.2 section 19.6 b: "more than" each, so equality passes.
constexpr Percent k_individual_ceiling = Percent::of(24);
constexpr Percent k_joint_ceiling = Percent::of(39);

constexpr std::string_view k_not_declared = "not declared";

using Seat = std::optional<std::string> model::Party::*;
constexpr std::array<std::pair<JurisdictionTest, Seat>, 3> k_seats = {{
    {JurisdictionTest::registered_office, &model::Party::registered_office},
    {JurisdictionTest::central_administration, &model::Party::central_administration},
    {JurisdictionTest::principal_establishment, &model::Party::principal_establishment},
}};

Answer seat_answer(const std::optional<std::string>& code, Date as_of) {
  if (!code) return Answer::unknown;
  const std::optional<Country> country = Country::from(*code);
  if (!country) return Answer::unknown;
  return is_in_european_union(*country, as_of) ? Answer::yes : Answer::no;
}

std::string_view name_of(Share share) {
  return share == Share::votes ? "votes" : "capital";
}

std::string text_of(const Bounds& bounds, Share share) {
  if (bounds.least == bounds.most)
    return fmt::format("{} % of {}", bounds.least.text(), name_of(share));
  return fmt::format("{} to {} % of {}", bounds.least.text(), bounds.most.text(), name_of(share));
}

Answer against(Percent ceiling, const Bounds& bounds) {
  if (bounds.least > ceiling) return Answer::no;
  return bounds.most > ceiling ? Answer::unknown : Answer::yes;
}

std::set<std::string> group_of(const std::string& party, const std::vector<Control>& controls) {
  std::set<std::string> result = {party};
  for (const Control& control : controls) result.insert(control.company);
  return result;
}

}  // namespace

Answer weaker(Answer left, Answer right) {
  if (left == Answer::no || right == Answer::no) return Answer::no;
  return left == Answer::unknown ? left : right;
}

Examination::Examination(const model::Provider& provider, Date as_of)
    : provider_(provider), as_of_(as_of), ownership_(holdings_of(provider)) {
  for (const model::Party& party : provider.parties) parties_.emplace(party.id, &party);
}

void Examination::add(std::string party, JurisdictionTest test, std::string value, Answer answer) {
  steps_.push_back({std::move(party), test, std::move(value), answer});
}

Answer Examination::seats_of(const std::string& party) const {
  const auto found = parties_.find(party);
  // The text speaks of companies; where a natural person decides, a human has to.
  if (found == parties_.end() || found->second->kind == "natural-person") return Answer::unknown;
  Answer answer = Answer::yes;
  for (const auto& [test, seat] : k_seats) {
    answer = weaker(answer, seat_answer(found->second->*seat, as_of_));
  }
  return answer;
}

/// True when somebody who was not declared may own a part of the party: a company whose shares are
/// not traded on a regulated market, where only declared thresholds count.
/// Source: SecNumCloud 3.2 section 19.6 b; Code de commerce L.233-7 I.
bool Examination::has_open_shares(const std::string& party) const {
  const auto found = parties_.find(party);
  if (found == parties_.end()) return true;
  return found->second->kind == "company" && !found->second->listed;
}

Answer Examination::standing_of(const std::string& party) {
  if (const auto known = standings_.find(party); known != standings_.end()) return known->second;
  Answer answer = seats_of(party);
  const std::set<std::string> certain = ownership_.controllers_of(party);
  for (const std::string& controller : certain) answer = weaker(answer, seats_of(controller));
  bool is_open = has_open_shares(party) && ownership_.could_have_unknown_controller(party);
  for (const std::string& controller : ownership_.possible_controllers_of(party)) {
    // Who only may control can make the answer uncertain, and never a no.
    if (seats_of(controller) != Answer::yes) answer = weaker(answer, Answer::unknown);
    is_open = is_open ||
              (has_open_shares(controller) && ownership_.could_have_unknown_controller(controller));
  }
  if (is_open) answer = weaker(answer, Answer::unknown);
  standings_.emplace(party, answer);
  return answer;
}

void Examination::examine_seats(const std::string& party) {
  const auto found = parties_.find(party);
  if (found == parties_.end()) {
    add(party, JurisdictionTest::registered_office, std::string(k_not_declared), Answer::unknown);
    return;
  }
  if (found->second->kind == "natural-person") {
    add(party, JurisdictionTest::natural_person, "not addressed by the text", Answer::unknown);
    return;
  }
  for (const auto& [test, seat] : k_seats) {
    const std::optional<std::string>& code = found->second->*seat;
    add(party, test, code.value_or(std::string(k_not_declared)), seat_answer(code, as_of_));
  }
}

/// One step for the control itself, and one for every controlled company that it runs through, so
/// that the steps read as the chain of holders.
void Examination::explain_control(const std::string& controller, const std::string& company,
                                  Answer answer) {
  const std::vector<Control> controls = ownership_.controlled_by(controller);
  std::vector<std::string> to_explain = {company};
  for (std::size_t at = 0; at < to_explain.size(); ++at) {
    const auto found = std::find_if(controls.begin(), controls.end(), [&](const Control& control) {
      return control.company == to_explain[at];
    });
    if (found == controls.end()) continue;
    std::string how = found->appoints_majority && found->votes.least <= Percent::of(50)
                          ? "appoints the majority of the organs"
                          : text_of(found->votes, Share::votes);
    std::vector<std::string> through;
    for (const std::string& holder : found->through) {
      if (holder == controller) continue;
      through.push_back(holder);
      if (std::find(to_explain.begin(), to_explain.end(), holder) == to_explain.end()) {
        to_explain.push_back(holder);
      }
    }
    if (!through.empty()) how += fmt::format(", through {}", fmt::join(through, " and "));
    add(to_explain[at], JurisdictionTest::controlled_by, fmt::format("{} ({})", controller, how),
        answer);
  }
}

// Shares that a company holds in its own controller do not vote, so that companies which control
// each other leave open who controls them. Source: Code de commerce L.233-31.
void Examination::examine_mutual_control(const std::string& controller,
                                         const std::string& company) {
  if (!ownership_.controllers_of(controller).contains(company)) return;
  add(company, JurisdictionTest::controlled_by,
      fmt::format("{}, which it controls itself", controller), Answer::unknown);
}

void Examination::examine_control(const std::string& company) {
  const std::set<std::string> certain = ownership_.controllers_of(company);
  for (const std::string& controller : certain) {
    explain_control(controller, company, seats_of(controller));
    examine_seats(controller);
    examine_mutual_control(controller, company);
  }
  for (const std::string& controller : ownership_.possible_controllers_of(company)) {
    if (certain.contains(controller) || standing_of(controller) == Answer::yes) continue;
    add(company, JurisdictionTest::controlled_by, fmt::format("{} (possibly)", controller),
        Answer::unknown);
  }
  examine_hidden_control(company);
  for (const std::string& controller : certain) examine_hidden_control(controller);
}

void Examination::examine_hidden_control(const std::string& company) {
  if (!has_open_shares(company) || !ownership_.could_have_unknown_controller(company)) return;
  add(company, JurisdictionTest::undeclared_remainder,
      fmt::format("{} % of votes", ownership_.undeclared(company, Share::votes).text()),
      Answer::unknown);
}

void Examination::examine_ceilings(Share share) {
  const std::string& company = provider_.operator_id;
  const Percent open = has_open_shares(company) ? ownership_.undeclared(company, share) : Percent{};
  std::set<std::string> outside;
  std::set<std::string> not_inside;
  for (const Holding* holding : ownership_.holdings_in(company)) {
    const Answer standing = standing_of(holding->holder);
    if (standing == Answer::no) outside.insert(holding->holder);
    if (standing != Answer::yes) not_inside.insert(holding->holder);
  }
  for (const auto& [party, declared] : parties_) {
    if (party == company || standing_of(party) == Answer::yes) continue;
    const Bounds bounds{
        ownership_.held_by(group_of(party, ownership_.controlled_by(party)), company, share).least,
        ownership_
            .held_by(group_of(party, ownership_.possibly_controlled_by(party)), company, share)
            .most};
    Answer answer = against(k_individual_ceiling, bounds);
    if (answer == Answer::no && standing_of(party) != Answer::no) answer = Answer::unknown;
    if (bounds.most == Percent{}) continue;
    add(company, JurisdictionTest::shares_held_by,
        fmt::format("{} ({})", party, text_of(bounds, share)), answer);
  }
  const Percent most = ownership_.held_by(not_inside, company, share).most + open;
  const Bounds together{ownership_.held_by(outside, company, share).least,
                        std::min(most, Percent::of(100))};
  add(company, JurisdictionTest::shares_held_together, text_of(together, share),
      against(k_joint_ceiling, together));
  if (open > k_individual_ceiling) {
    add(company, JurisdictionTest::undeclared_remainder,
        fmt::format("{} % of {}", open.text(), name_of(share)), Answer::unknown);
  }
}

void Examination::examine_powers() {
  for (const Holding* holding : ownership_.holdings_in(provider_.operator_id)) {
    const Answer standing = standing_of(holding->holder);
    if (holding->has_veto) {
      add(provider_.operator_id, JurisdictionTest::veto, holding->holder, standing);
    }
    if (holding->appoints_majority) {
      add(provider_.operator_id, JurisdictionTest::appoints_majority, holding->holder, standing);
    }
  }
}

void Examination::examine_suppliers() {
  for (const model::Supplier& supplier : provider_.suppliers) {
    const Answer standing = standing_of(supplier.party);
    Answer answer = Answer::yes;
    std::string_view access = "cannot obtain data";
    if (!supplier.can_access_data) {  // of an outsider, not knowing its access is not knowing
      answer = standing == Answer::yes ? Answer::yes : Answer::unknown;
      access = "access to data not declared";
    } else if (*supplier.can_access_data) {
      answer = standing;
      access = "can obtain data";
    }
    add(supplier.party, JurisdictionTest::supplier_access, std::string(access), answer);
  }
}

std::vector<JurisdictionStep> Examination::steps() {
  steps_.clear();
  examine_seats(provider_.operator_id);
  examine_control(provider_.operator_id);
  const bool is_controlled_from_outside =
      std::any_of(steps_.begin(), steps_.end(), [](const JurisdictionStep& step) {
        return step.test == JurisdictionTest::controlled_by && step.answer == Answer::no;
      });
  if (!is_controlled_from_outside) {  // control from outside is beyond every ceiling already
    examine_ceilings(Share::capital);
    examine_ceilings(Share::votes);
  }
  examine_powers();
  examine_suppliers();
  return steps_;
}

}  // namespace octroi::law
