// SPDX-License-Identifier: Apache-2.0
#include "law/ownership.hpp"

#include <algorithm>
#include <deque>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/safe_text.hpp"

namespace octroi::law {
namespace {

constexpr Percent k_whole = Percent::of(100);
constexpr Percent k_half = Percent::of(50);

/// Source: Code de commerce L.233-3 II: "more than 40 %", so exactly 40 % presumes nothing.
constexpr Percent k_presumption = Percent::of(40);

/// Declared shares are rounded, each by its own declarant.
constexpr Percent k_sum_max = k_whole + Percent::hundredth();

const std::optional<Percent>& share_of(const Holding& holding, Share share) {
  return share == Share::votes ? holding.votes : holding.capital;
}

Percent declared(const std::map<std::string, Holding>& holdings, Share share) {
  Percent sum;
  for (const auto& [holder, holding] : holdings)
    sum += share_of(holding, share).value_or(Percent{});
  return sum;
}

Percent rest_of(Percent sum) {
  return sum < k_whole ? k_whole - sum : Percent{};
}

void require_sum(const std::string& company, Share share, Percent sum) {
  if (sum <= k_sum_max) return;
  throw Error(
      ErrorCode::bad_input,
      fmt::format("holdings in {}: expected {} of at most 100 % together, got {} %",
                  in_quotes(company), share == Share::votes ? "votes" : "capital", sum.text()));
}

}  // namespace

Ownership::Ownership(std::vector<Holding> holdings) {
  for (Holding& holding : holdings) {
    by_holder_[holding.holder].insert(holding.held);
    auto& company = by_company_[holding.held];
    const std::string holder = holding.holder;
    const std::string held = holding.held;
    if (!company.emplace(holder, std::move(holding)).second) {
      throw Error(ErrorCode::bad_input, fmt::format("holdings: {} in {} is declared twice",
                                                    in_quotes(holder), in_quotes(held)));
    }
  }
  for (const auto& [company, own] : by_company_) {
    require_sum(company, Share::capital, declared(own, Share::capital));
    require_sum(company, Share::votes, declared(own, Share::votes));
  }
}

std::vector<const Holding*> Ownership::holdings_in(const std::string& company) const {
  std::vector<const Holding*> result;
  const auto found = by_company_.find(company);
  if (found == by_company_.end()) return result;
  for (const auto& [holder, holding] : found->second) result.push_back(&holding);
  return result;
}

Percent Ownership::undeclared(const std::string& company, Share share) const {
  const auto found = by_company_.find(company);
  return found == by_company_.end() ? k_whole : rest_of(declared(found->second, share));
}

Bounds Ownership::held_by(const std::set<std::string>& holders, const std::string& company,
                          Share share) const {
  Bounds result;
  bool some_unknown = false;
  for (const Holding* holding : holdings_in(company)) {
    if (!holders.contains(holding->holder)) continue;
    if (const auto& part = share_of(*holding, share)) {
      result.least += *part;
    } else {
      some_unknown = true;
    }
  }
  result.most = some_unknown ? result.least + undeclared(company, share) : result.least;
  return result;
}

std::vector<Control> Ownership::closure(const std::string& party, ControlTest controls) const {
  std::vector<Control> result;
  std::set<std::string> group = {party};
  std::deque<std::string> to_follow = {party};
  while (!to_follow.empty()) {
    const auto held = by_holder_.find(to_follow.front());
    to_follow.pop_front();
    if (held == by_holder_.end()) continue;
    for (const std::string& company : held->second) {
      if (group.contains(company)) continue;  // also ends every cycle
      Control control{company, held_by(group, company, Share::votes), {}, false};
      for (const Holding* holding : holdings_in(company)) {
        if (!group.contains(holding->holder)) continue;
        control.through.push_back(holding->holder);
        control.appoints_majority = control.appoints_majority || holding->appoints_majority;
      }
      if (!(this->*controls)(control)) continue;
      group.insert(company);
      to_follow.push_back(company);
      result.push_back(std::move(control));
    }
  }
  return result;
}

bool Ownership::is_certain(const Control& control) const {
  return control.appoints_majority || control.votes.least > k_half;
}

bool Ownership::somebody_holds_more(const Control& control) const {
  for (const Holding* holding : holdings_in(control.company)) {
    const bool counts = std::find(control.through.begin(), control.through.end(),
                                  holding->holder) != control.through.end();
    if (!counts && holding->votes && *holding->votes > control.votes.most) return true;
  }
  return false;
}

bool Ownership::is_possible(const Control& control) const {
  return is_certain(control) || control.votes.most > k_half ||
         (control.votes.most > k_presumption && !somebody_holds_more(control));
}

std::vector<Control> Ownership::controlled_by(const std::string& party) const {
  return closure(party, &Ownership::is_certain);
}

std::vector<Control> Ownership::possibly_controlled_by(const std::string& party) const {
  return closure(party, &Ownership::is_possible);
}

std::set<std::string> Ownership::parties_with(const std::string& company,
                                              ControlTest controls) const {
  std::set<std::string> result;
  for (const auto& [holder, held] : by_holder_) {
    if (holder == company) continue;
    const std::vector<Control> controlled = closure(holder, controls);
    const bool holds = std::any_of(controlled.begin(), controlled.end(),
                                   [&](const Control& one) { return one.company == company; });
    if (holds) result.insert(holder);
  }
  return result;
}

std::set<std::string> Ownership::controllers_of(const std::string& company) const {
  return parties_with(company, &Ownership::is_certain);
}

std::set<std::string> Ownership::possible_controllers_of(const std::string& company) const {
  return parties_with(company, &Ownership::is_possible);
}

bool Ownership::could_have_unknown_controller(const std::string& company) const {
  const Percent hidden = undeclared(company, Share::votes);
  return is_possible(Control{company, {Percent{}, hidden}, {}, false});
}

}  // namespace octroi::law
