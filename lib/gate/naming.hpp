// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>

#include "gate/context.hpp"
#include "json/tape.hpp"
#include "json/value.hpp"

namespace octroi::gate {

using ComponentCodes = std::set<std::string, std::less<>>;

/// The codes of the components that datasets have, by the datasets' ids.
using Components = std::map<std::string, ComponentCodes, std::less<>>;

/// The codes of the components that a dataset's document lists.
[[nodiscard]] ComponentCodes component_codes(const json::Value& dataset);

/// Throws Error(bad_input) when a request asks for components that a dataset of these does not
/// have: all are named.
void require_components(json::TapeValue request, const Components& known);

/// What requests may name: the datasets, with their components, and the providers that a registry
/// has, each looked up once. Made for one state of the registry.
class Naming {
 public:
  explicit Naming(Database& database) : database_(database) {}

  /// Throws Error(bad_input) where a request names what is unknown. Of the request it looks at the
  /// members that name: "datasets" and "environment".
  void require_known(const json::Value& request);

 private:
  void add_dataset(const std::string& id);
  void require_provider(const std::string& id);

  Database& database_;
  Components components_;  ///< of the datasets that were named
  std::set<std::string> providers_;
};

}  // namespace octroi::gate
