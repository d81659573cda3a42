// SPDX-License-Identifier: Apache-2.0
#include "rules/fact_parts.hpp"

#include <set>

namespace octroi::rules {

using json::Value;

Value pick(const Value& from, std::initializer_list<std::string_view> names) {
  Value result = Value::Object{};
  for (const std::string_view name : names) {
    if (const Value* member = from.find(name)) result.set(name, *member);
  }
  return result;
}

void pick_into(Value& facts, const Value& from, std::string_view name,
               std::initializer_list<std::string_view> members) {
  if (const Value* member = from.find(name)) facts.set(name, pick(*member, members));
}

void pick_each_into(Value& facts, const Value& from, std::string_view name,
                    std::initializer_list<std::string_view> members) {
  const Value* list = from.find(name);
  if (list == nullptr) return;
  Value result = Value::Array{};
  for (const Value& item : list->as_array()) result.push(pick(item, members));
  facts.set(name, std::move(result));
}

Value sorted_once(const std::vector<std::string>& texts) {
  const std::set<std::string> once(texts.begin(), texts.end());
  return json::strings({once.begin(), once.end()});
}

}  // namespace octroi::rules
