// SPDX-License-Identifier: Apache-2.0
#include "json/schema_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/characters.hpp"
#include "base/time.hpp"
#include "json/compare.hpp"
#include "json/pointer.hpp"
#include "json/schema_words.hpp"

namespace octroi::json::draft7 {
namespace {

std::string pointer_of(const Place& place) {
  if (place.parent == nullptr) return "";
  return pointer_to(pointer_of(*place.parent),
                    place.name == nullptr ? std::to_string(place.ordinal) : *place.name);
}

bool is_of_kind(const Value& value, Kind kind) {
  return value.kind() == kind || (kind == Kind::number && value.is_integer());
}

bool is_of_kinds(const Value& value, const std::vector<Kind>& kinds) {
  return kinds.empty() || std::any_of(kinds.begin(), kinds.end(),
                                      [&value](Kind kind) { return is_of_kind(value, kind); });
}

/// Enum; const is an enum of one, but tells alternatives apart.
void check_choices(const std::vector<Value>& choices, Cause cause, const Place& place,
                   Mismatches& out) {
  const auto any_choice = [&choices](auto claim) {
    return std::any_of(choices.begin(), choices.end(), claim);
  };
  const Value& value = place.value;
  if (any_choice([&value](const Value& choice) { return compare(choice, value) == 0; })) return;
  std::string expected = choices_in_words(choices);
  if (out.size() < k_suggestions_max) expected += nearest_choice(choices, value);
  const bool is_kindred =
      any_choice([&value](const Value& choice) { return is_of_kind(value, choice.kind()); });
  add(out, place, std::move(expected), is_kindred ? cause : Cause::kind);
}

bool is_multiple(const Value& value, std::int64_t divisor) {
  if (value.is_integer()) return value.as_integer() % divisor == 0;
  return std::fmod(value.as_number(), static_cast<double>(divisor)) == 0;
}

bool has_format(std::string_view text, Format format) {
  switch (format) {
    case Format::date:
      return parse_date(text).has_value();
    case Format::date_time:
      return parse_instant(text).has_value();
  }
  return false;
}

void check_by_kind(const Node& node, const Place& place, Mismatches& out) {
  switch (place.value.kind()) {
    case Kind::null:
    case Kind::boolean:
      return;
    case Kind::integer:
    case Kind::number:
      return check_number(node, place, out);
    case Kind::string:
      return check_text(node, place, out);
    case Kind::array:
      return check_items(node, place, out);
    case Kind::object:
      return check_members(node, place, out);
  }
}

}  // namespace

std::vector<std::size_t> path_of(const Place& place) {
  std::vector<std::size_t> path;
  for (const Place* step = &place; step->parent != nullptr; step = step->parent) {
    path.push_back(step->ordinal);
  }
  std::reverse(path.begin(), path.end());
  return path;
}

void add(Mismatches& out, const Place& place, std::string expected, Cause cause) {
  out.push_back(
      {path_of(place), cause, {pointer_of(place), shown(place.value), std::move(expected)}});
}

void add_missing(Mismatches& out, const Place& place, std::string expected) {
  out.push_back(
      {path_of(place), Cause::other, {pointer_of(place), "nothing", std::move(expected)}});
}

bool is_refused_at_a_glance(const Node& node, const Place& place) {
  if (node.target != nullptr) return is_refused_at_a_glance(*node.target, place);
  const Value& value = place.value;
  if (!is_of_kinds(value, node.kinds)) return true;
  const auto is_none_of = [&value](const std::vector<Value>& choices) {
    return std::none_of(choices.begin(), choices.end(),
                        [&value](const Value& choice) { return compare(choice, value) == 0; });
  };
  if (node.constant && is_none_of(*node.constant)) return true;
  if (node.choices && is_none_of(*node.choices)) return true;
  if (!value.is_object()) return false;
  const auto is_absent = [&value](const std::string& name) { return value.find(name) == nullptr; };
  if (std::any_of(node.required.begin(), node.required.end(), is_absent)) return true;
  return std::any_of(node.properties.begin(), node.properties.end(), [&](const auto& property) {
    const Value* member = value.find(property.first);
    return member != nullptr && is_refused_at_a_glance(*property.second, {*member, &place});
  });
}

bool accepts(const Node& node, const Place& place) {
  if (is_refused_at_a_glance(node, place)) return false;
  Mismatches mismatches;
  check(node, place, mismatches);
  return mismatches.empty();
}

void check(const Node& node, const Place& place, Mismatches& out) {
  if (node.target != nullptr) return check(*node.target, place, out);
  if (node.refuses_all()) return add(out, place, "nothing", Cause::kind);
  if (!is_of_kinds(place.value, node.kinds)) {
    return add(out, place, kinds_in_words(node.kinds), Cause::kind);
  }
  if (node.constant) check_choices(*node.constant, Cause::constant, place, out);
  if (node.choices) check_choices(*node.choices, Cause::other, place, out);
  check_by_kind(node, place, out);
  check_combinations(node, place, out);
}

void check_number(const Node& node, const Place& place, Mismatches& out) {
  const Value& value = place.value;
  if (node.minimum && compare(value, *node.minimum) < 0) {
    add(out, place, "a number of at least " + shown(*node.minimum));
  }
  if (node.exclusive_minimum && compare(value, *node.exclusive_minimum) <= 0) {
    add(out, place, "a number above " + shown(*node.exclusive_minimum));
  }
  if (node.maximum && compare(value, *node.maximum) > 0) {
    add(out, place, "a number of at most " + shown(*node.maximum));
  }
  if (node.exclusive_maximum && compare(value, *node.exclusive_maximum) >= 0) {
    add(out, place, "a number below " + shown(*node.exclusive_maximum));
  }
  if (node.multiple_of && !is_multiple(value, *node.multiple_of)) {
    add(out, place, fmt::format("a multiple of {}", *node.multiple_of));
  }
}

void check_text(const Node& node, const Place& place, Mismatches& out) {
  const std::string& text = place.value.as_string();
  const std::size_t length = count_characters(text);
  if (length < node.characters.min) {
    add(out, place,
        node.characters.min == 1 ? "text that is not empty"
                                 : "text of " + at_least(node.characters.min, "character"));
  }
  if (length > node.characters.max) {
    add(out, place,
        fmt::format("text of {}, not {}", at_most(node.characters.max, "character"), length));
  }
  if (node.pattern && text.size() > Pattern::k_text_bytes_max) {
    add(out, place, "text of " + at_most(Pattern::k_text_bytes_max, "byte"));
  } else if (node.pattern && !node.pattern->matches(text)) {
    add(out, place, pattern_in_words(node));
  }
  if (node.format && !has_format(text, *node.format)) {
    add(out, place, std::string(format_in_words(*node.format)));
  }
}

}  // namespace octroi::json::draft7
