// SPDX-License-Identifier: Apache-2.0
#include "cel/function.hpp"

#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "cel/builtins.hpp"

namespace octroi::cel {
namespace {

Overload parse_overload(std::string_view text) {
  const std::size_t arrow = text.find(" -> ");
  Overload result{{}, parse_type(text.substr(arrow + 4))};
  const std::string_view rest = text.substr(0, arrow);
  for (std::size_t start = 0, depth = 0, i = 0; i <= rest.size(); ++i) {
    const char c = i < rest.size() ? rest[i] : ',';
    if (c == '(') ++depth;
    if (c == ')') --depth;
    if (c != ',' || depth > 0) continue;
    result.arguments.push_back(parse_type(rest.substr(start, i - start)));
    start = i + 2;
  }
  return result;
}

Function function(std::string name, bool is_member, Implementation call,
                  std::initializer_list<std::string_view> overloads) {
  Function result{std::move(name), is_member, call, {}};
  for (const std::string_view text : overloads) result.overloads.push_back(parse_overload(text));
  return result;
}

std::vector<Function> all_functions() {
  std::vector<Function> result;
  builtins::add_arithmetic(result);
  builtins::add_comparisons(result);
  builtins::add_collections(result);
  builtins::add_texts(result);
  builtins::add_patterns(result);
  builtins::add_conversions(result);
  builtins::add_time_conversions(result);
  builtins::add_time_parts(result);
  return result;
}

using Key = std::tuple<std::string, bool, std::size_t>;

const std::map<Key, Function>& table() {
  static const std::map<Key, Function> result = [] {
    std::map<Key, Function> by_key;
    for (Function& one : all_functions()) {
      Key key{one.name, one.is_member, one.arity()};
      by_key.emplace(std::move(key), std::move(one));
    }
    return by_key;
  }();
  return result;
}

bool is_operator(std::string_view name) {
  return name.find_first_of("_@") == 0 || name.ends_with('_');
}

}  // namespace

std::size_t steps_for(const Value& value) {
  if (value.kind() == TypeKind::string) return steps_for_bytes(value.as_string().size());
  if (value.kind() == TypeKind::bytes) return steps_for_bytes(value.as_bytes().size());
  return 1;
}

Function global(std::string name, Implementation call,
                std::initializer_list<std::string_view> overloads) {
  return function(std::move(name), false, call, overloads);
}

Function member(std::string name, Implementation call,
                std::initializer_list<std::string_view> overloads) {
  return function(std::move(name), true, call, overloads);
}

const Function* find_function(std::string_view name, bool is_member, std::size_t arity) {
  const auto found = table().find(Key{std::string(name), is_member, arity});
  return found == table().end() ? nullptr : &found->second;
}

std::vector<std::string_view> function_names(bool is_member) {
  std::vector<std::string_view> result;
  for (const auto& [key, one] : table()) {
    if (one.is_member == is_member && !is_operator(one.name)) result.push_back(one.name);
  }
  return result;
}

Evaluated no_such_overload(std::string_view function, Arguments arguments) {
  std::string types;
  for (const Value& argument : arguments) {
    types += (types.empty() ? "" : ", ") + to_string(argument.type());
  }
  return failure(fmt::format("no such overload: {}({})", function, types));
}

}  // namespace octroi::cel
