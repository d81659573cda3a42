// SPDX-License-Identifier: Apache-2.0
#include "law/jurisdiction.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "law/jurisdiction_examination.hpp"

namespace octroi::law {

std::string_view name_of(Answer answer) {
  switch (answer) {
    case Answer::yes:
      return "yes";
    case Answer::no:
      return "no";
    case Answer::unknown:
      break;
  }
  return "unknown";
}

std::optional<Answer> parse_answer(std::string_view name) {
  for (const Answer answer : {Answer::yes, Answer::no, Answer::unknown}) {
    if (name_of(answer) == name) return answer;
  }
  return std::nullopt;
}

std::string_view name_of(JurisdictionTest test, std::string_view language) {
  return jurisdiction_words(language).tests[static_cast<std::size_t>(test)];
}

std::string_view source_of(JurisdictionTest test) {
  switch (test) {
    case JurisdictionTest::registered_office:
    case JurisdictionTest::central_administration:
    case JurisdictionTest::principal_establishment:
      return "SecNumCloud 3.2, 19.6 a";
    case JurisdictionTest::controlled_by:
      return "SecNumCloud 3.2, 19.6 b; Code de commerce L.233-3 and L.233-4";
    case JurisdictionTest::shares_held_by:
    case JurisdictionTest::undeclared_remainder:
    case JurisdictionTest::natural_person:
      return "SecNumCloud 3.2, 19.6 b (24 % each)";
    case JurisdictionTest::shares_held_together:
      return "SecNumCloud 3.2, 19.6 b (39 % together)";
    case JurisdictionTest::veto:
      return "SecNumCloud 3.2, 19.6 b (veto)";
    case JurisdictionTest::appoints_majority:
      return "SecNumCloud 3.2, 19.6 b (organs)";
    case JurisdictionTest::look_through:
      return "SecNumCloud 3.2, 19.6 b (directly or indirectly)";
    case JurisdictionTest::supplier_autonomy:
      return "SecNumCloud 3.2, 19.6 d";
    case JurisdictionTest::supplier_access:
      break;
  }
  return "SecNumCloud 3.2, 19.6 c; Code de commerce L.233-3 II";
}

std::string describe(const JurisdictionStep& step, std::string_view language) {
  return fmt::format("{}: {} {}", step.party, name_of(step.test, language),
                     step.value.in(language));
}

JurisdictionAnswer exclusively_eu_law(const model::Provider& provider, Date as_of) {
  const std::vector<JurisdictionStep> steps = Examination(provider, as_of).steps();
  Answer answer = Answer::yes;
  for (const JurisdictionStep& step : steps) answer = weaker(answer, step.answer);
  JurisdictionAnswer result{answer, {}};
  std::copy_if(steps.begin(), steps.end(), std::back_inserter(result.chain),
               [answer](const JurisdictionStep& step) { return step.answer == answer; });
  return result;
}

}  // namespace octroi::law
