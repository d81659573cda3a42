// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gate/context.hpp"
#include "json/value.hpp"
#include "model/document.hpp"
#include "registry/catalogue.hpp"

/// What requests are about and are checked against: datasets, providers, hierarchies, rulebooks.
namespace octroi::gate {

/// A version of a dataset, provider or hierarchy. A later version replaces an earlier one from then
/// on.
struct CatalogueRow {
  std::string id;
  int version = 1;
  std::string title;   ///< a dataset's English title, or else a name
  std::string holder;  ///< a dataset's holder id; else ""
  Instant added;
  std::string sha256;      ///< of the document's bytes
  bool is_erased = false;  ///< the document is gone for good, and with it title and digest
};
[[nodiscard]] json::Value to_json(const CatalogueRow& row);
[[nodiscard]] json::Value to_json(const std::vector<CatalogueRow>& rows);

/// Adds a dataset, provider, hierarchy: the first version of its id or the next (secretaries only).
/// `document` is of that kind. The very bytes that are in force already are Error(not_allowed).
[[nodiscard]] CatalogueRow add_dataset(Database& database, const Actor& actor,
                                       const model::Document& document, const Context& context);
[[nodiscard]] CatalogueRow add_provider(Database& database, const Actor& actor,
                                        const model::Document& document, const Context& context);
[[nodiscard]] CatalogueRow add_hierarchy(Database& database, const Actor& actor,
                                         const model::Document& document, const Context& context);

/// The latest version of each, by id.
[[nodiscard]] std::vector<CatalogueRow> list_datasets(Database& database);
[[nodiscard]] std::vector<CatalogueRow> list_providers(Database& database);
[[nodiscard]] std::vector<CatalogueRow> list_hierarchies(Database& database);

/// The document of the latest version, or of the stated one.
/// Throws Error(bad_input) when there is none, naming the nearest id.
[[nodiscard]] model::Document show_dataset(Database& database, const std::string& id,
                                           std::optional<int> version = {});
[[nodiscard]] model::Document show_provider(Database& database, const std::string& id,
                                            std::optional<int> version = {});
[[nodiscard]] model::Document show_hierarchy(Database& database, const std::string& id,
                                             std::optional<int> version = {});

/// Throws Error(damaged) unless the document names itself as its entry does.
void require_document_of(const registry::Entry& entry, const json::Value& document,
                         model::DocumentKind kind);

/// One adoption of a rulebook.
struct AdoptionRow {
  std::string id;
  std::string sha256;  ///< of the rulebook's bytes
  std::string title_en;
  std::string title_fr;
  Date from;                  ///< first day on which it applies
  std::optional<Date> until;  ///< last day
  Instant adopted;
  bool is_in_force = false;  ///< on the day asked for
  bool is_erased = false;    ///< the document is gone for good, and with it the titles
};
[[nodiscard]] json::Value to_json(const AdoptionRow& row);
[[nodiscard]] json::Value to_json(const std::vector<AdoptionRow>& rows);

/// Adopts a rulebook (secretaries only) from a day (default: today) until its own last day or an
/// earlier one. It is compiled first. From its first day on it replaces every earlier
/// adoption of its id.
[[nodiscard]] AdoptionRow adopt_rulebook(Database& database, const Actor& actor,
                                         const model::Document& document, std::optional<Date> from,
                                         std::optional<Date> until, const Context& context);

/// Every adoption in order; `as_of` says which are in force.
[[nodiscard]] std::vector<AdoptionRow> list_rulebooks(Database& database, Date as_of);

/// The rulebook of that id that was adopted last.
[[nodiscard]] model::Document show_rulebook(Database& database, const std::string& id);

}  // namespace octroi::gate
