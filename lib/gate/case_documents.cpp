// SPDX-License-Identifier: Apache-2.0
#include "gate/case_documents.hpp"

#include <fmt/format.h>

#include <set>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "gate/acting.hpp"
#include "gate/catalogue.hpp"
#include "registry/catalogue.hpp"

namespace octroi::gate {
namespace {

using json::TapeValue;
using json::Value;

const GivenDocuments& nothing_given() {
  static const GivenDocuments k_nothing;
  return k_nothing;
}

/// The first of that id, or nullptr.
const model::Document* among(const std::vector<model::Document>& given, std::string_view id) {
  for (const model::Document& document : given) {
    if (document.value.at("id").as_string() == id) return &document;
  }
  return nullptr;
}

/// The document of that id that is kept, or that `show` reads from the registry.
template <typename Loaded, typename Show>
const model::Document& loaded(Loaded& kept, std::string_view id, Database* database,
                              std::string_view kind, Show show) {
  const auto known = kept.find(id);
  if (known != kept.end()) return known->second;
  if (database == nullptr) {
    throw Error(
        ErrorCode::bad_input,
        fmt::format("the request names the {} {}; give its file with --{} FILE, or a registry "
                    "that has it with --registry",
                    kind, id, kind));
  }
  return kept.emplace(id, show(*database, std::string(id), std::nullopt)).first->second;
}

}  // namespace

CaseSource::CaseSource(Database* database, const GivenDocuments& given)
    : database_(database), given_(given) {}

CaseSource::CaseSource(Database& database) : CaseSource(&database, nothing_given()) {}

rules::Case CaseSource::case_of(const model::Document& request) {
  json::Tape tape;
  tape.lay(request.value);
  const std::lock_guard lock(mutex_);
  Named named = named_by(tape.root());
  return {request, std::move(named.datasets), named.provider, std::move(named.hierarchies)};
}

rules::Facts CaseSource::facts_of(const rules::Case& documents, Date as_of) {
  std::unique_lock lock(mutex_);
  const rules::KnownHost& host = known_host(documents.provider, as_of);
  lock.unlock();  // what was found stays where it is
  return rules::compute_facts(documents, host, as_of);
}

rules::Facts CaseSource::facts_of(TapeValue request, Date as_of) {
  std::unique_lock lock(mutex_);
  const Named named = named_by(request);
  rules::LaidCase documents{request, {}, laid(named.provider), named.hierarchies};
  for (const model::Document* one : named.datasets) documents.datasets.push_back(laid(*one));
  const rules::KnownHost& host = known_host(named.provider, as_of);
  lock.unlock();  // what was found stays where it is
  return rules::compute_facts(documents, host, as_of);
}

CaseSource::Named CaseSource::named_by(TapeValue request) {
  std::vector<const model::Document*> datasets;
  std::set<std::string_view> ids;
  for (const TapeValue use : request.at("datasets")) {
    const std::string_view id = use.at("dataset").as_string();
    if (!ids.insert(id).second) continue;
    datasets.push_back(&dataset(id));
    if (!components_.contains(id)) components_.emplace(id, component_codes(datasets.back()->value));
  }
  Named named{
      std::move(datasets), provider(request.at("environment").at("provider").as_string()), {}};
  add_hierarchies(named);
  require_components(request, components_);
  return named;
}

const model::Document& CaseSource::dataset(std::string_view id) {
  if (const model::Document* given = among(given_.datasets, id)) return *given;
  return loaded(datasets_, id, database_, "dataset", show_dataset);
}

const model::Document& CaseSource::provider(std::string_view id) {
  if (const model::Document* given = among(given_.providers, id)) return *given;
  return loaded(providers_, id, database_, "provider", show_provider);
}

void CaseSource::add_hierarchies(Named& named) {
  for (const std::string& system : systems_named(named.datasets)) {
    const std::size_t before = named.hierarchies.size();
    for (const model::Document& one : given_.hierarchies) {
      if (one.value.text("id") == system) named.hierarchies.push_back(&one);
    }
    if (named.hierarchies.size() > before || database_ == nullptr) continue;
    if (!hierarchies_.contains(system) && !registry::find_hierarchy(*database_, system)) continue;
    named.hierarchies.push_back(
        &loaded(hierarchies_, system, database_, "hierarchy", show_hierarchy));
  }
}

TapeValue CaseSource::laid(const model::Document& document) {
  const auto [known, is_new] = laid_.try_emplace(&document);
  if (is_new) known->second.lay(document.value);
  return known->second.root();
}

const rules::KnownHost& CaseSource::known_host(const model::Document& provider, Date as_of) {
  const std::pair key(provider.sha256, as_of);
  const auto known = hosts_.find(key);
  if (known != hosts_.end()) return known->second;
  return hosts_.try_emplace(key, provider, as_of).first->second;
}

std::vector<std::string> systems_named(const std::vector<const model::Document*>& datasets) {
  std::set<std::string> systems;
  for (const model::Document* dataset : datasets) {
    const Value* terms = dataset->value.find("duo");
    if (terms == nullptr) continue;
    for (const Value& term : terms->as_array()) {
      if (const Value* diseases = term.find("diseases")) systems.insert(diseases->text("system"));
    }
  }
  return {systems.begin(), systems.end()};
}

std::vector<rules::CompiledRulebook> rulebooks_in_force(Database& database, Date day) {
  std::vector<rules::CompiledRulebook> rulebooks;
  for (const registry::Adoption& adoption : registry::adoptions_in_force(database, day)) {
    rulebooks.push_back(rules::CompiledRulebook::require(
        load(database, adoption.document, model::DocumentKind::rulebook, adoption.id),
        adoption.id));
  }
  return rulebooks;
}

std::vector<rules::CompiledRulebook> rulebooks_for(Database* database,
                                                   const std::vector<model::Document>& given,
                                                   Date day) {
  std::vector<rules::CompiledRulebook> rulebooks;
  for (const model::Document& document : given) {
    rulebooks.push_back(
        rules::CompiledRulebook::require(document, document.value.at("id").as_string()));
  }
  if (!rulebooks.empty()) return rulebooks;
  if (database == nullptr) {
    throw Error(ErrorCode::bad_input,
                "there is no rulebook to check against; give one with --rulebook FILE, or a "
                "registry that has adopted some with --registry");
  }
  return rulebooks_in_force(*database, day);
}

}  // namespace octroi::gate
