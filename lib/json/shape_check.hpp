// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "json/shape.hpp"

namespace octroi::json {

/// Whether a text matches a pattern of the shape.
[[nodiscard]] bool shape_matches(const Shape& shape, const ShapePattern& pattern,
                                 std::string_view text);

/// Whether all items or members are such, asked in their order until one is not.
template <typename IsSuch>
bool all_parts(const TapeValue& container, const IsSuch& is_such) {
  for (const TapeValue part : container) {
    if (!is_such(part)) return false;
  }
  return true;
}

/// Whether each of these strings is there once.
template <typename Part>
bool are_distinct(const Part& strings) {
  std::vector<std::string_view> texts;
  texts.reserve(strings.size());
  static_cast<void>(all_parts(strings, [&texts](const Part& one) {
    texts.push_back(one.as_string());
    return true;
  }));
  std::sort(texts.begin(), texts.end());
  return std::adjacent_find(texts.begin(), texts.end()) == texts.end();
}

/// Looks at a value of any form under a shape. `Part` is a value: it has kind(), name() where it is
/// a member, as_integer(), as_string(), size(), find(name) as an optional part, and all_parts(part,
/// is_such), which asks items or members in their order until one is not such.
template <typename Part>
class ShapeCheck {
 public:
  explicit ShapeCheck(const Shape& shape) : shape_(shape) {}

  [[nodiscard]] bool accepts(const ShapeNode& node, const Part& value) const {
    return accepts_alone(node, value) && accepts_clauses(node, value);
  }

 private:
  [[nodiscard]] static bool is_in(const ShapeRange& range, std::int64_t number) {
    return range.min <= number && number <= range.max;
  }
  [[nodiscard]] static std::int64_t count_of(std::size_t count) {
    return static_cast<std::int64_t>(count);
  }

  [[nodiscard]] const ShapeNode& node_at(std::uint16_t index) const { return shape_.nodes[index]; }
  [[nodiscard]] std::string_view text_at(const ShapeText& place) const {
    return {shape_.texts + place.begin, place.bytes};
  }

  [[nodiscard]] bool accepts_at(std::uint16_t index, const Part& value) const {
    return index == ShapeNode::k_none || accepts(node_at(index), value);
  }

  [[nodiscard]] bool accepts_clauses(const ShapeNode& node, const Part& value) const {
    const std::span clauses(shape_.clauses + node.clause, node.clauses);
    return std::all_of(clauses.begin(), clauses.end(), [&](const ShapeClause& one) {
      return accepts_at(accepts_at(one.condition, value) ? one.consequence : one.alternative,
                        value);
    });
  }

  /// Its clauses left aside.
  [[nodiscard]] bool accepts_alone(const ShapeNode& node, const Part& value) const {
    const Kind kind = value.kind();
    if ((node.kinds >> static_cast<unsigned>(kind) & 1U) == 0) return false;
    switch (kind) {
      case Kind::null:
      case Kind::boolean:
      case Kind::number:
        return true;
      case Kind::integer:
        return is_in(node.integer, value.as_integer());
      case Kind::string:
        return accepts_text(node, value.as_string());
      case Kind::array:
        return accepts_items(node, value);
      case Kind::object:
        return accepts_members(node, value);
    }
    return false;
  }

  [[nodiscard]] bool accepts_text(const ShapeNode& node, std::string_view text) const {
    if (node.choices > 0) {
      const std::span all(shape_.choices + node.choice, node.choices);
      const auto is_it = [&](const ShapeText& one) { return text_at(one) == text; };
      if (std::none_of(all.begin(), all.end(), is_it)) return false;
    }
    // In code points, of one to four bytes each: nearly always it is enough to know how many bytes.
    const std::int64_t bytes = count_of(text.size());
    if ((bytes + 3) / 4 < node.characters.min || node.characters.max < bytes) {
      // Continuation bytes of UTF-8 do not count.
      const auto characters = std::count_if(text.begin(), text.end(), [](char byte) {
        return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
      });
      if (!is_in(node.characters, characters)) return false;
    }
    if (node.pattern != ShapeNode::k_none &&
        !shape_matches(shape_, shape_.patterns[node.pattern], text)) {
      return false;
    }
    switch (node.format) {
      case ShapeFormat::none:
        return true;
      case ShapeFormat::date:
        return parse_date(text).has_value();
      case ShapeFormat::date_time:
        return parse_instant(text).has_value();
    }
    return false;
  }

  [[nodiscard]] bool accepts_items(const ShapeNode& node, const Part& array) const {
    if (!is_in(node.item_count, count_of(array.size()))) return false;
    const bool is_any = node.items == ShapeNode::k_none;
    if (!is_any &&
        !all_parts(array, [&](const Part& item) { return accepts(node_at(node.items), item); })) {
      return false;
    }
    return !node.is_set || array.size() < 2 || are_distinct(array);
  }

  [[nodiscard]] bool accepts_name(const ShapeNode& node, std::string_view name) const {
    const bool may_be_text = (node.kinds >> static_cast<unsigned>(Kind::string) & 1U) != 0;
    return may_be_text && accepts_text(node, name);
  }

  /// Where the member is named, or how many are. Most texts have them in the order of the shape.
  [[nodiscard]] std::size_t find_from(std::size_t next, std::span<const ShapeMember> named,
                                      std::string_view name) const {
    for (std::size_t at = next; at < named.size(); ++at) {
      if (text_at(named[at].name) == name) return at;
    }
    for (std::size_t at = 0; at < std::min(next, named.size()); ++at) {
      if (text_at(named[at].name) == name) return at;
    }
    return named.size();
  }

  /// Nothing of a member that is not named, and nothing of names.
  [[nodiscard]] static bool asks_only_named(const ShapeNode& node) {
    return !node.is_closed && node.names == ShapeNode::k_none && node.others == ShapeNode::k_none;
  }

  [[nodiscard]] bool accepts_members(const ShapeNode& node, const Part& object) const {
    if (!is_in(node.member_count, count_of(object.size()))) return false;
    const std::span named(shape_.members + node.member, node.members);
    if (named.size() == 1 && asks_only_named(node)) {  // as the conditions of most clauses do
      const std::optional<Part> member = object.find(text_at(named.front().name));
      return member ? accepts_at(named.front().node, *member) : node.required == 0;
    }
    std::size_t required = 0;
    std::size_t next = 0;
    const auto is_accepted = [&](const Part& member) {
      if (node.names != ShapeNode::k_none && !accepts_name(node_at(node.names), member.name())) {
        return false;
      }
      const std::size_t at = find_from(next, named, member.name());
      if (at == named.size()) return !node.is_closed && accepts_at(node.others, member);
      required += named[at].is_required ? 1U : 0U;
      next = at + 1;
      return accepts_at(named[at].node, member);
    };
    return all_parts(object, is_accepted) && required == node.required;
  }

  const Shape& shape_;
};

}  // namespace octroi::json
