// SPDX-License-Identifier: Apache-2.0
#include "rules/facts.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "law/countries.hpp"
#include "law/foreign_laws.hpp"
#include "model/provider.hpp"
#include "rules/consent_facts.hpp"
#include "rules/dataset_facts.hpp"
#include "rules/fact_schema.hpp"
#include "rules/host_facts.hpp"
#include "rules/request_facts.hpp"
#include "rules/standing_facts.hpp"
#include "rules/transfer_facts.hpp"

namespace octroi::rules {
namespace {

using json::Value;

/// Where a value stands in the facts: what holds it, and under which name.
struct Place {
  const Place* outer;
  std::string_view name;

  [[nodiscard]] std::string path() const {
    return outer == nullptr ? std::string(name) : outer->path() + "." + std::string(name);
  }
};

bool names_countries(std::string_view name) {
  static constexpr std::string_view k_names[] = {"country", "countries",  "governing_law",
                                                 "storage", "processing", "administration",
                                                 "support", "backup"};
  return std::find(std::begin(k_names), std::end(k_names), name) != std::end(k_names);
}

/// Writes every code under the names that mean a country in its ISO form, so that a rule can
/// compare them. Throws Error(bad_input) on a code that is none.
void normalise_countries(Value& value, const Place& place) {
  if (value.is_object()) {
    for (auto& [member, inner] : value.as_object()) normalise_countries(inner, {&place, member});
  } else if (value.is_array()) {
    for (Value& item : value.as_array()) normalise_countries(item, place);
  } else if (value.is_string() && names_countries(place.name)) {
    const std::optional<law::Country> country = law::Country::from(value.as_string());
    if (!country) {
      throw Error(ErrorCode::bad_input, fmt::format("{}: expected an ISO 3166 country code, got {}",
                                                    place.path(), in_quotes(value.as_string())));
    }
    value = country->code();
  }
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

/// Throws Error(bad_input) on two documents of one coding system.
law::DiseaseHierarchies hierarchies_of(const Case& documents) {
  std::set<std::string> systems;
  std::vector<const Value*> values;
  for (const model::Document* document : documents.hierarchies) {
    const std::string& id = document->value.at("id").as_string();
    if (!systems.insert(id).second) {
      throw Error(ErrorCode::bad_input,
                  fmt::format("expected one hierarchy of {}, got two", in_quotes(id)));
    }
    values.push_back(&document->value);
  }
  return law::DiseaseHierarchies(std::move(values));
}

Value all_dataset_facts(const Case& documents, Date as_of) {
  const law::DiseaseHierarchies hierarchies = hierarchies_of(documents);
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
    Value facts = dataset_facts(*found->second, use);
    add_consent_facts(facts, *found->second, documents.request.value, documents.provider.value,
                      hierarchies, as_of);
    if (!by_id.emplace(id, std::move(facts)).second) {
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

/// The service that is used: the one that the request names, or else the provider's own.
std::string service_of(const Value& request, const Value& provider) {
  const std::string named = request.at("environment").text("service");
  return named.empty() ? provider.text("service") : named;
}

}  // namespace

const Value::Array& Facts::datasets() const {
  return value.at("datasets").as_array();
}

KnownHost known_host(const model::Document& provider, Date as_of) {
  const model::Provider owners = model::Provider::from(provider);
  law::JurisdictionAnswer answer = law::exclusively_eu_law(owners, as_of);
  Value facts = host_facts(provider.value, answer);
  add_host_standings(facts, provider, as_of);
  add_host_transfers(facts, provider.value, as_of);
  if (const auto foreign_laws = law::foreign_laws(owners, as_of)) {
    facts.set("foreign_laws", json::strings(*foreign_laws));
  }
  normalise_countries(facts, {nullptr, "provider"});
  return {std::move(facts), std::move(answer)};
}

Facts compute_facts(const Case& documents, Date as_of) {
  return compute_facts(documents, known_host(documents.provider, as_of), as_of);
}

Facts compute_facts(const Case& documents, const KnownHost& host, Date as_of) {
  const Value& request = documents.request.value;
  const std::string& provider = documents.provider.value.at("id").as_string();
  const std::string& wanted = request.at("environment").at("provider").as_string();
  if (wanted != provider) {
    throw Error(ErrorCode::bad_input,
                fmt::format("request: expected the document of provider {}, got {}",
                            in_quotes(wanted), in_quotes(provider)));
  }
  Value about_request = request_facts(request);
  add_request_standings(about_request, request, as_of);
  add_request_transfers(about_request, request, as_of);
  normalise_countries(about_request, {nullptr, "request"});
  Value about_host = host.facts;
  add_certificates(about_host, documents.provider.value,
                   service_of(request, documents.provider.value), as_of);
  Value about_datasets = all_dataset_facts(documents, as_of);
  normalise_countries(about_datasets, {nullptr, "datasets"});
  Value facts = json::object({{"as_of", format_date(as_of)},
                              {"request", std::move(about_request)},
                              {"host", std::move(about_host)},
                              {"datasets", std::move(about_datasets)}});
  // INVARIANT: rules were type-checked against the schema, so facts of another shape would make
  // them lie.
  if (!fact_schema().validate(facts).empty()) broken_invariant("facts do not fit their schema");
  return {std::move(facts), host.exclusively_eu_law, as_of};
}

Facts stated_facts(Value value, std::string_view source) {
  json::require_valid(fact_schema(), value, source);
  const std::optional<Date> as_of = parse_date(value.text("as_of"));
  if (!as_of) {
    throw Error(ErrorCode::bad_input, fmt::format("{}: /as_of: expected a day that exists, got {}",
                                                  source, in_quotes(value.text("as_of"))));
  }
  // INVARIANT: the schema knows the three answers only.
  const law::Answer host = law::parse_answer(value.at("host").text("exclusively_eu_law")).value();
  return {std::move(value), {host, {}}, *as_of};
}

bool is_within(std::string_view path, std::string_view outer) {
  return path.starts_with(outer) && (path.size() == outer.size() || path[outer.size()] == '.');
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
