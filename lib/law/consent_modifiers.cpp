// SPDX-License-Identifier: Apache-2.0
// What each modifier of the Data Use Ontology asks of a use. Source of each: the definition of its
// code in duo.csv.
#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

#include "base/error.hpp"
#include "law/consent.hpp"
#include "law/duo.hpp"

namespace octroi::law::modifiers {
namespace {

using enum ConsentResult;

/// A modifier that only needs a thing not to be so.
ConsentAnswer must_not(std::optional<bool> is_so, std::string_view what) {
  if (!is_so) return {unknown, fmt::format("whether it {} is not declared", what)};
  if (*is_so) return {fail, fmt::format("it {}", what)};
  return {pass, fmt::format("it is declared not to be so that it {}", what)};
}

/// A modifier that needs an undertaking, which the token then repeats.
ConsentAnswer must_undertake(std::optional<bool> is_undertaken, std::string_view what) {
  if (!is_undertaken) return {unknown, fmt::format("whether {} is not declared", what)};
  if (!*is_undertaken) return {fail, fmt::format("it is declared not to be so that {}", what)};
  return {narrows, fmt::format("it is undertaken that {}", what)};
}

bool holds(const Texts& list, std::string_view one) {
  return std::find(list.begin(), list.end(), one) != list.end();
}

/// Source: DUO:0000045 and DUO:0000018, "not-for-profit organizations"; the sectors are those of
/// request.schema.json.
ConsentAnswer not_for_profit(const DeclaredUse& use) {
  constexpr std::array<std::string_view, 3> k_not_for_profit = {"public", "academic", "non-profit"};
  if (use.bodies.empty()) return {unknown, "no organisation is declared"};
  ConsentAnswer answer{pass, "every organisation is not for profit"};
  for (const UsingBody& body : use.bodies) {
    if (body.sector.empty()) {
      if (answer.result == pass)
        answer = {unknown, "the sector of an organisation is not declared"};
    } else if (std::find(k_not_for_profit.begin(), k_not_for_profit.end(), body.sector) ==
               k_not_for_profit.end()) {
      return {fail, "an organisation is for profit"};
    }
  }
  return answer;
}

ConsentAnswer non_commercial(const DeclaredUse& use) {
  return must_not(use.is_commercial, "is a commercial use");
}

ConsentAnswer no_ancestry(const DeclaredUse& use) {
  const bool is_purpose =
      std::any_of(use.purposes.begin(), use.purposes.end(), [](std::string_view code) {
        const DuoCode* known = find_duo_code(code);
        return known != nullptr && known->shorthand == "POA";
      });
  if (is_purpose) return {fail, "the study of ancestry is one of its purposes"};
  return must_not(use.studies_ancestry, "studies ancestry");
}

ConsentAnswer genetic_only(const DeclaredUse& use) {
  if (!use.is_genetic) return {unknown, "whether it is a genetic study is not declared"};
  return *use.is_genetic ? ConsentAnswer{pass, "it is a genetic study"}
                         : ConsentAnswer{fail, "it is no genetic study"};
}

ConsentAnswer research_types(const DuoTerm& term, const DeclaredUse& use) {
  if (!use.research_types || use.research_types->empty()) {
    return {unknown, "the research types of the study are not declared"};
  }
  for (const std::string_view type : *use.research_types) {
    if (!holds(term.research_types.value(), type)) {
      return {fail, "a research type of the study is not among those that it names"};
    }
  }
  return {pass, "the research types of the study are among those that it names"};
}

ConsentAnswer collaboration(const DeclaredUse& use) {
  ConsentAnswer answer = must_undertake(use.collaborates, "those who made the data take part");
  if (answer.result == narrows && !use.has_collaboration_letter) {
    return {unknown, "no letter of collaboration is attached"};
  }
  return answer;
}

/// An approval that is in force on the day, and the document that shows it.
ConsentAnswer ethics_approval(const DeclaredUse& use) {
  bool is_approved = false;
  bool is_refused = false;
  bool is_for_a_person = false;
  for (const EthicsOpinion& opinion : use.opinions) {
    const bool is_ethics = is_ethics_committee(opinion.body);
    is_refused = is_refused || (is_ethics && opinion.outcome == "unfavourable");
    if (opinion.standing != Standing::valid) continue;
    const bool is_plain_yes = opinion.outcome == "favourable";
    is_approved = is_approved || (is_ethics && is_plain_yes);
    is_for_a_person = is_for_a_person || opinion.outcome == "favourable-with-reservations" ||
                      (is_plain_yes && !is_ethics);
  }
  if (is_refused && !is_approved) return {fail, "an ethics committee has said no"};
  if (!is_approved && !is_for_a_person) {
    return {unknown, "no approval of an ethics committee is in force"};
  }
  if (!use.has_committee_opinion) return {unknown, "the opinion of the committee is not attached"};
  if (is_refused) return {refer, "one ethics committee has said yes and one no"};
  if (!is_approved) return {refer, "whether this is an ethics approval is for a person to judge"};
  return {narrows, "an ethics committee has approved it"};
}

ConsentAnswer region(const DuoTerm& term, const DeclaredUse& use) {
  for (const std::string_view country : use.countries) {
    if (!holds(term.regions.value(), country)) {
      return {fail, fmt::format("it takes place in {} too", country)};
    }
  }
  if (!use.are_places_known || use.countries.empty()) {
    return {unknown, "not every place of the use is declared"};
  }
  return {pass, "it takes place in the region"};
}

ConsentAnswer moratorium(const DuoTerm& term, const DeclaredUse& use, Date as_of) {
  const Date end = term.not_before.value();
  if (end <= as_of) return {pass, "the moratorium is over"};
  if (use.publishes_from) {
    return *use.publishes_from < end
               ? ConsentAnswer{fail, "publication is planned before the moratorium ends"}
               : ConsentAnswer{narrows, "nothing is published before the moratorium ends"};
  }
  if (use.publishes == false) return {narrows, "nothing is published"};
  return {unknown, "from which day results are published is not declared"};
}

ConsentAnswer approved_users(const DuoTerm& term, const DeclaredUse& use) {
  if (use.users.empty()) return {unknown, "no user is declared"};
  const auto approved = std::count_if(
      use.users.begin(), use.users.end(),
      [&term](const UsingPerson& user) { return holds(term.users.value(), user.id); });
  if (approved == 0) return {fail, "no user of the request is approved"};
  if (approved < std::ssize(use.users)) return {narrows, "some users are not approved"};
  return {pass, "every user is approved"};
}

ConsentAnswer approved_project(const DuoTerm& term, const DeclaredUse& use) {
  if (use.project.empty()) return {unknown, "the project is not declared"};
  return holds(term.projects.value(), use.project)
             ? ConsentAnswer{pass, "the project is approved"}
             : ConsentAnswer{fail, "the project is not approved"};
}

/// The organisations by their numbers; where somebody works is declared by name alone.
ConsentAnswer approved_institutions(const DuoTerm& term, const DeclaredUse& use) {
  if (use.bodies.empty()) return {unknown, "no organisation is declared"};
  bool is_any_unknown = false;
  for (const UsingBody& body : use.bodies) {
    if (body.business_id.empty()) {
      is_any_unknown = true;
    } else if (!holds(term.institutions.value(), body.business_id)) {
      return {fail, "an organisation is not approved"};
    }
  }
  if (is_any_unknown)
    return {unknown, "the registration number of an organisation is not declared"};
  if (use.users.empty()) return {unknown, "no user is declared"};
  for (const UsingPerson& user : use.users) {
    const bool is_inside =
        std::any_of(use.bodies.begin(), use.bodies.end(),
                    [&user](const UsingBody& body) { return body.name == user.organisation; });
    if (!is_inside) return {refer, "a user works at an organisation under another name"};
  }
  return {pass, "every organisation is approved"};
}

ConsentAnswer both(const ConsentAnswer& left, const ConsentAnswer& right) {
  return left.result < right.result ? right : left;
}

}  // namespace
}  // namespace octroi::law::modifiers

