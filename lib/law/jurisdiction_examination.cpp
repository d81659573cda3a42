// SPDX-License-Identifier: Apache-2.0
#include "law/jurisdiction_examination.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

namespace octroi::law {
namespace {

using Words = JurisdictionWords;

Wording not_declared() {
  return in_each_language([](const Words& words) { return std::string(words.not_declared); });
}

Wording same_in_each_language(const std::string& text) {
  return {text, text};
}

using Seat = std::optional<std::string> model::Party::*;
constexpr std::array<std::pair<JurisdictionTest, Seat>, 3> k_seats = {{
    {JurisdictionTest::registered_office, &model::Party::registered_office},
    {JurisdictionTest::central_administration, &model::Party::central_administration},
    {JurisdictionTest::principal_establishment, &model::Party::principal_establishment},
}};

}  // namespace

std::string text_of(std::string_view percents, Share share, const JurisdictionWords& words) {
  return filled(share == Share::votes ? words.of_votes : words.of_capital, percents);
}

std::string text_of(const Bounds& bounds, Share share, const JurisdictionWords& words) {
  if (bounds.least == bounds.most) return text_of(bounds.least.text(), share, words);
  return text_of(filled(words.between, bounds.least.text(), bounds.most.text()), share, words);
}

Examination::Examination(const model::Provider& provider, Date as_of)
    : provider_(provider),
      as_of_(as_of),
      graph_(provider, as_of),
      allegiance_(graph_, as_of),
      operator_(graph_.number(provider.operator_id)) {}

std::string Examination::name_in(PartyNumber party, const Words& words) const {
  if (!graph_.is_alliance(party)) return graph_.ownership().name(party);
  // INVARIANT: the alliances are the last parties, in their order.
  const Alliance& alliance = graph_.alliances()[party - graph_.alliances().front().party];
  std::string names;
  for (const PartyNumber member : alliance.members) {
    if (!names.empty()) names += words.both;
    names += graph_.ownership().name(member);
  }
  return filled(alliance.is_concert ? words.in_concert : words.together, names);
}

Wording Examination::name_of_holder(PartyNumber holder) const {
  return in_each_language([&](const Words& words) { return name_in(holder, words); });
}

void Examination::add(PartyNumber party, JurisdictionTest test, Wording value, Answer answer,
                      std::string holder) {
  steps_.push_back(
      {graph_.ownership().name(party), test, std::move(value), answer, std::move(holder)});
}

void Examination::examine_seats(PartyNumber party, Answer weakest) {
  if (graph_.is_alliance(party) || !told_seats_.insert(party).second) return;
  const model::Party* known = graph_.party(party);
  if (known == nullptr) {
    add(party, JurisdictionTest::registered_office, not_declared(), Answer::unknown);
    return;
  }
  if (known->kind == "natural-person") {
    add(party, JurisdictionTest::natural_person, in_each_language([&](const Words& words) {
          return filled(words.living_in,
                        known->principal_establishment.value_or(std::string(words.no_country)));
        }),
        nearer(allegiance_.seats_of(party), weakest));
    return;
  }
  for (const auto& [test, seat] : k_seats) {
    const std::optional<std::string>& code = known->*seat;
    add(party, test, code ? same_in_each_language(*code) : not_declared(),
        nearer(seat_answer(code, as_of_), weakest));
  }
}

/// One step for the company, and one for every controlled company that control runs through, so
/// that the steps read as the chain of holders.
void Examination::explain_control(PartyNumber head, const ControlGroup& group, PartyNumber company,
                                  Answer answer) {
  const Ownership& ownership = graph_.ownership();
  std::vector<PartyNumber> to_explain = {company};
  while (!to_explain.empty()) {
    const PartyNumber next = to_explain.back();
    to_explain.pop_back();
    if (next == head || !told_control_.emplace(head, next).second) continue;
    std::vector<PartyNumber> through;
    for (const Stake& stake : ownership.stakes_in(next)) {
      if (!group.contains(stake.holder) || stake.holder == next) continue;
      if (stake.holder != head) through.push_back(stake.holder);
      to_explain.push_back(stake.holder);
    }
    if (graph_.is_alliance(next)) continue;
    std::sort(through.begin(), through.end());  // by name: the order of their numbers
    const Bounds votes = group.part_in(next, Share::votes);
    const bool appoints = group.appoints_in(next) && votes.least <= Percent::of(50);
    add(next, JurisdictionTest::controlled_by, in_each_language([&](const Words& words) {
          std::string how =
              appoints ? std::string(words.appoints) : text_of(votes, Share::votes, words);
          std::string companies;
          for (const PartyNumber one : through) {
            if (!companies.empty()) companies += words.both;
            companies += name_in(one, words);
          }
          if (!companies.empty()) how += filled(words.through, companies);
          return fmt::format("{} ({})", name_in(head, words), how);
        }),
        answer, ownership.name(head));
    for (const PartyNumber one : through) steps_.back().through.push_back(ownership.name(one));
  }
}

void Examination::explain_holders(PartyNumber head, const ControlGroup& group, Answer answer) {
  for (const Stake& stake : graph_.ownership().stakes_in(operator_)) {
    if (stake.holder == head || stake.holder == operator_ || !group.contains(stake.holder))
      continue;
    explain_control(head, group, stake.holder, answer);
  }
}

void Examination::explain_hidden(PartyNumber company, const ControlGroup& hidden) {
  const Ownership& ownership = graph_.ownership();
  std::vector<PartyNumber> to_explain = {company};
  while (!to_explain.empty()) {
    const PartyNumber next = to_explain.back();
    to_explain.pop_back();
    if (!told_hidden_.insert(next).second) continue;
    const Percent undeclared = ownership.undeclared(next, Share::votes);
    if (graph_.open_companies()[next] && undeclared > Percent{}) {
      add(next, JurisdictionTest::undeclared_remainder, in_each_language([&](const Words& words) {
            return text_of(undeclared.text(), Share::votes, words);
          }),
          Answer::unknown);
    }
    if (ownership.idle_votes(next) > Percent{}) {
      add(next, JurisdictionTest::controlled_by, in_each_language([&](const Words& words) {
            return filled(words.own_companies,
                          text_of(ownership.idle_votes(next).text(), Share::votes, words));
          }),
          Answer::unknown);
    }
    for (const Stake& stake : ownership.stakes_in(next)) {
      if (hidden.contains(stake.holder)) to_explain.push_back(stake.holder);
    }
  }
}

void Examination::examine_control() {
  for (const Answer seats : {Answer::no, Answer::unknown, Answer::yes}) {
    allegiance_.visit_certain_groups(seats, [&](PartyNumber head, const ControlGroup& group) {
      if (head == operator_ || !group.contains(operator_)) return;
      const std::size_t first = steps_.size();
      explain_control(head, group, operator_, seats);
      std::set<PartyNumber> companies = {head};
      for (std::size_t at = first; at < steps_.size(); ++at) {
        companies.insert(graph_.number(steps_[at].party));
      }
      companies.erase(operator_);
      for (const PartyNumber company : companies) {
        // A company farther from the Union than the head is on the way, and controls nothing alone.
        if (weaker(allegiance_.seats_of(company), seats) != seats) continue;
        examine_seats(company, seats);
      }
      controllers_.insert(companies.begin(), companies.end());
    });
  }
  if (allegiance_.standing_of(operator_) != Answer::no) examine_possible_control();
}

void Examination::examine_possible_control() {
  bool is_hidden = false;
  allegiance_.visit_possible_groups(
      [&](std::optional<PartyNumber> head, const ControlGroup& group, std::size_t) {
        if (!group.contains(operator_) || is_hidden || head == operator_) return;
        if (head) {
          if (!told_control_.contains({*head, operator_})) {
            explain_control(*head, group, operator_, Answer::unknown);
            examine_seats(*head, Answer::unknown);
          }
          return;
        }
        is_hidden = true;
        explain_hidden(operator_, group);
      });
}

/// A veto over a company that controls the operator may reach it: a human has to judge.
void Examination::examine_powers() {
  for (const Stake& stake : graph_.ownership().stakes_in(operator_)) {
    const Answer standing = allegiance_.standing_of(stake.holder);
    const std::string& holder = graph_.ownership().name(stake.holder);
    const Wording name = name_of_holder(stake.holder);
    if (stake.has_veto) add(operator_, JurisdictionTest::veto, name, standing, holder);
    if (stake.appoints_majority) {
      add(operator_, JurisdictionTest::appoints_majority, name, standing, holder);
    }
  }
  for (const PartyNumber controller : controllers_) {
    for (const Stake& stake : graph_.ownership().stakes_in(controller)) {
      if (!stake.has_veto || allegiance_.standing_of(stake.holder) == Answer::yes) continue;
      const std::string& holder = graph_.ownership().name(stake.holder);
      add(controller, JurisdictionTest::veto, name_of_holder(stake.holder), Answer::unknown,
          holder);
    }
  }
}

std::vector<JurisdictionStep> Examination::steps() {
  examine_seats(operator_, Answer::no);
  examine_control();
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
  const Answer standing = allegiance_.standing_of(operator_);
  const bool is_told = std::any_of(steps_.begin(), steps_.end(), [&](const auto& step) {
    return weaker(step.answer, standing) == step.answer;
  });
  if (!is_told) {  // INVARIANT: no answer is better than the operator's standing
    add(operator_, JurisdictionTest::controlled_by,
        in_each_language([](const Words& words) { return std::string(words.unknown_holders); }),
        standing);
  }
  return std::move(steps_);
}

}  // namespace octroi::law
