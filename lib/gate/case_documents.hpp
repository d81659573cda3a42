// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "gate/context.hpp"
#include "gate/naming.hpp"
#include "json/tape.hpp"
#include "model/document.hpp"
#include "rules/compiled_rulebook.hpp"
#include "rules/facts.hpp"

namespace octroi::gate {

/// Documents that somebody gives beside a request; what is absent is taken from the registry.
struct GivenDocuments {
  std::vector<model::Document> datasets = {};
  std::vector<model::Document> rulebooks = {};  ///< none: those of the registry in force that day
  std::vector<model::Document> providers = {};  ///< further ones are those that what-if may choose
  std::vector<model::Document> hierarchies = {};  ///< one that is given stands for the registry's
};

/// The datasets, providers and hierarchies that requests name: those that were given, or else the
/// registry's latest, each read once and kept. Made for one state of the registry. Can be asked by
/// several threads at once; the registry is then asked by one of them at a time.
class CaseSource {
 public:
  /// `database` may be nullptr. It and `given` must outlive this.
  CaseSource(Database* database, const GivenDocuments& given);
  explicit CaseSource(Database& database);

  /// The case of a request; valid as long as it and this. Throws Error(bad_input) when a document
  /// is unknown, naming how to give it, or when a dataset does not have a component that is asked
  /// for: all are named.
  [[nodiscard]] rules::Case case_of(const model::Document& request);

  /// The facts of a case of this. What the law makes of a provider is computed once a day asked
  /// for.
  [[nodiscard]] rules::Facts facts_of(const rules::Case& documents, Date as_of);
  /// The same of a request that is laid out; they borrow from what it borrows from. Throws as both.
  [[nodiscard]] rules::Facts facts_of(json::TapeValue request, Date as_of);

 private:
  // The elements of both stay where they are.
  using Loaded = std::map<std::string, model::Document, std::less<>>;
  using Laid = std::map<const model::Document*, json::Tape>;

  /// The documents that a request names.
  struct Named {
    std::vector<const model::Document*> datasets;
    const model::Document& provider;
    std::vector<const model::Document*> hierarchies;
  };

  // Each of these is for who has the mutex.
  Named named_by(json::TapeValue request);
  const model::Document& dataset(std::string_view id);
  const model::Document& provider(std::string_view id);
  void add_hierarchies(Named& named);
  json::TapeValue laid(const model::Document& document);
  const rules::KnownHost& known_host(const model::Document& provider, Date as_of);

  Database* database_;
  const GivenDocuments& given_;
  std::mutex mutex_;  ///< of all below
  Loaded datasets_;
  Loaded providers_;
  Loaded hierarchies_;
  Laid laid_;
  Components components_;
  std::map<std::pair<Digest, Date>, rules::KnownHost> hosts_;
};

/// The coding systems of the diseases that the datasets' consent terms name, each once, sorted.
[[nodiscard]] std::vector<std::string> systems_named(
    const std::vector<const model::Document*>& datasets);

/// The registry's rulebooks in force on a day, compiled.
[[nodiscard]] std::vector<rules::CompiledRulebook> rulebooks_in_force(Database& database, Date day);

/// Those that are given, compiled, or else the registry's in force on that day. `database` may be
/// nullptr. Throws Error(bad_input) where there is neither.
[[nodiscard]] std::vector<rules::CompiledRulebook> rulebooks_for(
    Database* database, const std::vector<model::Document>& given, Date day);

}  // namespace octroi::gate
