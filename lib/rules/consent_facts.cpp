// SPDX-License-Identifier: Apache-2.0
#include "rules/consent_facts.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "law/consent.hpp"
#include "law/countries.hpp"
#include "rules/fact_parts.hpp"
#include "rules/standing_facts.hpp"

namespace octroi::rules {
namespace {

using json::Value;
using law::ConsentResult;

std::string iso_code(const std::string& written) {
  const std::optional<law::Country> country = law::Country::from(written);
  return country ? country->code() : written;
}

std::optional<std::vector<std::string>> texts_in(const Value& object, std::string_view name) {
  const Value* list = object.find(name);
  if (list == nullptr) return std::nullopt;
  return json::to_strings(list);
}

std::optional<law::DiseaseTerms> diseases_in(const Value& object, std::string_view name) {
  const Value* diseases = object.find(name);
  if (diseases == nullptr) return std::nullopt;
  return law::DiseaseTerms{diseases->text("system"), json::to_strings(diseases->find("codes"))};
}

law::DuoTerm term_of(const Value& declared) {
  law::DuoTerm term;
  term.code = declared.text("code");
  term.diseases = diseases_in(declared, "diseases");
  term.research_types = texts_in(declared, "research_types");
  term.regions = texts_in(declared, "regions");
  if (term.regions) {
    for (std::string& country : *term.regions) country = iso_code(country);
  }
  term.not_before = parse_date(declared.text("not_before"));
  if (const Value* months = declared.find("months")) {
    term.months = static_cast<int>(months->as_integer());
  }
  term.users = texts_in(declared, "users");
  term.projects = texts_in(declared, "projects");
  term.institutions = texts_in(declared, "institutions");
  return term;
}

/// The items of a list that may be absent.
const Value::Array& items_of(const Value& object, std::string_view name) {
  static const Value::Array k_none;
  const Value* list = object.find(name);
  return list == nullptr ? k_none : list->as_array();
}

void add_body(law::DeclaredUse& use, const Value& body) {
  use.bodies.push_back({body.text("name"), body.text("sector"), body.text("business_id")});
  use.countries.push_back(iso_code(body.text("country")));
}

void add_people(law::DeclaredUse& use, const Value& request) {
  if (const Value* controller = request.find("controller")) add_body(use, *controller);
  for (const Value& one : items_of(request, "joint_controllers")) add_body(use, one);
  if (const Value* body = request.find("implementing_body")) add_body(use, *body);
  for (const Value& user : items_of(request, "users")) {
    use.users.push_back({user.text("id"), user.text("organisation")});
    use.countries.push_back(iso_code(user.text("country")));
  }
}

/// Where data lie and are worked on. Those who administer or support the service do not use them.
void add_places(law::DeclaredUse& use, const Value& request, const Value& provider) {
  const Value* locations = provider.find("locations");
  use.are_places_known = locations != nullptr && !use.users.empty();
  for (const std::string_view name : {"storage", "processing", "backup"}) {
    const Value* list = locations == nullptr ? nullptr : locations->find(name);
    for (const std::string& country : json::to_strings(list)) {
      use.countries.push_back(iso_code(country));
    }
    const bool may_be_nowhere = name == "backup";
    const bool is_known = list != nullptr && (may_be_nowhere || !list->as_array().empty());
    use.are_places_known = use.are_places_known && is_known;
  }
  for (const Value* from : {&request, &provider}) {
    for (const Value& transfer : items_of(*from, "transfers")) {
      use.countries.push_back(iso_code(transfer.text("country")));
    }
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
    use.publishes_from = parse_date(publication->text("not_before"));
  }
}

law::DeclaredUse use_of(const Value& request, const Value& provider, Date as_of) {
  law::DeclaredUse use;
  if (const Value* purposes = request.find("purposes")) {
    use.purposes = json::to_strings(purposes->find("duo"));
  }
  use.diseases = diseases_in(request, "disease_codes");
  add_research(use, request);
  for (const Value& one : items_of(request, "attachments")) {
    const std::string kind = one.text("kind");
    use.has_collaboration_letter = use.has_collaboration_letter || kind == "collaboration-letter";
    use.has_committee_opinion = use.has_committee_opinion || kind == "committee-opinion";
  }
  for (const Value& one : items_of(request, "opinions")) {
    use.opinions.push_back({one.text("body"), one.text("outcome"), opinion_standing(one, as_of)});
  }
  if (const Value* project = request.find("project")) use.project = project->text("name");
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

std::string lower(std::string text) {
  for (char& letter : text) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return text;
}

Value term_json(const law::ConsentTerm& term) {
  return json::object({{"code", term.code},
                       {"shorthand", term.shorthand},
                       {"result", law::name_of(term.answer.result)},
                       {"reason", term.answer.reason}});
}

Value consent_json(law::Consent consent) {
  std::sort(consent.terms.begin(), consent.terms.end(),
            [](const law::ConsentTerm& left, const law::ConsentTerm& right) {
              return std::tie(left.code, left.answer.result, left.answer.reason) <
                     std::tie(right.code, right.answer.result, right.answer.reason);
            });
  std::map<std::string, ConsentResult> worst;  // a code may be there more than once
  Value terms = Value::Array{};
  for (const law::ConsentTerm& term : consent.terms) {
    terms.push(term_json(term));
    if (term.shorthand.empty()) continue;
    ConsentResult& so_far = worst.try_emplace(term.shorthand, ConsentResult::pass).first->second;
    so_far = std::max(so_far, term.answer.result);
  }
  if (consent.users && consent.users->empty() && consent.result == ConsentResult::fail) {
    worst["US"] = ConsentResult::fail;  // two lists of users that share nobody
  }
  Value met = Value::Object{};
  std::vector<std::string> referred;
  for (const auto& [shorthand, result] : worst) {
    if (result == ConsentResult::refer) referred.push_back(shorthand);
    if (result == ConsentResult::unknown) continue;
    met.set(lower(shorthand), result != ConsentResult::fail);
  }
  Value facts = json::object({{"permits", permits_word(consent.result)},
                              {"terms", std::move(terms)},
                              {"met", std::move(met)},
                              {"referred", json::strings(referred)},
                              {"permission_count", consent.permissions}});
  if (consent.months_max) facts.set("months_max", *consent.months_max);
  if (consent.users) facts.set("users", sorted_once(*consent.users));
  if (consent.not_before) facts.set("not_before", format_date(*consent.not_before));
  return facts;
}

}  // namespace

void add_consent_facts(Value& facts, const Value& dataset, const Value& request,
                       const Value& provider, const law::DiseaseHierarchies& hierarchies,
                       Date as_of) {
  const Value* declared = dataset.find("duo");
  if (declared == nullptr) return;
  std::vector<law::DuoTerm> terms;
  std::vector<std::string> codes;
  for (const Value& term : declared->as_array()) {
    terms.push_back(term_of(term));
    codes.push_back(terms.back().code);
  }
  facts.set("duo", sorted_once(codes));
  facts.set("consent", consent_json(law::consent(terms, use_of(request, provider, as_of),
                                                 hierarchies, as_of)));
}

}  // namespace octroi::rules
