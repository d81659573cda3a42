// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "json/schema.hpp"
#include "json/schema_node.hpp"

namespace octroi::json::draft7 {

/// A value of the document and how one gets there. Lives on the stack of the check.
struct Place {
  const Value& value;
  const Place* parent = nullptr;      ///< nullptr for the document itself
  std::size_t ordinal = 0;            ///< which item or member of the parent it is
  const std::string* name = nullptr;  ///< of a member; an item has none
};

/// What sort of thing is wrong: it decides which alternative of anyOf was meant.
enum class Cause {
  kind,      ///< a value of another type altogether
  constant,  ///< of the right type, but not the one value asked for
  other,
};

/// A fault, with what is needed to sort it and to choose between alternatives.
struct Mismatch {
  std::vector<std::size_t> path;  ///< ordinals from the document to the place
  Cause cause;
  Fault fault;
};

using Mismatches = std::vector<Mismatch>;

/// Appends what is wrong with the value, in no order.
void check(const Node& node, const Place& place, Mismatches& out);

void check_number(const Node& node, const Place& place, Mismatches& out);
void check_text(const Node& node, const Place& place, Mismatches& out);
void check_items(const Node& node, const Place& place, Mismatches& out);
void check_members(const Node& node, const Place& place, Mismatches& out);
/// allOf, anyOf, oneOf, not, if.
void check_combinations(const Node& node, const Place& place, Mismatches& out);

/// True only for what check() finds a fault in: a wrong type, constant or choice, or a member that
/// is not there, here or in a member. False says nothing. Puts nothing into words.
[[nodiscard]] bool is_refused_at_a_glance(const Node& node, const Place& place);

[[nodiscard]] bool accepts(const Node& node, const Place& place);

[[nodiscard]] std::vector<std::size_t> path_of(const Place& place);

/// Appends: `place` holds something other than `expected`.
void add(Mismatches& out, const Place& place, std::string expected, Cause cause = Cause::other);

/// Appends a fault of something that is not there.
void add_missing(Mismatches& out, const Place& place, std::string expected);

}  // namespace octroi::json::draft7
