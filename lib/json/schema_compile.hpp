// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "json/schema_node.hpp"

namespace octroi::json::draft7 {

/// Reads a schema document into nodes; the subset is stated in schema.cpp.
/// Throws Error(bad_input) that names `source` and the pointer of the keyword.
[[nodiscard]] Program compile(const Value& document, std::string_view source);

/// A `$ref` not yet followed.
struct Reference {
  Node* node;
  std::string pointer;  ///< of the keyword
  std::string text;
};

using NodesByPointer = std::map<std::string, const Node*, std::less<>>;

/// Throws Error(bad_input): "SOURCE: POINTER: WHY".
[[noreturn]] void refuse(std::string_view source, std::string_view pointer, std::string_view why);

/// Points each reference at its node. Throws Error(bad_input) where none stands there.
void resolve(const std::vector<Reference>& references, const NodesByPointer& nodes,
             std::string_view source);

/// Throws Error(bad_input) where a node leads back to itself without entering an item or member.
void refuse_cycles(const Program& program, std::string_view source);

}  // namespace octroi::json::draft7
