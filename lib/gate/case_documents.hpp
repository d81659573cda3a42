// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/time.hpp"
#include "gate/context.hpp"
#include "model/document.hpp"
#include "rules/compiled_rulebook.hpp"
#include "rules/facts.hpp"

namespace octroi::gate {

/// A request with the documents that it names.
struct CaseDocuments {
  model::Document request;
  std::vector<model::Document> datasets;
  model::Document provider;
  std::vector<model::Document> hierarchies;  ///< those that the datasets' terms need

  /// For the rules; valid as long as this.
  [[nodiscard]] rules::Case borrow() const;
};

/// The case of a request with the registry's latest datasets and provider. Throws Error(bad_input)
/// when one is unknown, or a dataset does not have a component that is asked for: all are named.
[[nodiscard]] CaseDocuments load_case(Database& database, model::Document request);

/// The coding systems of the diseases that the datasets' consent terms name, each once, sorted.
[[nodiscard]] std::vector<std::string> systems_named(const std::vector<model::Document>& datasets);
[[nodiscard]] std::vector<std::string> systems_named(
    const std::vector<const model::Document*>& datasets);

/// Throws Error(bad_input) when a dataset use asks for components its dataset does not have.
void require_components(const CaseDocuments& documents);

/// The registry's rulebooks in force on a day, compiled.
[[nodiscard]] std::vector<rules::CompiledRulebook> rulebooks_in_force(Database& database, Date day);

}  // namespace octroi::gate
