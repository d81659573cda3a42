// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "base/characters.hpp"
#include "base/limits.hpp"
#include "base/safe_text.hpp"
#include "cel/builtins.hpp"

namespace octroi::cel::builtins {
namespace {

Evaluated size(Arguments arguments, Context& context) {
  const Value& value = arguments[0];
  const TypeKind kind = value.kind();
  if (kind == TypeKind::string) {
    context.budget.spend(steps_for_bytes(value.as_string().size()));
    return Value(static_cast<std::int64_t>(count_characters(value.as_string())));
  }
  if (kind == TypeKind::bytes) return Value(static_cast<std::int64_t>(value.as_bytes().size()));
  if (kind == TypeKind::list) return Value(static_cast<std::int64_t>(value.as_list().size()));
  if (kind == TypeKind::map) return Value(static_cast<std::int64_t>(value.as_map().entries.size()));
  return no_such_overload("size", arguments);
}

Evaluated in(Arguments arguments, Context& context) {
  const Value& wanted = arguments[0];
  const Value& range = arguments[1];
  if (range.kind() == TypeKind::map) {
    context.budget.spend(steps_for(wanted));
    return Value(range.find(wanted) != nullptr);
  }
  if (range.kind() != TypeKind::list) return no_such_overload("@in", arguments);
  const Value::List& list = range.as_list();
  return Value(std::any_of(list.begin(), list.end(), [&](const Value& element) {
    return are_equal(wanted, element, context.budget);
  }));
}

/// The position that a number means; nothing for a fraction or what is no number.
std::optional<std::int64_t> position_of(const Value& index) {
  if (index.kind() == TypeKind::integer) return index.as_integer();
  if (index.kind() == TypeKind::unsigned_integer) {
    const std::uint64_t value = index.as_unsigned();
    return static_cast<std::int64_t>(std::min(value, std::uint64_t{1} << 62));
  }
  if (index.kind() != TypeKind::floating) return std::nullopt;
  const double value = index.as_floating();
  if (!(value >= 0 && value < 0x1p62)) return std::nullopt;
  const auto whole = static_cast<std::int64_t>(value);
  return static_cast<double>(whole) == value ? std::optional(whole) : std::nullopt;
}

std::string key_text(const Value& key) {
  if (key.kind() == TypeKind::string) return in_quotes(key.as_string());
  if (key.kind() == TypeKind::integer) return fmt::to_string(key.as_integer());
  if (key.kind() == TypeKind::unsigned_integer) return fmt::to_string(key.as_unsigned());
  return to_string(key.type());
}

Evaluated element_of(const Value::List& list, Arguments arguments) {
  const std::optional<std::int64_t> position = position_of(arguments[1]);
  if (!position && arguments[1].kind() == TypeKind::floating) {
    return failure("invalid argument: expected a whole number as the index of a list");
  }
  if (!position) return no_such_overload("_[_]", arguments);
  if (*position < 0 || static_cast<std::uint64_t>(*position) >= list.size()) {
    return failure(fmt::format("index out of range: {} in a list of {}", *position, list.size()));
  }
  return list[static_cast<std::size_t>(*position)];
}

Evaluated index(Arguments arguments, Context& context) {
  const Value& range = arguments[0];
  if (range.kind() == TypeKind::list) return element_of(range.as_list(), arguments);
  if (range.kind() != TypeKind::map) return no_such_overload("_[_]", arguments);
  context.budget.spend(steps_for(arguments[1]));
  if (const Value* found = range.find(arguments[1])) return *found;
  return failure(fmt::format("no such key: {}", key_text(arguments[1])));
}

/// Two texts, bytes or lists in one, for as many steps as `cost` says of its size.
template <typename Content, typename Cost>
Evaluated joined(const Content& left, const Content& right, Budget& budget, Cost cost) {
  const std::size_t size = left.size() + right.size();
  if (size > limits::k_expression_elements_max) {
    return failure(
        fmt::format("expected a list or text of at most {} elements, got {} "
                    "(expression elements limit)",
                    limits::k_expression_elements_max, size));
  }
  budget.spend(cost(size));
  Content result = left;
  result.insert(result.end(), right.begin(), right.end());
  return Value(std::move(result));
}

}  // namespace

std::optional<Evaluated> concatenate(const Value& left, const Value& right, Budget& budget) {
  if (left.kind() != right.kind()) return std::nullopt;
  if (left.kind() == TypeKind::string) {
    return joined(left.as_string(), right.as_string(), budget, steps_for_bytes);
  }
  if (left.kind() == TypeKind::bytes) {
    return joined(left.as_bytes(), right.as_bytes(), budget, steps_for_bytes);
  }
  if (left.kind() != TypeKind::list) return std::nullopt;
  return joined(left.as_list(), right.as_list(), budget, [](std::size_t size) { return size; });
}

void add_collections(Functions& functions) {
  const auto sizes = {std::string_view("string -> int"), std::string_view("bytes -> int"),
                      std::string_view("list(A) -> int"), std::string_view("map(A, B) -> int")};
  functions.push_back(global("size", size, sizes));
  functions.push_back(member("size", size, sizes));
  functions.push_back(global("@in", in, {"A, list(A) -> bool", "A, map(A, B) -> bool"}));
  functions.push_back(global("_[_]", index, {"list(A), int -> A", "map(A, B), A -> B"}));
}

}  // namespace octroi::cel::builtins
