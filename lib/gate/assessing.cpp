// SPDX-License-Identifier: Apache-2.0
#include "gate/assessing.hpp"

#include <algorithm>

#include "gate/acting.hpp"
#include "gate/case_documents.hpp"
#include "gate/catalogue.hpp"
#include "gate/recording.hpp"

namespace octroi::gate {
namespace {

using json::Value;
using model::Document;
using registry::Transaction;

/// The providers that were given, and those of the registry with other ids.
std::vector<Document> known_providers(Database* database, const GivenDocuments& given) {
  std::vector<Document> providers = given.providers;
  if (database == nullptr) return providers;
  for (const CatalogueRow& row : list_providers(*database)) {
    const bool is_given =
        std::any_of(given.providers.begin(), given.providers.end(),
                    [&row](const Document& one) { return one.value.text("id") == row.id; });
    if (!is_given && !row.is_erased) providers.push_back(show_provider(*database, row.id));
  }
  return providers;
}

rules::WhatIf look_for_change(Database* database, const GivenDocuments& given,
                              const rules::Case& documents, Date as_of,
                              const std::vector<rules::CompiledRulebook>& rulebooks) {
  const std::vector<Document> providers = known_providers(database, given);
  std::vector<const Document*> borrowed;
  for (const Document& one : providers) borrowed.push_back(&one);
  return rules::what_if(documents, borrowed, as_of, rulebooks);
}

}  // namespace

CheckResult check(Database* database, const CheckInput& input, Date as_of) {
  CaseSource source(database, input.given);
  const rules::Case documents = source.case_of(input.request);
  const rules::Facts facts = source.facts_of(documents, as_of);
  rules::Assessment assessment =
      rules::assess(documents, facts, rulebooks_for(database, input.given.rulebooks, as_of));
  return {facts.whole(), std::move(assessment)};
}

Value facts(Database* database, const CheckInput& input, Date as_of) {
  CaseSource source(database, input.given);
  return source.facts_of(source.case_of(input.request), as_of).whole();
}

Explained explain(Database* database, const CheckInput& input, Date as_of,
                  const ExplainWishes& wishes) {
  CaseSource source(database, input.given);
  const rules::Case documents = source.case_of(input.request);
  const auto rulebooks = rulebooks_for(database, input.given.rulebooks, as_of);
  const rules::Facts facts = source.facts_of(documents, as_of);
  const rules::Assessment assessment = rules::assess(documents, facts, rulebooks);
  Explained result{rules::explain(documents, facts, rulebooks, assessment, wishes.is_for_all), {}};
  if (wishes.has_what_if) {
    result.what_if = look_for_change(database, input.given, documents, as_of, rulebooks);
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
