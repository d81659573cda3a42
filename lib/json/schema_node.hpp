// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "json/pattern.hpp"
#include "json/value.hpp"

/// Inside the schema validator; the interface is json/schema.hpp.
namespace octroi::json::draft7 {

/// How many characters, items or members: both ends included.
struct CountRange {
  std::size_t min = 0;
  std::size_t max = std::numeric_limits<std::size_t>::max();
};

enum class Format { date, date_time };

struct Node;

struct PatternMember {
  Pattern pattern;
  const Node* schema;
};

/// One schema or subschema, ready to check values. A keyword that is absent leaves its member as
/// it is here, and then asks for nothing. Nodes point to each other; their Program owns them.
struct Node {
  std::string pointer;           ///< where it stands in the schema document
  std::string title;             ///< empty without one
  std::optional<Value> example;  ///< the first one
  std::optional<bool> verdict;   ///< of the schemas `true` and `false`
  const Node* target = nullptr;  ///< of $ref

  std::vector<Kind> kinds;  ///< of which the value must be one; empty: any. number: integer too
  std::optional<std::vector<Value>> choices;
  std::optional<std::vector<Value>> constant;  ///< one value

  std::optional<Value> minimum;
  std::optional<Value> maximum;
  std::optional<Value> exclusive_minimum;
  std::optional<Value> exclusive_maximum;
  std::optional<std::int64_t> multiple_of;

  CountRange characters;
  std::optional<Pattern> pattern;
  std::optional<Format> format;

  CountRange item_count;
  const Node* items = nullptr;                        ///< of every item
  std::optional<std::vector<const Node*>> positions;  ///< of the first items, one each
  const Node* additional_items = nullptr;             ///< of those after `positions`
  const Node* contains = nullptr;
  bool is_set = false;  ///< uniqueItems

  CountRange member_count;
  std::vector<std::string> required;
  std::map<std::string, const Node*, std::less<>> properties;
  std::vector<PatternMember> pattern_properties;
  const Node* additional_properties = nullptr;
  const Node* property_names = nullptr;

  std::vector<const Node*> all_of;
  std::vector<const Node*> any_of;
  std::vector<const Node*> one_of;
  const Node* excluded = nullptr;     ///< not
  const Node* condition = nullptr;    ///< if
  const Node* consequence = nullptr;  ///< then
  const Node* alternative = nullptr;  ///< else

  [[nodiscard]] bool refuses_all() const { return verdict == false; }
};

/// A compiled schema document. INVARIANT: no way round from a node to itself by keywords that
/// apply to the same value, so that checking ends.
struct Program {
  std::vector<std::unique_ptr<Node>> nodes;
  const Node* root = nullptr;
};

}  // namespace octroi::json::draft7
