// SPDX-License-Identifier: Apache-2.0
#include "gate/assessing.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "gate/acting.hpp"
#include "gate/case_documents.hpp"
#include "gate/catalogue.hpp"
#include "gate/recording.hpp"
#include "json/write.hpp"
#include "registry/catalogue.hpp"
#include "registry/requests.hpp"

namespace octroi::gate {
namespace {

using json::Value;
using model::Document;
using registry::Transaction;

/// The document of that id among those that were given, or from the registry.
template <typename FromRegistry>
Document find_document(const std::vector<Document>& given, Database* database,
                       const std::string& id, std::string_view kind, FromRegistry from_registry) {
  for (const Document& document : given) {
    if (document.value.at("id").as_string() == id) return document;
  }
  if (database != nullptr) return from_registry(*database, id);
  throw Error(
      ErrorCode::bad_input,
      fmt::format("the request names the {} {}; give its file with --{} FILE, or a registry "
                  "that has it with --registry",
                  kind, id, kind));
}

/// The hierarchies that the datasets' terms need: those that were given, or the registry's.
std::vector<Document> needed_hierarchies(Database* database, const CheckInput& input,
                                         const std::vector<Document>& datasets) {
  std::vector<Document> needed;
  for (const std::string& system : systems_named(datasets)) {
    const std::size_t before = needed.size();
    for (const Document& one : input.hierarchies) {
      if (one.value.text("id") == system) needed.push_back(one);
    }
    if (needed.size() > before || database == nullptr) continue;
    if (registry::find_hierarchy(*database, system)) {
      needed.push_back(show_hierarchy(*database, system));
    }
  }
  return needed;
}

CaseDocuments gather(Database* database, const CheckInput& input) {
  const Value& request = input.request.value;
  std::vector<Document> datasets;
  for (const Value& use : request.at("datasets").as_array()) {
    datasets.push_back(find_document(
        input.datasets, database, use.at("dataset").as_string(), "dataset",
        [](Database& registry, const std::string& id) { return show_dataset(registry, id); }));
  }
  Document provider = find_document(
      input.providers, database, request.at("environment").at("provider").as_string(), "provider",
      [](Database& registry, const std::string& id) { return show_provider(registry, id); });
  std::vector<Document> hierarchies = needed_hierarchies(database, input, datasets);
  CaseDocuments documents{input.request, std::move(datasets), std::move(provider),
                          std::move(hierarchies)};
  require_components(documents);
  return documents;
}

std::vector<rules::CompiledRulebook> rulebooks_for(Database* database, const CheckInput& input,
                                                   Date as_of) {
  std::vector<rules::CompiledRulebook> rulebooks;
  for (const Document& document : input.rulebooks) {
    rulebooks.push_back(
        rules::CompiledRulebook::require(document, document.value.at("id").as_string()));
  }
  if (!rulebooks.empty()) return rulebooks;
  if (database == nullptr) {
    throw Error(ErrorCode::bad_input,
                "there is no rulebook to check against; give one with --rulebook FILE, or a "
                "registry that has adopted some with --registry");
  }
  return rulebooks_in_force(*database, as_of);
}

/// The providers that were given, and those of the registry with other ids.
std::vector<Document> known_providers(Database* database, const CheckInput& input) {
  std::vector<Document> providers = input.providers;
  if (database == nullptr) return providers;
  for (const CatalogueRow& row : list_providers(*database)) {
    const bool is_given =
        std::any_of(input.providers.begin(), input.providers.end(),
                    [&row](const Document& one) { return one.value.text("id") == row.id; });
    if (!is_given && !row.is_erased) providers.push_back(show_provider(*database, row.id));
  }
  return providers;
}

rules::WhatIf look_for_change(Database* database, const CheckInput& input,
                              const rules::Case& documents, Date as_of,
                              const std::vector<rules::CompiledRulebook>& rulebooks) {
  const std::vector<Document> providers = known_providers(database, input);
  std::vector<const Document*> borrowed;
  for (const Document& one : providers) borrowed.push_back(&one);
  return rules::what_if(documents, borrowed, as_of, rulebooks);
}

}  // namespace

CheckResult check(Database* database, const CheckInput& input, Date as_of) {
  const CaseDocuments documents = gather(database, input);
  const rules::Case borrowed = documents.borrow();
  rules::Facts facts = rules::compute_facts(borrowed, as_of);
  rules::Assessment assessment =
      rules::assess(borrowed, facts, rulebooks_for(database, input, as_of));
  return {std::move(facts.value), std::move(assessment)};
}

Value facts(Database* database, const CheckInput& input, Date as_of) {
  const CaseDocuments documents = gather(database, input);
  return rules::compute_facts(documents.borrow(), as_of).value;
}

Explained explain(Database* database, const CheckInput& input, Date as_of,
                  const ExplainWishes& wishes) {
  const CaseDocuments documents = gather(database, input);
  const rules::Case borrowed = documents.borrow();
  const auto rulebooks = rulebooks_for(database, input, as_of);
  const rules::Facts facts = rules::compute_facts(borrowed, as_of);
  const rules::Assessment assessment = rules::assess(borrowed, facts, rulebooks);
  Explained result{rules::explain(borrowed, facts, rulebooks, assessment, wishes.is_for_all), {}};
  if (wishes.has_what_if) {
    result.what_if = look_for_change(database, input, borrowed, as_of, rulebooks);
  }
  return result;
}

Value to_json(const Explained& explained) {
  Value result = rules::to_json(explained.explanation);
  if (explained.what_if) result.set("what_if", rules::to_json(*explained.what_if));
  return result;
}

RecordedAssessment assess(Database& database, const Actor& actor, const std::string& request,
                          const Context& context) {
  Transaction transaction(database, Transaction::Kind::write);
  RecordedAssessment assessment = record_assessment(database, actor, request, context);
  if (assessment.is_new) transaction.commit();
  return assessment;
}

}  // namespace octroi::gate
