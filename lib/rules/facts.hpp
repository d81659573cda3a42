// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "cel/view.hpp"
#include "json/tape.hpp"
#include "json/value.hpp"
#include "law/jurisdiction.hpp"
#include "model/document.hpp"

namespace octroi::rules {

/// The documents of one request: borrowed, they must outlive what is called with them.
struct Case {
  const model::Document& request;
  std::vector<const model::Document*> datasets;  ///< in any order; those the request does not name
                                                 ///< are left out
  const model::Document& provider;
  std::vector<const model::Document*> hierarchies = {};  ///< in any order, one of a coding system
};

/// What the facts of one request are computed from, laid out: borrowed too, while they are. What
/// the tapes borrow from must outlive the facts.
struct LaidCase {
  json::TapeValue request;
  std::vector<json::TapeValue> datasets;
  json::TapeValue provider;
  const std::vector<const model::Document*>& hierarchies;
};

/// `host` of the facts, and what `exclusively_eu_law` among them rests on. Borrows nothing.
struct HostFacts {
  HostFacts(json::Value facts, law::JurisdictionAnswer answer);
  HostFacts(const HostFacts&) = delete;  // the view is one of the value
  HostFacts& operator=(const HostFacts&) = delete;

  json::Value value;
  law::JurisdictionAnswer exclusively_eu_law;
  cel::ViewRoom room;
  cel::View view;
  std::vector<cel::View> slots;  ///< those that have numbers, in their order (see FactViews)
};

/// Everything the rules may look at, as plain JSON under schemas/facts.schema.json:
///
///     { "as_of": "2021-02-19", "request": {…}, "host": {…}, "datasets": [ {…}, … ] }
///
/// A rule about one dataset sees that member of `datasets` under the name `dataset`. A fact that is
/// not known is absent, so that a rule that needs it cannot be evaluated and names it.
/// `datasets` is sorted by id: the order in which a request names them means nothing.
///
/// Those of the host are the same for many requests, so they stand apart and are shared. The others
/// are laid out as views for conditions, which most requests need alone; they are made JSON when
/// that is first asked for. One thread uses them at a time.
class Facts {
 public:
  /// Facts that were gathered in a room: all but `host`. Texts are borrowed from the documents.
  Facts(std::unique_ptr<cel::ViewRoom> room, cel::View gathered,
        std::shared_ptr<const HostFacts> host_facts, Date day);
  /// Facts as they stand in JSON, without more than that of a host. Borrows nothing.
  explicit Facts(json::Value stated, Date day = {});
  /// The same with the host apart: `answer` is what `host.exclusively_eu_law` rests on.
  [[nodiscard]] static Facts of(json::Value whole, law::JurisdictionAnswer answer, Date as_of);
  /// The same facts without anything borrowed.
  [[nodiscard]] Facts kept() const;

  /// The facts under a name that rules know ("request", "host", …), or nullptr.
  [[nodiscard]] const cel::View* view(std::string_view name) const;
  /// The dataset uses, each an object with its "id".
  [[nodiscard]] std::span<const cel::View> dataset_views() const;

  /// In JSON, the facts under a name, or nullptr; the dataset uses; all but `host`; all of them.
  [[nodiscard]] const json::Value* find(std::string_view name) const;
  [[nodiscard]] const json::Value::Array& datasets() const;
  [[nodiscard]] const json::Value& value() const;
  [[nodiscard]] json::Value whole() const;

  std::shared_ptr<const HostFacts> host;
  Date as_of;

 private:
  std::unique_ptr<cel::ViewRoom> room_;
  mutable std::unique_ptr<const json::Value> value_;
  cel::View gathered_;
};

/// What a day makes of a provider, whoever asks for it; it takes most of the time that facts take.
/// Can be asked by several threads at once.
class KnownHost {
 public:
  /// Throws Error(bad_input) as law::exclusively_eu_law does.
  KnownHost(const model::Document& provider, Date as_of);

  /// The facts of the host for whoever uses this service of it, which its certificates depend on.
  [[nodiscard]] std::shared_ptr<const HostFacts> of_service(const std::string& service) const;

 private:
  json::Value of_any_service_;
  json::Value certificates_;  ///< an object with them, if any are declared
  law::JurisdictionAnswer exclusively_eu_law_;
  Date as_of_;
  mutable std::mutex mutex_;  ///< of what was asked for
  mutable std::map<std::string, std::shared_ptr<const HostFacts>> by_service_;
};

/// Computes the facts of a case as of a day; they borrow from its documents.
/// Throws Error(bad_input) when the request names a dataset that is not among the documents, or
/// names one twice, or when its environment names another provider.
[[nodiscard]] Facts compute_facts(const Case& documents, Date as_of);

/// The same for whoever computes the facts of many requests to one provider: `host` is the case's
/// provider on that day.
[[nodiscard]] Facts compute_facts(const Case& documents, const KnownHost& host, Date as_of);
[[nodiscard]] Facts compute_facts(const LaidCase& documents, const KnownHost& host, Date as_of);

/// Facts that somebody states as such, to try rules on. Throws Error(bad_input) naming `source`
/// with everything that does not fit their schema.
[[nodiscard]] Facts stated_facts(json::Value value, std::string_view source);

/// True when the fact at a dotted path is the one at `outer`, or lies in it.
[[nodiscard]] bool is_within(std::string_view path, std::string_view outer);

/// The value at a dotted path ("host.exclusively_eu_law", "dataset.extent"), or nullptr when that
/// fact is absent. `dataset` is what the path's first name "dataset" stands for; may be nullptr.
[[nodiscard]] const json::Value* find_fact(const Facts& facts, const json::Value* dataset,
                                           std::string_view path);
/// The same where it is laid out.
[[nodiscard]] const cel::View* find_view(const Facts& facts, const cel::View* dataset,
                                         std::string_view path);
/// The member of an object, or nullptr where it has none of that name, or is none.
[[nodiscard]] const cel::View* find_member(cel::View object, std::string_view name);

}  // namespace octroi::rules
