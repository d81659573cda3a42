// SPDX-License-Identifier: Apache-2.0
#include "rules/facts.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "law/foreign_laws.hpp"
#include "model/provider.hpp"
#include "rules/consent_facts.hpp"
#include "rules/dataset_facts.hpp"
#include "rules/fact_row.hpp"
#include "rules/fact_schema.hpp"
#include "rules/fact_views.hpp"
#include "rules/host_facts.hpp"
#include "rules/request_facts.hpp"
#include "rules/standing_facts.hpp"
#include "rules/transfer_facts.hpp"

namespace octroi::rules {
namespace {

using cel::View;
using json::TapeValue;
using json::Value;

constexpr std::string_view k_host = "host";

/// INVARIANT: rules were type-checked against the schema, so facts of another shape would make them
/// lie.
template <typename FactsOf>
void require_fitting(std::string_view definition, const FactsOf& facts) {
  if (!fits_schema(definition, facts)) broken_invariant("facts do not fit their schema");
}

/// Throws Error(bad_input) on two documents of one dataset: which of them counts would depend on
/// their order.
std::map<std::string_view, TapeValue> documents_by_id(const LaidCase& documents) {
  std::map<std::string_view, TapeValue> result;
  for (const TapeValue dataset : documents.datasets) {
    const std::string_view id = dataset.at("id").as_string();
    if (!result.emplace(id, dataset).second) {
      throw Error(ErrorCode::bad_input,
                  fmt::format("expected one document of dataset {}, got two", in_quotes(id)));
    }
  }
  return result;
}

/// Throws Error(bad_input) on two documents of one coding system.
law::DiseaseHierarchies hierarchies_of(const LaidCase& documents) {
  std::set<std::string_view> systems;
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

View all_request_facts(cel::ViewRoom& room, TapeValue request, Date as_of) {
  constexpr std::size_t k_facts_of_most = 40;
  FactRow facts(room, {nullptr, "request"}, k_facts_of_most);
  add_request_facts(facts, request);
  add_request_standings(facts, request, as_of);
  add_request_transfers(facts, request, as_of);
  require_fitting("request", facts.object());
  return facts.object();
}

View all_dataset_facts(cel::ViewRoom& room, const LaidCase& documents, Date as_of) {
  const law::DiseaseHierarchies hierarchies = hierarchies_of(documents);
  const std::map<std::string_view, TapeValue> known = documents_by_id(documents);
  ConsentQuestion consent(documents.request, documents.provider, hierarchies, as_of);
  constexpr std::size_t k_facts_of_most = 24;
  std::map<std::string_view, View> by_id;
  for (const TapeValue use : documents.request.at("datasets")) {
    const std::string_view id = use.at("dataset").as_string();
    const auto found = known.find(id);
    if (found == known.end()) {
      throw Error(
          ErrorCode::bad_input,
          fmt::format("request: expected the document of dataset {}, got none", in_quotes(id)));
    }
    FactRow facts(room, {nullptr, "datasets"}, k_facts_of_most);
    add_dataset_facts(facts, found->second, use);
    consent.add_answer(facts, found->second);
    if (!by_id.emplace(id, facts.object()).second) {
      throw Error(ErrorCode::bad_input,
                  fmt::format("request: dataset {} is asked for twice", in_quotes(id)));
    }
  }
  // Without a dataset no rule about datasets has anything to say, and nothing would look clear.
  if (by_id.empty()) {
    throw Error(ErrorCode::bad_input, "request: expected at least one dataset, got none");
  }
  const std::span<View> result = room.make<View>(by_id.size());
  std::transform(by_id.begin(), by_id.end(), result.begin(),
                 [](const auto& one) { return one.second; });
  for (const View one : result) require_fitting("dataset", one);
  return View::of(std::span<const View>(result));
}

/// The service that is used: the one that the request names, or else the provider's own.
std::string service_of(TapeValue request, TapeValue provider) {
  const std::string_view named = request.at("environment").text("service");
  return std::string(named.empty() ? provider.text("service") : named);
}

/// An object with the certificates that a document declares, if it does.
Value certificates_in(const Value& provider) {
  const Value* declared = provider.find("certificates");
  if (declared == nullptr) return Value::Object{};
  return json::object({{"certificates", *declared}});
}

/// What `find` makes of each step of a dotted path.
template <typename At, typename Find>
At followed(At at, std::string_view path, const Find& find) {
  while (at != nullptr && !path.empty()) {
    const std::size_t dot = path.find('.');
    at = find(at, path.substr(0, dot));
    path = dot == std::string_view::npos ? "" : path.substr(dot + 1);
  }
  return at;
}

/// The first name of a path, and what follows it.
std::pair<std::string_view, std::string_view> split_path(std::string_view path) {
  const std::size_t end = path.find('.');
  return {path.substr(0, end), end == std::string_view::npos ? "" : path.substr(end + 1)};
}

constexpr std::size_t k_bytes_of_most = 8192;  // that facts are laid out in

}  // namespace

HostFacts::HostFacts(Value facts, law::JurisdictionAnswer answer)
    : value(std::move(facts)),
      exclusively_eu_law(std::move(answer)),
      view(lay_out(room, value)),
      slots(host_slots(view)) {}

Facts::Facts(std::unique_ptr<cel::ViewRoom> room, View gathered,
             std::shared_ptr<const HostFacts> host_facts, Date day)
    : host(std::move(host_facts)), as_of(day), room_(std::move(room)), gathered_(gathered) {}

Facts::Facts(Value stated, Date day)
    : as_of(day),
      room_(std::make_unique<cel::ViewRoom>()),
      value_(std::make_unique<const Value>(std::move(stated))),
      gathered_(lay_out(*room_, *value_)) {}

Facts Facts::of(Value whole, law::JurisdictionAnswer answer, Date as_of) {
  std::optional<Value> of_host = whole.as_object().extract(k_host);
  if (!of_host) broken_invariant("facts without a host");
  Facts result(std::move(whole), as_of);
  result.host = std::make_shared<const HostFacts>(*std::move(of_host), std::move(answer));
  return result;
}

Facts Facts::kept() const {
  Facts result(value(), as_of);
  result.host = host;
  return result;
}

const View* Facts::view(std::string_view name) const {
  if (host && name == k_host) return &host->view;
  return find_member(gathered_, name);
}

std::span<const View> Facts::dataset_views() const {
  const View* datasets = find_member(gathered_, "datasets");
  return datasets == nullptr ? std::span<const View>() : datasets->as_list();
}

const Value& Facts::value() const {
  if (!value_) value_ = std::make_unique<const Value>(to_json(gathered_));
  return *value_;
}

const Value* Facts::find(std::string_view name) const {
  if (host && name == k_host) return &host->value;
  return value().find(name);
}

const Value::Array& Facts::datasets() const {
  return value().at("datasets").as_array();
}

Value Facts::whole() const {
  Value result = value();
  if (host) result.set(k_host, host->value);
  return result;
}

KnownHost::KnownHost(const model::Document& provider, Date as_of)
    : certificates_(certificates_in(provider.value)), as_of_(as_of) {
  const model::Provider owners = model::Provider::from(provider);
  exclusively_eu_law_ = law::exclusively_eu_law(owners, as_of);
  cel::ViewRoom room(k_bytes_of_most);
  constexpr std::size_t k_facts_of_most = 20;
  FactRow facts(room, {nullptr, "provider"}, k_facts_of_most);
  json::Tape tape;
  tape.lay(provider.value);
  add_host_facts(facts, tape.root(), exclusively_eu_law_);
  add_host_standings(facts, tape.root(), owners.changes, as_of);
  add_host_transfers(facts, tape.root(), as_of);
  if (const auto foreign_laws = law::foreign_laws(owners, as_of)) {
    facts.add("foreign_laws", kept_texts(room, *foreign_laws));
  }
  of_any_service_ = to_json(facts.object());
}

std::shared_ptr<const HostFacts> KnownHost::of_service(const std::string& service) const {
  constexpr std::size_t k_services_max = 64;  // requests name what they like
  const std::lock_guard lock(mutex_);
  if (const auto known = by_service_.find(service); known != by_service_.end()) {
    return known->second;
  }
  cel::ViewRoom room;
  FactRow more(room, {nullptr, "provider"}, 2);
  json::Tape tape;
  tape.lay(certificates_);
  add_certificates(more, tape.root(), service, as_of_);
  Value facts = of_any_service_;
  const std::span<const View::Field> certificates = more.object().as_object();
  for (const View::Field& field : certificates) {
    facts.set(field.name, to_json(field.value));
  }
  require_fitting("host", facts);
  if (by_service_.size() == k_services_max) by_service_.clear();
  auto shared = std::make_shared<const HostFacts>(std::move(facts), exclusively_eu_law_);
  return by_service_.emplace(service, std::move(shared)).first->second;
}

Facts compute_facts(const Case& documents, Date as_of) {
  return compute_facts(documents, KnownHost(documents.provider, as_of), as_of);
}

Facts compute_facts(const Case& documents, const KnownHost& host, Date as_of) {
  json::Tape request;
  request.lay(documents.request.value);
  json::Tape provider;
  provider.lay(documents.provider.value);
  std::vector<json::Tape> datasets(documents.datasets.size());
  LaidCase laid{request.root(), {}, provider.root(), documents.hierarchies};
  for (std::size_t i = 0; i < datasets.size(); ++i) {
    datasets[i].lay(documents.datasets[i]->value);
    laid.datasets.push_back(datasets[i].root());
  }
  return compute_facts(laid, host, as_of);
}

Facts compute_facts(const LaidCase& documents, const KnownHost& host, Date as_of) {
  const TapeValue request = documents.request;
  const std::string_view provider = documents.provider.at("id").as_string();
  const std::string_view wanted = request.at("environment").at("provider").as_string();
  if (wanted != provider) {
    throw Error(ErrorCode::bad_input,
                fmt::format("request: expected the document of provider {}, got {}",
                            in_quotes(wanted), in_quotes(provider)));
  }
  auto room = std::make_unique<cel::ViewRoom>(k_bytes_of_most);
  const View about_request = all_request_facts(*room, request, as_of);
  auto of_host = host.of_service(service_of(request, documents.provider));
  const View about_datasets = all_dataset_facts(*room, documents, as_of);
  FactRow facts(*room, {nullptr, {}}, 3);
  facts.add_copy("as_of", format_date(as_of));
  facts.add("datasets", about_datasets);
  facts.add("request", about_request);
  return {std::move(room), facts.object(), std::move(of_host), as_of};
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
  const auto [first, rest] = split_path(path);
  return followed(first == "dataset" ? dataset : facts.find(first), rest,
                  [](const Value* at, std::string_view name) { return at->find(name); });
}

const View* find_view(const Facts& facts, const View* dataset, std::string_view path) {
  const auto [first, rest] = split_path(path);
  return followed(first == "dataset" ? dataset : facts.view(first), rest,
                  [](const View* at, std::string_view name) { return find_member(*at, name); });
}

const View* find_member(View object, std::string_view name) {
  const View::Field* field = object.is(View::Kind::object) ? object.find_field(name) : nullptr;
  return field == nullptr ? nullptr : &field->value;
}

}  // namespace octroi::rules
