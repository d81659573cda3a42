// SPDX-License-Identifier: Apache-2.0
#include "rules/consent_facts.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "rules/standing_facts.hpp"

namespace octroi::rules {
namespace {

using cel::View;
using json::TapeValue;
using law::ConsentResult;
using law::Texts;

std::optional<Texts> texts_in(TapeValue object, std::string_view name) {
  const std::optional<TapeValue> list = object.find(name);
  if (!list) return std::nullopt;
  return texts_of(*list);
}

std::optional<law::DiseaseTerms> diseases_in(TapeValue object, std::string_view name) {
  const std::optional<TapeValue> diseases = object.find(name);
  if (!diseases) return std::nullopt;
  return law::DiseaseTerms{diseases->text("system"),
                           texts_in(*diseases, "codes").value_or(Texts{})};
}

law::DuoTerm term_of(TapeValue declared) {
  law::DuoTerm term;
  term.code = declared.text("code");
  term.diseases = diseases_in(declared, "diseases");
  term.research_types = texts_in(declared, "research_types");
  term.regions = texts_in(declared, "regions");
  if (term.regions) {
    for (std::string_view& country : *term.regions) country = comparable_country(country);
  }
  term.not_before = parse_date(declared.text("not_before"));
  if (const auto months = declared.find("months")) {
    term.months = static_cast<int>(months->as_integer());
  }
  term.users = texts_in(declared, "users");
  term.projects = texts_in(declared, "projects");
  term.institutions = texts_in(declared, "institutions");
  return term;
}

void add_country(law::DeclaredUse& use, TapeValue of) {
  use.countries.push_back(comparable_country(of.text("country")));
}

void add_body(law::DeclaredUse& use, TapeValue body) {
  use.bodies.push_back({body.text("name"), body.text("sector"), body.text("business_id")});
  add_country(use, body);
}

void add_people(law::DeclaredUse& use, TapeValue request) {
  if (const auto controller = request.find("controller")) add_body(use, *controller);
  for (const TapeValue one : request.list("joint_controllers")) add_body(use, one);
  if (const auto body = request.find("implementing_body")) add_body(use, *body);
  const TapeValue users = request.list("users");
  use.users.reserve(users.size());
  for (const TapeValue user : users) {
    use.users.push_back({user.text("id"), user.text("organisation")});
    add_country(use, user);
  }
}

/// Where data lie and are worked on. Those who administer or support the service do not use them.
void add_places(law::DeclaredUse& use, TapeValue request, TapeValue provider) {
  const std::optional<TapeValue> locations = provider.find("locations");
  use.are_places_known = locations && !use.users.empty();
  for (const std::string_view name : {"storage", "processing", "backup"}) {
    const auto list = locations ? locations->find(name) : std::nullopt;
    for (const TapeValue country : list.value_or(TapeValue::empty_list())) {
      use.countries.push_back(comparable_country(country.as_string()));
    }
    const bool may_be_nowhere = name == "backup";
    const bool is_known = list && (may_be_nowhere || !list->empty());
    use.are_places_known = use.are_places_known && is_known;
  }
  for (const TapeValue from : {request, provider}) {
    for (const TapeValue transfer : from.list("transfers")) add_country(use, transfer);
  }
}

void add_research(law::DeclaredUse& use, TapeValue request) {
  if (const auto research = request.find("research")) {
    use.is_commercial = research->flag("commercial");
    use.develops_methods = research->flag("methods_development");
    use.studies_ancestry = research->flag("ancestry");
    use.is_genetic = research->flag("genetic");
    use.serves_care = research->flag("clinical_care");
    use.research_types = texts_in(*research, "types");
  }
  if (const auto undertakings = request.find("undertakings")) {
    use.returns_results = undertakings->flag("return_results");
    use.collaborates = undertakings->flag("collaboration");
  }
  if (const auto publication = request.find("publication")) {
    use.publishes = publication->flag("commitment");
    use.publishes_from = parse_date(publication->text("not_before"));
  }
}

law::DeclaredUse use_of(TapeValue request, TapeValue provider, Date as_of) {
  law::DeclaredUse use;
  constexpr std::size_t k_countries_of_most = 16;
  use.countries.reserve(k_countries_of_most);
  if (const auto purposes = request.find("purposes")) {
    use.purposes = texts_in(*purposes, "duo").value_or(Texts{});
  }
  use.diseases = diseases_in(request, "disease_codes");
  add_research(use, request);
  for (const TapeValue one : request.list("attachments")) {
    const std::string_view kind = one.text("kind");
    use.has_collaboration_letter = use.has_collaboration_letter || kind == "collaboration-letter";
    use.has_committee_opinion = use.has_committee_opinion || kind == "committee-opinion";
  }
  for (const TapeValue one : request.list("opinions")) {
    use.opinions.push_back({one.text("body"), one.text("outcome"), opinion_standing(one, as_of)});
  }
  if (const auto project = request.find("project")) use.project = project->text("name");
  add_people(use, request);
  add_places(use, request, provider);
  return use;
}

std::string_view permits_word(ConsentResult result) {
  switch (result) {
    case ConsentResult::pass:
    case ConsentResult::narrows:
      return "yes";
    case ConsentResult::refer:
      return "refer";
    case ConsentResult::unknown:
      return "unknown";
    case ConsentResult::fail:
      break;
  }
  return "no";
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& letter : result) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return result;
}

/// How each kind of term comes out, by its shorthand; a code may be there more than once.
std::map<std::string_view, ConsentResult> worst_of(const law::Consent& consent) {
  std::map<std::string_view, ConsentResult> worst;
  for (const law::ConsentTerm& term : consent.terms) {
    if (term.shorthand.empty()) continue;
    ConsentResult& so_far = worst.try_emplace(term.shorthand, ConsentResult::pass).first->second;
    so_far = std::max(so_far, term.answer.result);
  }
  if (consent.users && consent.users->empty() && consent.result == ConsentResult::fail) {
    worst["US"] = ConsentResult::fail;  // two lists of users that share nobody
  }
  return worst;
}

void add_term(FactRow& fact, const law::ConsentTerm& term) {
  fact.add("code", View::of(term.code));
  fact.add_copy("reason", term.answer.reason);
  fact.add("result", View::of(law::name_of(term.answer.result)));
  fact.add("shorthand", View::of(term.shorthand));
}

void add_consent(FactRow& facts, law::Consent consent) {
  std::sort(consent.terms.begin(), consent.terms.end(),
            [](const law::ConsentTerm& left, const law::ConsentTerm& right) {
              return std::tie(left.code, left.answer.result, left.answer.reason) <
                     std::tie(right.code, right.answer.result, right.answer.reason);
            });
  const std::map<std::string_view, ConsentResult> worst = worst_of(consent);
  cel::ViewRoom& room = facts.room();
  facts.add_object("met", worst.size(), [&](FactRow& met) {
    for (const auto& [shorthand, result] : worst) {
      if (result == ConsentResult::unknown) continue;
      met.add(room.keep(lower(shorthand)), View::of(result != ConsentResult::fail));
    }
  });
  if (consent.months_max) facts.add("months_max", View::of(std::int64_t{*consent.months_max}));
  if (consent.not_before) facts.add_copy("not_before", format_date(*consent.not_before));
  facts.add("permission_count", View::of(std::int64_t{consent.permissions}));
  facts.add("permits", View::of(permits_word(consent.result)));
  Texts referred;
  for (const auto& [shorthand, result] : worst) {
    if (result == ConsentResult::refer) referred.push_back(shorthand);
  }
  facts.add("referred", sorted_once(room, std::move(referred)));
  facts.add_each("terms", consent.terms, 4, add_term);
  if (consent.users) facts.add("users", sorted_once(room, *std::move(consent.users)));
}

}  // namespace

const law::DeclaredUse& ConsentQuestion::use() {
  if (!use_) use_ = use_of(request_, provider_, as_of_);
  return *use_;
}

void ConsentQuestion::add_answer(FactRow& facts, TapeValue dataset) {
  const std::optional<TapeValue> declared = dataset.find("duo");
  if (!declared) return;
  std::vector<law::DuoTerm> terms;
  Texts codes;
  for (const TapeValue term : *declared) {
    terms.push_back(term_of(term));
    codes.push_back(terms.back().code);
  }
  constexpr std::size_t k_facts_of_most = 8;
  facts.add_object("consent", k_facts_of_most, [&](FactRow& fact) {
    add_consent(fact, law::consent(terms, use(), hierarchies_, as_of_));
  });
  facts.add("duo", sorted_once(facts.room(), std::move(codes)));
}

}  // namespace octroi::rules
