// SPDX-License-Identifier: Apache-2.0
#include "gate/case_documents.hpp"

#include <fmt/format.h>

#include <set>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "gate/acting.hpp"
#include "gate/catalogue.hpp"
#include "gate/naming.hpp"
#include "registry/catalogue.hpp"

namespace octroi::gate {
namespace {

using json::Value;

const GivenDocuments& nothing_given() {
  static const GivenDocuments k_nothing;
  return k_nothing;
}

/// The first of that id, or nullptr.
const model::Document* among(const std::vector<model::Document>& given, const std::string& id) {
  for (const model::Document& document : given) {
    if (document.value.at("id").as_string() == id) return &document;
  }
  return nullptr;
}

/// The document of that id that is kept, or that `show` reads from the registry.
template <typename Loaded, typename Show>
const model::Document& loaded(Loaded& kept, const std::string& id, Database* database,
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
  return kept.emplace(id, show(*database, id, std::nullopt)).first->second;
}

}  // namespace

CaseSource::CaseSource(Database* database, const GivenDocuments& given)
    : database_(database), given_(given) {}

CaseSource::CaseSource(Database& database) : CaseSource(&database, nothing_given()) {}

rules::Case CaseSource::case_of(const model::Document& request) {
  std::unique_lock lock(mutex_);
  std::vector<const model::Document*> datasets;
  std::set<std::string_view> ids;
  for (const Value& use : request.value.at("datasets").as_array()) {
    const std::string& id = use.at("dataset").as_string();
    if (ids.insert(id).second) datasets.push_back(&dataset(id));
  }
  rules::Case documents{request,
                        std::move(datasets),
                        provider(request.value.at("environment").at("provider").as_string()),
                        {}};
  add_hierarchies(documents);
  lock.unlock();  // what was found stays where it is
  Components known;
  for (const model::Document* one : documents.datasets) {
    known.emplace(one->value.at("id").as_string(), component_codes(one->value));
  }
  require_components(request.value, known);
  return documents;
}

rules::Facts CaseSource::facts_of(const rules::Case& documents, Date as_of) {
  return rules::compute_facts(documents, known_host(documents.provider, as_of), as_of);
}

const model::Document& CaseSource::dataset(const std::string& id) {
  if (const model::Document* given = among(given_.datasets, id)) return *given;
  return loaded(datasets_, id, database_, "dataset", show_dataset);
}

const model::Document& CaseSource::provider(const std::string& id) {
  if (const model::Document* given = among(given_.providers, id)) return *given;
  return loaded(providers_, id, database_, "provider", show_provider);
}

void CaseSource::add_hierarchies(rules::Case& documents) {
  for (const std::string& system : systems_named(documents.datasets)) {
    const std::size_t before = documents.hierarchies.size();
    for (const model::Document& one : given_.hierarchies) {
      if (one.value.text("id") == system) documents.hierarchies.push_back(&one);
    }
    if (documents.hierarchies.size() > before || database_ == nullptr) continue;
    if (!hierarchies_.contains(system) && !registry::find_hierarchy(*database_, system)) continue;
    documents.hierarchies.push_back(
        &loaded(hierarchies_, system, database_, "hierarchy", show_hierarchy));
  }
}

const rules::KnownHost& CaseSource::known_host(const model::Document& provider, Date as_of) {
  const std::lock_guard lock(mutex_);
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
