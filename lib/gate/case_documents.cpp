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

using json::Value;

std::set<std::string> component_codes(const Value& dataset) {
  std::set<std::string> codes;
  for (const Value& component : dataset.at("components").as_array()) {
    codes.insert(component.at("code").as_string());
  }
  return codes;
}

std::string unknown_components(const Value& use, const Value& dataset) {
  const std::set<std::string> known = component_codes(dataset);
  std::string faults;
  for (const std::string& code : json::to_strings(use.find("components"))) {
    if (known.contains(code)) continue;
    faults += fmt::format("{}request: dataset {} has no component {}; it has {}",
                          faults.empty() ? "" : "\n", dataset.at("id").as_string(), in_quotes(code),
                          fmt::join(known, ", "));
  }
  return faults;
}

}  // namespace

rules::Case CaseDocuments::borrow() const {
  rules::Case result{request, {}, provider, {}};
  for (const model::Document& dataset : datasets) result.datasets.push_back(&dataset);
  for (const model::Document& one : hierarchies) result.hierarchies.push_back(&one);
  return result;
}

std::vector<std::string> systems_named(const std::vector<model::Document>& datasets) {
  std::vector<const model::Document*> borrowed;
  for (const model::Document& dataset : datasets) borrowed.push_back(&dataset);
  return systems_named(borrowed);
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

void require_components(const CaseDocuments& documents) {
  std::string faults;
  for (const Value& use : documents.request.value.at("datasets").as_array()) {
    for (const model::Document& dataset : documents.datasets) {
      if (dataset.value.at("id") != use.at("dataset")) continue;
      const std::string more = unknown_components(use, dataset.value);
      if (!faults.empty() && !more.empty()) faults += "\n";
      faults += more;
    }
  }
  if (!faults.empty()) throw Error(ErrorCode::bad_input, faults);
}

CaseDocuments load_case(Database& database, model::Document request) {
  std::vector<model::Document> datasets;
  std::set<std::string> loaded;
  for (const Value& use : request.value.at("datasets").as_array()) {
    const std::string& id = use.at("dataset").as_string();
    if (loaded.insert(id).second) datasets.push_back(show_dataset(database, id));
  }
  model::Document provider =
      show_provider(database, request.value.at("environment").at("provider").as_string());
  CaseDocuments documents{std::move(request), std::move(datasets), std::move(provider), {}};
  for (const std::string& system : systems_named(documents.datasets)) {
    if (registry::find_hierarchy(database, system)) {
      documents.hierarchies.push_back(show_hierarchy(database, system));
    }
  }
  require_components(documents);
  return documents;
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

}  // namespace octroi::gate