namespace octroi::law {

bool is_ethics_committee(std::string_view name) {
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  for (const std::string_view known : {"cesrees", "cpp", "irb", "erb", "iec", "rec"}) {
    if (lower == known || lower.starts_with(std::string(known) + " ")) return true;
  }
  // "ethics", "ethical", "éthique" with its accent in either case or without.
  for (const std::string_view part : {"ethic", "ethiq", "\xC3\xA9thiq", "\xC3\x89thiq"}) {
    if (lower.find(part) != std::string::npos) return true;
  }
  return lower.find("protection des personnes") != std::string::npos ||
         lower.find("institutional review board") != std::string::npos;
}

ConsentAnswer modifier_answer(const DuoTerm& term, const DeclaredUse& use, Date as_of) {
  if (std::optional<ConsentAnswer> fault = fault_of(term)) return std::move(*fault);
  using namespace modifiers;
  const std::string_view code = find_duo_code(term.code)->shorthand;
  if (code == "RS") return research_types(term, use);
  if (code == "NMDS") return must_not(use.develops_methods, "develops methods in general");
  if (code == "GSO") return genetic_only(use);
  if (code == "NPUNCU") return both(not_for_profit(use), non_commercial(use));
  if (code == "PUB") return must_undertake(use.publishes, "results are published");
  if (code == "COL") return collaboration(use);
  if (code == "IRB") return ethics_approval(use);
  if (code == "GS") return region(term, use);
  if (code == "MOR") return moratorium(term, use, as_of);
  if (code == "TS") return {narrows, "use ends after the months that it sets"};
  if (code == "US") return approved_users(term, use);
  if (code == "PS") return approved_project(term, use);
  if (code == "IS") return approved_institutions(term, use);
  if (code == "RTN") return must_undertake(use.returns_results, "derived data are returned");
  if (code == "CC") return {pass, "it asks for nothing"};
  if (code == "NPOA") return no_ancestry(use);
  if (code == "NPU") return not_for_profit(use);
  if (code == "NCU") return non_commercial(use);
  broken_invariant("a modifier without a check");
}

}  // namespace octroi::law
