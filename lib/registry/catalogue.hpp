// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "registry/database.hpp"
#include "registry/event.hpp"

/// The tables datasets, providers, hierarchies and rulebooks.
namespace octroi::registry {

/// A version of a dataset, provider or hierarchy.
struct Entry {
  std::string id;
  int version = 1;
  std::string holder;  ///< of a dataset; else ""
  Digest document;
  Instant added;
};

/// One adoption of a rulebook.
struct Adoption {
  std::int64_t seq = 0;
  std::string id;
  std::string sha256;
  Digest document;
  Date from;
  std::optional<Date> until;  ///< last day, inclusive
  Instant adopted;
};

void apply_dataset_added(const Event& event, Database& database);
void apply_provider_added(const Event& event, Database& database);
void apply_hierarchy_added(const Event& event, Database& database);
void apply_rulebook_adopted(const Event& event, Database& database);

/// The latest version of every dataset, provider, hierarchy; by id.
[[nodiscard]] std::vector<Entry> latest_datasets(Database& database);
[[nodiscard]] std::vector<Entry> latest_providers(Database& database);
[[nodiscard]] std::vector<Entry> latest_hierarchies(Database& database);

/// One version, or the latest.
[[nodiscard]] std::optional<Entry> find_dataset(Database& database, const std::string& id,
                                                std::optional<int> version = {});
[[nodiscard]] std::optional<Entry> find_provider(Database& database, const std::string& id,
                                                 std::optional<int> version = {});
[[nodiscard]] std::optional<Entry> find_hierarchy(Database& database, const std::string& id,
                                                  std::optional<int> version = {});

/// Every adoption, in the order of the log.
[[nodiscard]] std::vector<Adoption> all_adoptions(Database& database);

/// The adoptions that apply on a day, by id: of each rulebook the one adopted last among those that
/// have begun by then, unless it has ended. An adoption that ends does not bring back an earlier
/// one. With `before`, as the log stood before the event at that position.
[[nodiscard]] std::vector<Adoption> adoptions_in_force(Database& database, Date day,
                                                       std::optional<std::int64_t> before = {});

}  // namespace octroi::registry
