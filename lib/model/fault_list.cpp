// SPDX-License-Identifier: Apache-2.0
#include "model/fault_list.hpp"

#include "base/safe_text.hpp"
#include "base/time.hpp"
#include "json/pointer.hpp"
#include "model/country_code.hpp"

#include <fmt/format.h>

namespace octroi::model {
namespace {

using json::Value;

const std::set<std::string, std::less<>>& country_members() {
  static const std::set<std::string, std::less<>> names = {"country",
                                                           "countries",
                                                           "registered_office",
                                                           "central_administration",
                                                           "principal_establishment",
                                                           "storage",
                                                           "processing",
                                                           "administration",
                                                           "support",
                                                           "backup",
                                                           "governing_law",
                                                           "regions"};
  return names;
}

/// Days of the form YYYY-MM-DD sort as texts; moments may have offsets.
bool is_after(const std::string& left, const std::string& right) {
  const std::optional<Instant> left_instant = parse_instant(left);
  const std::optional<Instant> right_instant = parse_instant(right);
  return left_instant && right_instant ? *left_instant > *right_instant : left > right;
}

}  // namespace

std::string text_or_empty(const Value& object, std::string_view name) {
  const Value* member = object.find(name);
  return member != nullptr && member->is_string() ? member->as_string() : "";
}

const Value::Array& items_or_none(const Value& object, std::string_view name) {
  static const Value::Array none;
  const Value* member = object.find(name);
  return member != nullptr && member->is_array() ? member->as_array() : none;
}

void FaultList::add(std::string pointer, std::string found, std::string expected) {
  faults_.push_back({std::move(pointer), std::move(found), std::move(expected)});
}

void FaultList::require_order(const Value& object, const std::string& pointer,
                              std::string_view first, std::string_view last) {
  const std::string begin = text_or_empty(object, first);
  const std::string end = text_or_empty(object, last);
  if (begin.empty() || end.empty() || !is_after(begin, end)) return;
  add(json::pointer_to(pointer, last), in_quotes(end),
      fmt::format("nothing before {} ({})", printable(begin), first));
}

void FaultList::require_order_in(const Value& owner, std::string_view list, std::string_view first,
                                 std::string_view last) {
  std::size_t index = 0;
  for (const Value& item : items_or_none(owner, list)) {
    require_order(item, fmt::format("/{}/{}", list, index++), first, last);
  }
}

void FaultList::require_unique(const Value::Array& list, std::string_view pointer,
                               std::string_view member) {
  std::set<std::string> seen;
  std::size_t index = 0;
  for (const Value& item : list) {
    const std::string text = text_or_empty(item, member);
    if (!text.empty() && !seen.insert(text).second) {
      add(fmt::format("{}/{}/{}", pointer, index, member), in_quotes(text),
          "one that is not given twice");
    }
    ++index;
  }
}

void FaultList::require_among(const std::set<std::string>& known, const std::string& text,
                              std::string pointer, std::string_view what) {
  if (text.empty() || known.contains(text)) return;
  const std::string_view near = nearest(text, known);
  const std::string hint = near.empty() ? "" : fmt::format(" (did you mean {}?)", in_quotes(near));
  add(std::move(pointer), in_quotes(text), fmt::format("{}{}", what, hint));
}

void FaultList::require_countries(const Value& value) {
  std::string pointer;
  require_countries(value, pointer, false);
}

// One text for all pointers, a step longer on the way in: nearly none of them is ever needed.
void FaultList::require_countries(const Value& value, std::string& pointer, bool is_country) {
  const std::size_t length = pointer.size();
  if (value.is_object()) {
    for (const auto& [member, inner] : value.as_object()) {
      pointer += json::pointer_to("", member);
      require_countries(inner, pointer, country_members().contains(member));
      pointer.resize(length);
    }
  } else if (value.is_array()) {
    std::size_t index = 0;
    for (const Value& item : value.as_array()) {
      pointer.append("/").append(std::to_string(index++));
      require_countries(item, pointer, is_country);
      pointer.resize(length);
    }
  } else if (is_country && value.is_string() && !iso_country_code(value.as_string())) {
    add(pointer, in_quotes(value.as_string()), "a country code of ISO 3166-1, such as \"FR\"");
  }
}

}  // namespace octroi::model
