// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "law/jurisdiction_examination.hpp"

namespace octroi::law {
namespace {

/// Source: SecNumCloud 3.2 section 19.6 d: "at least two third companies".
constexpr std::int64_t k_other_companies_min = 2;

/// Whether the operator can go on without the supplier: by itself, with others, or because the
/// supplier is held to the same rules. Source: SecNumCloud 3.2 section 19.6 d.
Answer autonomy_from(const model::Supplier& supplier, Date as_of) {
  if (supplier.own_skills.value_or(false)) return Answer::yes;
  if (supplier.other_companies.value_or(0) >= k_other_companies_min) return Answer::yes;
  if (supplier.qualification && supplier.qualification->contains(as_of)) return Answer::yes;
  return supplier.own_skills && supplier.other_companies ? Answer::no : Answer::unknown;
}

std::string_view autonomy_text(Answer autonomy, const JurisdictionWords& words) {
  switch (autonomy) {
    case Answer::yes:
      return words.dispensable;
    case Answer::no:
      return words.indispensable;
    case Answer::unknown:
      break;
  }
  return words.autonomy_unknown;
}

}  // namespace

/// Here a company outside the Union controls by votes: more than 40 % that nobody outvotes. Control
/// by other means is for a human to judge.
/// Source: SecNumCloud 3.2 section 19.6 c; Code de commerce L.233-3 II.
std::vector<Answer> Examination::supplier_standings() const {
  std::vector<Answer> standings;
  for (PartyNumber party = 0; party < graph_.ownership().size(); ++party) {
    const bool is_clear = allegiance_.standing_of(party) == Answer::yes;
    standings.push_back(
        weaker(allegiance_.seats_of(party), is_clear ? Answer::yes : Answer::unknown));
  }
  allegiance_.visit_presumed_groups([&](PartyNumber, const ControlGroup& group) {
    for (const PartyNumber member : group.members()) standings[member] = Answer::no;
  });
  return standings;
}

Answer Examination::examine_access(const model::Supplier& supplier, Answer standing) {
  Answer answer = Answer::yes;
  std::string_view JurisdictionWords::*access = &JurisdictionWords::cannot_obtain;
  if (!supplier.can_access_data) {  // of an outsider, not knowing its access is not knowing
    answer = standing == Answer::yes ? Answer::yes : Answer::unknown;
    access = &JurisdictionWords::access_unknown;
  } else if (*supplier.can_access_data) {
    answer = standing;
    access = &JurisdictionWords::can_obtain;
  }
  add(graph_.number(supplier.party), JurisdictionTest::supplier_access,
      in_each_language([&](const JurisdictionWords& words) { return std::string(words.*access); }),
      answer);
  return answer;
}

Answer Examination::examine_autonomy(const model::Supplier& supplier, Answer standing) {
  if (standing == Answer::yes) return Answer::yes;
  const Answer autonomy = autonomy_from(supplier, as_of_);
  const bool is_outside = standing == Answer::no;
  const Answer answer = autonomy == Answer::no && !is_outside ? Answer::unknown : autonomy;
  add(graph_.number(supplier.party), JurisdictionTest::supplier_autonomy,
      in_each_language([&](const JurisdictionWords& words) {
        return std::string(autonomy_text(autonomy, words));
      }),
      answer);
  return answer;
}

/// Who stands behind a supplier matters as much as the supplier does, and no more.
void Examination::explain_suppliers(const std::map<PartyNumber, Answer>& answers) {
  allegiance_.visit_presumed_groups([&](PartyNumber head, const ControlGroup& group) {
    for (const auto& [supplier, answer] : answers) {
      if (answer == Answer::yes || supplier == head || !group.contains(supplier)) continue;
      explain_control(head, group, supplier, answer);
      examine_seats(head, answer);
    }
  });
}

void Examination::examine_suppliers() {
  const std::vector<Answer> standings = supplier_standings();
  std::map<PartyNumber, Answer> answers;
  for (const model::Supplier& supplier : provider_.suppliers) {
    if (!supplier.period.contains(as_of_)) continue;
    const PartyNumber party = graph_.number(supplier.party);
    const Answer access = examine_access(supplier, standings[party]);
    const Answer autonomy = examine_autonomy(supplier, standings[party]);
    Answer& answer = answers.emplace(party, Answer::yes).first->second;
    answer = weaker(answer, weaker(access, autonomy));
  }
  explain_suppliers(answers);
}

}  // namespace octroi::law
