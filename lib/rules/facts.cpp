// SPDX-License-Identifier: Apache-2.0
#include "rules/facts.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "law/countries.hpp"
#include "law/foreign_laws.hpp"
#include "model/provider.hpp"
#include "rules/consent_facts.hpp"
#include "rules/dataset_facts.hpp"
#include "rules/fact_parts.hpp"
#include "rules/fact_schema.hpp"
#include "rules/host_facts.hpp"
#include "rules/request_facts.hpp"
#include "rules/standing_facts.hpp"
#include "rules/transfer_facts.hpp"

namespace octroi::rules {
namespace {

using json::Value;

constexpr std::string_view k_host = "host";

/// INVARIANT: rules were type-checked against the schema, so facts of another shape would make them
/// lie.
void require_fitting(std::string_view definition, const Value& facts) {
  if (!fits_schema(definition, facts)) broken_invariant("facts do not fit their schema");
}

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

const Value* Facts::find(std::string_view name) const {
  if (host && name == k_host) return &host->value;
  return value.find(name);
}

const Value::Array& Facts::datasets() const {
  return value.at("datasets").as_array();
}

Value Facts::whole() const {
  Value result = value;
  if (host) result.set(k_host, host->value);
  return result;
}

Facts Facts::of(Value whole, law::JurisdictionAnswer answer, Date as_of) {
  std::optional<Value> of_host = whole.as_object().extract(k_host);
  if (!of_host) broken_invariant("facts without a host");
  return {std::move(whole),
          std::make_shared<const HostFacts>(HostFacts{*std::move(of_host), std::move(answer)}),
          as_of};
}

KnownHost::KnownHost(const model::Document& provider, Date as_of)
    : certificates_(pick(provider.value, {"certificates"})), as_of_(as_of) {
  const model::Provider owners = model::Provider::from(provider);
  law::JurisdictionAnswer& answer = of_any_service_.exclusively_eu_law;
  answer = law::exclusively_eu_law(owners, as_of);
  Value& facts = of_any_service_.value;
  facts = host_facts(provider.value, answer);
  add_host_standings(facts, provider, as_of);
  add_host_transfers(facts, provider.value, as_of);
  if (const auto foreign_laws = law::foreign_laws(owners, as_of)) {
    facts.set("foreign_laws", json::strings(*foreign_laws));
  }
  normalise_countries(facts, {nullptr, "provider"});
}

std::shared_ptr<const HostFacts> KnownHost::of_service(const std::string& service) const {
  constexpr std::size_t k_services_max = 64;  // requests name what they like
  const std::lock_guard lock(mutex_);
  if (const auto known = by_service_.find(service); known != by_service_.end()) {
    return known->second;
  }
  HostFacts facts = of_any_service_;
  add_certificates(facts.value, certificates_, service, as_of_);
  require_fitting("host", facts.value);
  if (by_service_.size() == k_services_max) by_service_.clear();
  auto shared = std::make_shared<const HostFacts>(std::move(facts));
  return by_service_.emplace(service, std::move(shared)).first->second;
}

Facts compute_facts(const Case& documents, Date as_of) {
  return compute_facts(documents, KnownHost(documents.provider, as_of), as_of);
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
  require_fitting("request", about_request);
  auto of_host = host.of_service(service_of(request, documents.provider.value));
  Value about_datasets = all_dataset_facts(documents, as_of);
  normalise_countries(about_datasets, {nullptr, "datasets"});
  for (const Value& one : about_datasets.as_array()) require_fitting("dataset", one);
  return {json::object({{"as_of", format_date(as_of)},
                        {"request", std::move(about_request)},
                        {"datasets", std::move(about_datasets)}}),
          std::move(of_host), as_of};
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
  return Facts::of(std::move(value), {host, {}}, *as_of);
}

bool is_within(std::string_view path, std::string_view outer) {
  return path.starts_with(outer) && (path.size() == outer.size() || path[outer.size()] == '.');
}

const Value* find_fact(const Facts& facts, const Value* dataset, std::string_view path) {
  const std::size_t end = path.find('.');
  const std::string_view first = path.substr(0, end);
  const Value* at = first == "dataset" ? dataset : facts.find(first);
  std::string_view rest = end == std::string_view::npos ? "" : path.substr(end + 1);
  while (at != nullptr && !rest.empty()) {
    const std::size_t dot = rest.find('.');
    at = at->find(rest.substr(0, dot));
    rest = dot == std::string_view::npos ? "" : rest.substr(dot + 1);
  }
  return at;
}

}  // namespace octroi::rules
