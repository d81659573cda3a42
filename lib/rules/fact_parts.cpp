// SPDX-License-Identifier: Apache-2.0
#include "rules/fact_parts.hpp"

#include <algorithm>
#include <utility>

namespace octroi::rules {

using json::Value;

Value pick(const Value& from, std::initializer_list<std::string_view> names) {
  json::Object::Row members;
  members.reserve(names.size());
  pick_onto(members, from, names);
  return json::Object::of_distinct(std::move(members));
}

void pick_onto(json::Object::Row& members, const Value& from,
               std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    if (const Value* member = from.find(name)) members.emplace_back(name, *member);
  }
}

void pick_into(json::Object::Row& facts, const Value& from, std::string_view name,
               std::initializer_list<std::string_view> members) {
  if (const Value* member = from.find(name)) facts.emplace_back(name, pick(*member, members));
}

void pick_into(Value& facts, const Value& from, std::string_view name,
               std::initializer_list<std::string_view> members) {
  if (const Value* member = from.find(name)) facts.set(name, pick(*member, members));
}

void pick_each_into(json::Object::Row& facts, const Value& from, std::string_view name,
                    std::initializer_list<std::string_view> members) {
  const Value* list = from.find(name);
  if (list == nullptr) return;
  Value result = Value::Array{};
  for (const Value& item : list->as_array()) result.push(pick(item, members));
  facts.emplace_back(name, std::move(result));
}

Value sorted_once(std::vector<std::string> texts) {
  std::sort(texts.begin(), texts.end());
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
  Value::Array items;
  items.reserve(texts.size());
  for (std::string& text : texts) items.emplace_back(std::move(text));
  return items;
}

Value sorted_once(const Value* array) {
  if (array == nullptr) return Value::Array{};
  const Value::Array& items = array->as_array();
  const auto is_out_of_order = [](const Value& left, const Value& right) {
    return left.as_string() >= right.as_string();
  };
  const bool is_sorted_once =
      std::adjacent_find(items.begin(), items.end(), is_out_of_order) == items.end();
  return is_sorted_once ? *array : sorted_once(json::to_strings(array));
}

bool states(const Value& object, std::string_view name) {
  const Value* text = object.find(name);
  return text != nullptr && !text->as_string().empty();
}

}  // namespace octroi::rules
