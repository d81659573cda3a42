// SPDX-License-Identifier: Apache-2.0
#include "rules/facts.hpp"

#include <map>
#include <set>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "law/countries.hpp"
#include "law/disease_scope.hpp"
#include "model/provider.hpp"
#include "rules/fact_schema.hpp"

namespace octroi::rules {
namespace {

using json::Value;

/// The members of an object that are there, under their own names.
Value pick(const Value& from, std::initializer_list<std::string_view> names) {
  Value result = Value::Object{};
  for (const std::string_view name : names) {
    if (const Value* member = from.find(name)) result.set(name, *member);
  }
  return result;
}

/// Sets `name` to what `pick` finds in the member of that name, if there is one.
void pick_into(Value& facts, const Value& from, std::string_view name,
               std::initializer_list<std::string_view> members) {
  if (const Value* member = from.find(name)) facts.set(name, pick(*member, members));
}

/// The same for a member that is a list of objects.
void pick_each_into(Value& facts, const Value& from, std::string_view name,
                    std::initializer_list<std::string_view> members) {
  const Value* list = from.find(name);
  if (list == nullptr) return;
  Value result = Value::Array{};
  for (const Value& item : list->as_array()) result.push(pick(item, members));
  facts.set(name, std::move(result));
}

Value sorted_once(const std::vector<std::string>& texts) {
  const std::set<std::string> once(texts.begin(), texts.end());
  return json::strings({once.begin(), once.end()});
}

/// Writes every code under the names that mean a country in its ISO form, so that a rule can
/// compare them. Throws Error(bad_input) on a code that is none.
void normalise_countries(Value& value, const std::string& path) {
  static const std::set<std::string, std::less<>> k_names = {
      "country",    "countries",      "user_countries", "storage",
      "processing", "administration", "support",        "backup"};
  const auto normalise = [&path](Value& code) {
    const std::optional<law::Country> country = law::Country::from(code.as_string());
    if (!country) {
      throw Error(ErrorCode::bad_input, fmt::format("{}: expected an ISO 3166 country code, got {}",
                                                    path, in_quotes(code.as_string())));
    }
    code = country->code();
  };
  const std::string_view name = std::string_view(path).substr(path.rfind('.') + 1);
  if (value.is_object()) {
    for (auto& [member, inner] : value.as_object()) normalise_countries(inner, path + "." + member);
  } else if (value.is_array()) {
    for (Value& item : value.as_array()) {
      if (item.is_string() && k_names.contains(name)) {
        normalise(item);
      } else {
        normalise_countries(item, path);
      }
    }
  } else if (value.is_string() && k_names.contains(name)) {
    normalise(value);
  }
}

void add_disease_facts(Value& facts, const Value& request) {
  const Value* disease_codes = request.find("disease_codes");
  const std::string system = disease_codes == nullptr ? "" : disease_codes->text("system");
  std::vector<std::string> codes = disease_codes == nullptr
                                       ? std::vector<std::string>{}
                                       : json::to_strings(disease_codes->find("codes"));
  const law::DiseaseScope scope = law::disease_scope(system, codes);
  if (scope != law::DiseaseScope::unknown) {
    facts.set("disease_scope", std::string(law::name_of(scope)));
  }
  if (disease_codes == nullptr) return;
  if (system == "icd-10") {
    for (std::string& code : codes) code = law::normalise_icd_10(code).value_or(code);
  }
  facts.set("disease_codes", json::object({{"system", system}, {"codes", sorted_once(codes)}}));
}

void add_user_facts(Value& facts, const Value& request) {
  const Value* users = request.find("users");
  std::set<std::string> countries;
  std::int64_t count = 0;
  if (users != nullptr) {
    for (const Value& user : users->as_array()) {
      ++count;
      const Value* written = user.find("country");
      if (written == nullptr) continue;
      const std::optional<law::Country> country = law::Country::from(written->as_string());
      countries.insert(country ? country->code() : written->as_string());
    }
  }
  facts.set("user_count", count);
  facts.set("user_countries", json::strings({countries.begin(), countries.end()}));
}

Value request_facts(const Value& request) {
  Value facts = pick(request, {"regime"});
  pick_into(facts, request, "project", {"name", "kind"});
  pick_into(facts, request, "controller", {"country", "sector", "public_body"});
  pick_into(facts, request, "implementing_body", {"country", "sector", "public_body"});
  pick_into(facts, request, "recipient", {"id"});
  pick_into(facts, request, "prohibited_uses",
            {"promotion_of_health_products", "insurance_exclusion_or_premium",
             "detrimental_decisions", "advertising_or_marketing", "harmful_products"});
  pick_into(facts, request, "environment", {"provider"});
  pick_into(facts, request, "duration", {"months"});
  pick_into(facts, request, "legal_basis", {"gdpr_article_6", "gdpr_article_9"});
  pick_into(facts, request, "publication", {"commitment", "months_max"});
  pick_each_into(facts, request, "transfers", {"country", "kind", "basis"});
  pick_each_into(facts, request, "opinions", {"body", "outcome", "date"});
  pick_each_into(facts, request, "authorisations", {"authority", "kind", "date"});
  const Value* purposes = request.find("purposes");
  Value codes = Value::Object{};
  for (const std::string_view regime : {"snds", "ehds", "duo"}) {
    const Value* list = purposes == nullptr ? nullptr : purposes->find(regime);
    codes.set(regime, sorted_once(json::to_strings(list)));
  }
  facts.set("purposes", std::move(codes));
  if (const Value* necessity = request.find("necessity")) {
    Value answer = pick(*necessity, {"degree"});
    // `for` is a reserved word of CEL, so that a rule could not read it everywhere.
    if (const Value* serves = necessity->find("for")) answer.set("serves", *serves);
    facts.set("necessity", std::move(answer));
  }
  facts.set("states_public_interest", !request.text("public_interest").empty());
  add_disease_facts(facts, request);
  add_user_facts(facts, request);
  return facts;
}

/// What the request asks of a dataset, over what the dataset's own document says.
Value dataset_facts(const Value& dataset, const Value& use) {
  Value facts = pick(
      dataset, {"id", "collection", "countries", "whole_population", "ehds_categories", "duo"});
  const Value asked = pick(use, {"components", "extent", "variables", "period", "geography",
                                 "format", "frequency"});
  for (const auto& [name, value] : asked.as_object()) {
    facts.set(name, value);
  }
  if (const Value* holder = dataset.find("holder")) facts.set("holder", holder->text("id"));
  if (const Value* population = use.find("population")) {
    if (const Value* size = population->find("size")) facts.set("population_size", *size);
  }
  facts.set("identifiers_crossed", sorted_once(json::to_strings(use.find("identifiers_crossed"))));
  return facts;
}

/// Throws Error(bad_input) on two documents of one dataset: which of them counts would depend on
/// their order.
std::map<std::string, const Value*> documents_by_id(const Case& documents) {
  std::map<std::string, const Value*> result;
  for (const model::Document* document : documents.datasets) {
    const std::string& id = document->value.at("id").as_string();
    if (!result.emplace(id, &document->value).second) {
      throw Error(ErrorCode::bad_input,
                  fmt::format("expected one document of dataset {}, got two", in_quotes(id)));
    }
  }
  return result;
}

Value all_dataset_facts(const Case& documents) {
  const std::map<std::string, const Value*> known = documents_by_id(documents);
  std::map<std::string, Value> by_id;
  for (const Value& use : documents.request.value.at("datasets").as_array()) {
    const std::string& id = use.at("dataset").as_string();
    const auto found = known.find(id);
    if (found == known.end()) {
      throw Error(
          ErrorCode::bad_input,
          fmt::format("request: expected the document of dataset {}, got none", in_quotes(id)));
    }
    if (!by_id.emplace(id, dataset_facts(*found->second, use)).second) {
      throw Error(ErrorCode::bad_input,
                  fmt::format("request: dataset {} is asked for twice", in_quotes(id)));
    }
  }
  // Without a dataset no rule about datasets has anything to say, and nothing would look clear.
  if (by_id.empty()) {
    throw Error(ErrorCode::bad_input, "request: expected at least one dataset, got none");
  }
  Value result = Value::Array{};
  for (auto& [id, facts] : by_id) result.push(std::move(facts));
  return result;
}

Value host_facts(const Value& provider, const law::JurisdictionAnswer& answer) {
  Value facts = pick(provider, {"service"});
  facts.set("provider", provider.at("id"));
  facts.set("exclusively_eu_law", std::string(law::name_of(answer.exclusively_eu_law)));
  Value chain = Value::Array{};
  for (const law::JurisdictionStep& step : answer.chain) chain.push(law::describe(step));
  facts.set("exclusively_eu_law_chain", std::move(chain));
  pick_into(facts, provider, "locations",
            {"storage", "processing", "administration", "support", "backup"});
  pick_each_into(facts, provider, "certificates", {"scheme", "status", "service", "from", "until"});
  if (const Value* safeguards = provider.find("safeguards")) {
    for (const std::string_view name : {"contract_clauses", "customer_held_keys"}) {
      if (const Value* declared = safeguards->find(name)) facts.set(name, *declared);
    }
  }
  return facts;
}

}  // namespace

const Value::Array& Facts::datasets() const {
  return value.at("datasets").as_array();
}

Facts compute_facts(const Case& documents, Date as_of) {
  const Value& request = documents.request.value;
  const std::string& provider = documents.provider.value.at("id").as_string();
  const std::string& wanted = request.at("environment").at("provider").as_string();
  if (wanted != provider) {
    throw Error(ErrorCode::bad_input,
                fmt::format("request: expected the document of provider {}, got {}",
                            in_quotes(wanted), in_quotes(provider)));
  }
  law::JurisdictionAnswer host =
      law::exclusively_eu_law(model::Provider::from(documents.provider), as_of);
  Value facts = json::object({{"as_of", format_date(as_of)},
                              {"request", request_facts(request)},
                              {"host", host_facts(documents.provider.value, host)},
                              {"datasets", all_dataset_facts(documents)}});
  normalise_countries(facts.as_object()["request"], "request");
  normalise_countries(facts.as_object()["host"], "provider");
  normalise_countries(facts.as_object()["datasets"], "datasets");
  // INVARIANT: rules were type-checked against the schema, so facts of another shape would make
  // them lie.
  if (!fact_schema().validate(facts).empty()) broken_invariant("facts do not fit their schema");
  return {std::move(facts), std::move(host), as_of};
}

const Value* find_fact(const Facts& facts, const Value* dataset, std::string_view path) {
  const std::size_t end = path.find('.');
  const std::string_view first = path.substr(0, end);
  const Value* at = first == "dataset" ? dataset : facts.value.find(first);
  std::string_view rest = end == std::string_view::npos ? "" : path.substr(end + 1);
  while (at != nullptr && !rest.empty()) {
    const std::size_t dot = rest.find('.');
    at = at->find(rest.substr(0, dot));
    rest = dot == std::string_view::npos ? "" : rest.substr(dot + 1);
  }
  return at;
}

}  // namespace octroi::rules
