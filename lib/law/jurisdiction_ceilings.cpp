// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "law/jurisdiction_examination.hpp"

namespace octroi::law {
namespace {

/// Source: SecNumCloud 3.2 section 19.6 b: "more than" each, so equality passes.
constexpr Percent k_individual_ceiling = Percent::of(24);
constexpr Percent k_joint_ceiling = Percent::of(39);

Answer against(Percent ceiling, const Bounds& bounds) {
  if (bounds.least > ceiling) return Answer::no;
  return bounds.most > ceiling ? Answer::unknown : Answer::yes;
}

std::string up_to(const std::string& percents, Share share, const JurisdictionWords& words) {
  return filled(words.up_to, text_of(percents, share, words));
}

std::string up_to(Fraction part, Share share, const JurisdictionWords& words) {
  return filled(words.through_minorities, up_to(percent_not_below(part).text(), share, words));
}

}  // namespace

void Examination::examine_ceilings(Share share) {
  const Answer each = examine_each_holder(share);
  const Answer together = examine_all_holders(share);
  if (together == Answer::yes) look_through_together(share);
  if (each == Answer::yes) look_through_each(share);
}

Wording Examination::holder_text(PartyNumber holder, const Bounds& part, Share share) const {
  const model::Party* known = graph_.party(holder);
  const bool is_person = known != nullptr && known->kind == "natural-person";
  return in_each_language([&](const JurisdictionWords& words) {
    const std::string held = text_of(part, share, words);
    return fmt::format("{} ({})", name_in(holder, words),
                       is_person ? filled(words.natural_person, held) : held);
  });
}

/// Attribution: what a holder's controlled companies hold counts as its own.
/// Source: Code de commerce L.233-4.
Answer Examination::examine_each_holder(Share share) {
  std::map<PartyNumber, Percent> least;
  std::set<PartyNumber> beyond;
  const auto remember = [&](PartyNumber head, const ControlGroup& group) {
    least[head] = group.part_in(operator_, share).least;
  };
  allegiance_.visit_certain_groups(Answer::unknown, remember);
  allegiance_.visit_certain_groups(Answer::no, [&](PartyNumber head, const ControlGroup& group) {
    remember(head, group);
    if (head == operator_ || least[head] <= k_individual_ceiling) return;
    beyond.insert(head);
    add(operator_, JurisdictionTest::shares_held_by,
        holder_text(head, group.part_in(operator_, share), share), Answer::no,
        graph_.ownership().name(head));
    explain_holders(head, group, Answer::no);
    examine_seats(head, Answer::no);
  });
  Answer result = beyond.empty() ? Answer::yes : Answer::no;
  Percent hidden_part;
  allegiance_.visit_possible_groups(
      [&](std::optional<PartyNumber> head, const ControlGroup& group, std::size_t) {
        const Bounds part = group.part_in(operator_, share);
        if (!head) {
          hidden_part = part.most;
          if (hidden_part <= k_individual_ceiling) return;
          result = weaker(result, Answer::unknown);
          add(operator_, JurisdictionTest::undeclared_remainder,
              in_each_language([&](const JurisdictionWords& words) {
                return up_to(hidden_part.text(), share, words);
              }),
              Answer::unknown);
          for (const Stake& stake : graph_.ownership().stakes_in(operator_)) {
            if (group.contains(stake.holder)) explain_hidden(stake.holder, group);
          }
          return;
        }
        // Beyond the ceiling already without the head, or the head holds nothing.
        if (hidden_part > k_individual_ceiling || part.most == hidden_part) return;
        if (*head == operator_ || beyond.contains(*head)) return;
        const Answer answer = part.most > k_individual_ceiling ? Answer::unknown : Answer::yes;
        result = weaker(result, answer);
        add(operator_, JurisdictionTest::shares_held_by,
            holder_text(*head, {least[*head], part.most}, share), answer,
            graph_.ownership().name(*head));
        if (answer == Answer::yes) return;
        explain_holders(*head, group, answer);
        examine_seats(*head, Answer::unknown);
      });
  return result;
}

Bounds Examination::part_from_outside(Share share) const {
  const Ownership& ownership = graph_.ownership();
  Bounds part;
  bool is_open = graph_.open_companies()[operator_];
  bool somebody = is_open;
  for (const Stake& stake : ownership.stakes_in(operator_)) {
    const Answer standing = allegiance_.standing_of(stake.holder);
    if (standing == Answer::yes) continue;
    if (share == Share::votes && ownership.is_idle(stake)) continue;
    if (standing == Answer::no) part.least += stake.part(share).least;
    part.most += stake.part(share).least;
    is_open = is_open || stake.part(share).is_open;
    somebody = true;
  }
  if (is_open) part.most += ownership.undeclared(operator_, share);
  if (somebody && share == Share::votes) part.most += ownership.idle_votes(operator_);
  part.most = std::max(part.least, std::min(part.most, Percent::of(100)));
  return part;
}

Answer Examination::examine_all_holders(Share share) {
  const Bounds part = part_from_outside(share);
  const Answer answer = against(k_joint_ceiling, part);
  add(operator_, JurisdictionTest::shares_held_together,
      in_each_language([&](const JurisdictionWords& words) { return text_of(part, share, words); }),
      answer);
  return answer;
}

void Examination::look_through_together(Share share) {
  const Fraction part = LookThrough(graph_, share).part_in(operator_, [this](PartyNumber party) {
    return allegiance_.standing_of(party) != Answer::yes;
  });
  if (part <= fraction_of(k_joint_ceiling)) return;
  add(operator_, JurisdictionTest::look_through,
      in_each_language([&](const JurisdictionWords& words) {
        return filled(words.all_holders, up_to(part, share, words));
      }),
      Answer::unknown);
}

/// The flow bounds what a head could hold; only where it passes the ceiling, the part is computed.
void Examination::look_through_each(Share share) {
  const LookThrough look_through(graph_, share);
  const Fraction ceiling = fraction_of(k_individual_ceiling);
  std::vector<Fraction> flow;
  Fraction hidden_part = 0;
  allegiance_.visit_possible_groups(
      [&](std::optional<PartyNumber> head, const ControlGroup& group, std::size_t hidden) {
        const auto is_member = [&group](PartyNumber party) { return group.contains(party); };
        if (!head) {
          hidden_part = look_through.part_in(operator_, is_member);
          flow = look_through.flow_from(operator_, is_member);
          if (hidden_part <= ceiling) return;
          add(operator_, JurisdictionTest::look_through,
              in_each_language([&](const JurisdictionWords& words) {
                return filled(words.hidden_holders, up_to(hidden_part, share, words));
              }),
              Answer::unknown);
          return;
        }
        if (hidden_part > ceiling || *head == operator_) return;
        Fraction most = hidden_part;
        for (std::size_t at = hidden; at < group.members().size(); ++at) {
          most = std::min(most + flow[group.members()[at]], fraction_of(Percent::of(100)));
        }
        if (most <= ceiling) return;
        const Fraction part = look_through.part_in(operator_, is_member);
        if (part <= ceiling) return;
        add(operator_, JurisdictionTest::look_through,
            in_each_language([&](const JurisdictionWords& words) {
              return fmt::format("{} ({})", name_in(*head, words), up_to(part, share, words));
            }),
            Answer::unknown, graph_.ownership().name(*head));
      });
}

}  // namespace octroi::law
