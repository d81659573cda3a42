// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "json/value.hpp"

namespace octroi::screen {

/// A value that was valid, with one thing done to it that its schema has to notice.
struct Corruption {
  std::string name;  ///< "/tokens/0/holder is dropped"
  json::Value value;
};

/// For every object of the value: each required member dropped, and a member too many where the
/// schema allows no others. `schema` is the schema document that the value is valid under.
[[nodiscard]] std::vector<Corruption> corruptions(const json::Value& schema,
                                                  const json::Value& value);

/// The JSON of an embedded schema; fails the test when there is none.
[[nodiscard]] json::Value schema_document(std::string_view name);

/// Fails the test unless the value is valid under the named schema, and each of its corruptions is
/// not. `count_min` of them must have been found.
void require_strict(std::string_view schema_name, const json::Value& value, std::size_t count_min);

}  // namespace octroi::screen
