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
using json::Value;
using law::ConsentResult;
using law::Texts;

Texts texts_of(const Value& list) {
  Texts texts;
  texts.reserve(list.as_array().size());
  for (const Value& one : list.as_array()) texts.push_back(one.as_string());
  return texts;
}

std::optional<Texts> texts_in(const Value& object, std::string_view name) {
  const Value* list = object.find(name);
  if (list == nullptr) return std::nullopt;
  return texts_of(*list);
}

std::optional<law::DiseaseTerms> diseases_in(const Value& object, std::string_view name) {
  const Value* diseases = object.find(name);
  if (diseases == nullptr) return std::nullopt;
  return law::DiseaseTerms{text_in(*diseases, "system"),
                           texts_in(*diseases, "codes").value_or(Texts{})};
}

law::DuoTerm term_of(const Value& declared) {
  law::DuoTerm term;
  term.code = text_in(declared, "code");
  term.diseases = diseases_in(declared, "diseases");
  term.research_types = texts_in(declared, "research_types");
  term.regions = texts_in(declared, "regions");
  if (term.regions) {
    for (std::string_view& country : *term.regions) country = comparable_country(country);
  }
  term.not_before = parse_date(text_in(declared, "not_before"));
  if (const Value* months = declared.find("months")) {
    term.months = static_cast<int>(months->as_integer());
  }
  term.users = texts_in(declared, "users");
  term.projects = texts_in(declared, "projects");
  term.institutions = texts_in(declared, "institutions");
  return term;
}

void add_country(law::DeclaredUse& use, const Value& of) {
  use.countries.push_back(comparable_country(text_in(of, "country")));
}

void add_body(law::DeclaredUse& use, const Value& body) {
  use.bodies.push_back(
      {text_in(body, "name"), text_in(body, "sector"), text_in(body, "business_id")});
  add_country(use, body);
}

void add_people(law::DeclaredUse& use, const Value& request) {
  if (const Value* controller = request.find("controller")) add_body(use, *controller);
  for (const Value& one : items_in(request, "joint_controllers")) add_body(use, one);
  if (const Value* body = request.find("implementing_body")) add_body(use, *body);
  const Value::Array& users = items_in(request, "users");
  use.users.reserve(users.size());
  for (const Value& user : users) {
    use.users.push_back({text_in(user, "id"), text_in(user, "organisation")});
    add_country(use, user);
  }
}

/// Where data lie and are worked on. Those who administer or support the service do not use them.
void add_places(law::DeclaredUse& use, const Value& request, const Value& provider) {
  const Value* locations = provider.find("locations");
  use.are_places_known = locations != nullptr && !use.users.empty();
  for (const std::string_view name : {"storage", "processing", "backup"}) {
    const Value* list = locations == nullptr ? nullptr : locations->find(name);
    for (const std::string_view country : list == nullptr ? Texts{} : texts_of(*list)) {
      use.countries.push_back(comparable_country(country));
    }
    const bool may_be_nowhere = name == "backup";
    const bool is_known = list != nullptr && (may_be_nowhere || !list->as_array().empty());
    use.are_places_known = use.are_places_known && is_known;
  }
  for (const Value* from : {&request, &provider}) {
    for (const Value& transfer : items_in(*from, "transfers")) add_country(use, transfer);
  }
}

void add_research(law::DeclaredUse& use, const Value& request) {
  if (const Value* research = request.find("research")) {
    use.is_commercial = research->flag("commercial");
    use.develops_methods = research->flag("methods_development");
    use.studies_ancestry = research->flag("ancestry");
    use.is_genetic = research->flag("genetic");
    use.serves_care = research->flag("clinical_care");
    use.research_types = texts_in(*research, "types");
  }
  if (const Value* undertakings = request.find("undertakings")) {
    use.returns_results = undertakings->flag("return_results");
    use.collaborates = undertakings->flag("collaboration");
  }
  if (const Value* publication = request.find("publication")) {
    use.publishes = publication->flag("commitment");
    use.publishes_from = parse_date(text_in(*publication, "not_before"));
  }
}

law::DeclaredUse use_of(const Value& request, const Value& provider, Date as_of) {
  law::DeclaredUse use;
  constexpr std::size_t k_countries_of_most = 16;
  use.countries.reserve(k_countries_of_most);
  if (const Value* purposes = request.find("purposes")) {
    use.purposes = texts_in(*purposes, "duo").value_or(Texts{});
  }
  use.diseases = diseases_in(request, "disease_codes");
  add_research(use, request);
  for (const Value& one : items_in(request, "attachments")) {
    const std::string_view kind = text_in(one, "kind");
    use.has_collaboration_letter = use.has_collaboration_letter || kind == "collaboration-letter";
    use.has_committee_opinion = use.has_committee_opinion || kind == "committee-opinion";
  }
  for (const Value& one : items_in(request, "opinions")) {
    use.opinions.push_back(
        {text_in(one, "body"), text_in(one, "outcome"), opinion_standing(one, as_of)});
  }
  if (const Value* project = request.find("project")) use.project = text_in(*project, "name");
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

void ConsentQuestion::add_answer(FactRow& facts, const Value& dataset) {
  const Value* declared = dataset.find("duo");
  if (declared == nullptr) return;
  std::vector<law::DuoTerm> terms;
  Texts codes;
  for (const Value& term : declared->as_array()) {
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
