// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "json/compare.hpp"
#include "json/schema_check.hpp"
#include "json/schema_words.hpp"

namespace octroi::json::draft7 {
namespace {

void check_count(const CountRange& range, std::size_t count, std::string_view unit,
                 const Place& place, Mismatches& out) {
  if (count < range.min) add(out, place, at_least(range.min, unit));
  if (count > range.max) add(out, place, at_most(range.max, unit));
}

/// Sorted instead of compared pair by pair: 10,000 items take milliseconds.
void check_set(const Place& place, Mismatches& out) {
  const Value::Array& items = place.value.as_array();
  std::vector<std::size_t> sorted(items.size());
  std::iota(sorted.begin(), sorted.end(), std::size_t{0});
  std::stable_sort(sorted.begin(), sorted.end(), [&items](std::size_t left, std::size_t right) {
    return compare(items[left], items[right]) < 0;
  });
  std::size_t first = 0;  // position in `sorted` of the earliest of equal items
  for (std::size_t at = 1; at < sorted.size(); ++at) {
    if (compare(items[sorted[first]], items[sorted[at]]) != 0) {
      first = at;
      continue;
    }
    add(out, {items[sorted[at]], &place, sorted[at]},
        fmt::format("each item once: it repeats item {}", sorted[first]));
  }
}

const Node* node_of_item(const Node& node, std::size_t ordinal) {
  if (!node.positions) return node.items;
  return ordinal < node.positions->size() ? (*node.positions)[ordinal] : node.additional_items;
}

void check_each_item(const Node& node, const Place& place, Mismatches& out) {
  std::size_t ordinal = 0;
  for (const Value& value : place.value.as_array()) {
    const Place item{value, &place, ordinal};
    const Node* wanted = node_of_item(node, ordinal++);
    if (wanted != nullptr) check(*wanted, item, out);
  }
}

void check_contains(const Node& contained, const Place& place, Mismatches& out) {
  std::size_t ordinal = 0;
  for (const Value& value : place.value.as_array()) {
    if (accepts(contained, {value, &place, ordinal++})) return;
  }
  add(out, place, "a list with at least one item that is " + in_words(contained));
}

void check_name(const Node& node, const Place& member, Mismatches& out) {
  const Value name(*member.name);
  const std::size_t before = out.size();
  check(node, {name, member.parent, member.ordinal, member.name}, out);
  for (std::size_t at = before; at < out.size(); ++at) {
    out[at].fault.expected.insert(0, "as the name of a member: ");
  }
}

std::string unknown_member(const Node& node, const Place& member, std::size_t faults) {
  if (faults >= k_suggestions_max) return "nothing: unknown member";
  std::vector<std::string_view> candidates;
  for (const auto& [name, schema] : node.properties) {
    if (member.parent->value.find(name) == nullptr) candidates.push_back(name);
  }
  return "nothing: unknown member" + did_you_mean(*member.name, candidates);
}

/// Whether a pattern speaks of the member; a name too long to be matched is a fault by itself.
bool check_pattern_properties(const Node& node, const Place& member, Mismatches& out) {
  if (node.pattern_properties.empty()) return false;
  if (member.name->size() > Pattern::k_text_bytes_max) {
    add(out, member, "a member name of " + at_most(Pattern::k_text_bytes_max, "byte"));
    return true;
  }
  bool is_known = false;
  for (const PatternMember& property : node.pattern_properties) {
    if (!property.pattern.matches(*member.name)) continue;
    is_known = true;
    check(*property.schema, member, out);
  }
  return is_known;
}

void check_member(const Node& node, const Place& member, Mismatches& out) {
  if (node.property_names != nullptr) check_name(*node.property_names, member, out);
  const auto property = node.properties.find(*member.name);
  if (property != node.properties.end()) check(*property->second, member, out);
  const bool is_matched = check_pattern_properties(node, member, out);
  const bool is_known = is_matched || property != node.properties.end();
  if (is_known || node.additional_properties == nullptr) return;
  if (node.additional_properties->refuses_all()) {
    add(out, member, unknown_member(node, member, out.size()));
  } else {
    check(*node.additional_properties, member, out);
  }
}

}  // namespace

void check_items(const Node& node, const Place& place, Mismatches& out) {
  check_count(node.item_count, place.value.as_array().size(), "item", place, out);
  if (node.is_set) check_set(place, out);
  if (node.contains != nullptr) check_contains(*node.contains, place, out);
  check_each_item(node, place, out);
}

void check_members(const Node& node, const Place& place, Mismatches& out) {
  const Value::Object& members = place.value.as_object();
  check_count(node.member_count, members.size(), "member", place, out);
  for (const std::string& name : node.required) {
    if (!members.contains(name)) add_missing(out, place, "the member " + octroi::in_quotes(name));
  }
  std::size_t ordinal = 0;
  for (const auto& [name, value] : members) {
    check_member(node, {value, &place, ordinal++, &name}, out);
  }
}

}  // namespace octroi::json::draft7
