// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "cel/builtins.hpp"

namespace octroi::cel::builtins {
namespace {

bool is_number(TypeKind kind) {
  return kind == TypeKind::integer || kind == TypeKind::unsigned_integer ||
         kind == TypeKind::floating;
}

double as_double(const Value& number) {
  if (number.kind() == TypeKind::integer) return static_cast<double>(number.as_integer());
  if (number.kind() == TypeKind::unsigned_integer) return static_cast<double>(number.as_unsigned());
  return number.as_floating();
}

/// Two integers are compared exactly; against a double an integer counts as the double nearest to
/// it, as in the reference implementation.
std::partial_ordering order_numbers(const Value& left, const Value& right) {
  const bool is_exact = left.kind() != TypeKind::floating && right.kind() != TypeKind::floating;
  if (is_exact) return compare_keys(left, right);
  return as_double(left) <=> as_double(right);
}

bool are_equal_lists(const Value::List& left, const Value::List& right, Budget& budget) {
  if (left.size() != right.size()) return false;
  return std::equal(left.begin(), left.end(), right.begin(),
                    [&](const Value& a, const Value& b) { return are_equal(a, b, budget); });
}

bool are_equal_maps(const Value::Map& left, const Value::Map& right, Budget& budget) {
  if (left.type_name != right.type_name || left.entries.size() != right.entries.size()) {
    return false;
  }
  return std::equal(left.entries.begin(), left.entries.end(), right.entries.begin(),
                    [&](const Value::Entry& a, const Value::Entry& b) {
                      budget.spend(steps_for(a.first));
                      return compare_keys(a.first, b.first) == 0 &&
                             are_equal(a.second, b.second, budget);
                    });
}

Evaluated equal(Arguments arguments, Context& context) {
  return Value(are_equal(arguments[0], arguments[1], context.budget));
}

Evaluated not_equal(Arguments arguments, Context& context) {
  return Value(!are_equal(arguments[0], arguments[1], context.budget));
}

template <typename Holds>
Evaluated compare(std::string_view name, Arguments arguments, Context& context, Holds holds) {
  context.budget.spend(steps_for(arguments[0]));
  const std::optional<std::partial_ordering> ordering = order(arguments[0], arguments[1]);
  if (!ordering) return no_such_overload(name, arguments);
  return Value(holds(*ordering));
}

Evaluated less(Arguments arguments, Context& context) {
  return compare("_<_", arguments, context, [](auto ordering) { return ordering < 0; });
}

Evaluated less_or_equal(Arguments arguments, Context& context) {
  return compare("_<=_", arguments, context, [](auto ordering) { return ordering <= 0; });
}

Evaluated greater(Arguments arguments, Context& context) {
  return compare("_>_", arguments, context, [](auto ordering) { return ordering > 0; });
}

Evaluated greater_or_equal(Arguments arguments, Context& context) {
  return compare("_>=_", arguments, context, [](auto ordering) { return ordering >= 0; });
}

Evaluated logical_not(Arguments arguments, Context&) {
  if (arguments[0].kind() != TypeKind::boolean) return no_such_overload("!_", arguments);
  return Value(!arguments[0].as_boolean());
}

Function ordering(std::string name, Implementation call) {
  return global(std::move(name), call,
                {"bool, bool -> bool", "int, int -> bool", "uint, uint -> bool",
                 "double, double -> bool", "string, string -> bool", "bytes, bytes -> bool",
                 "timestamp, timestamp -> bool", "duration, duration -> bool"});
}

}  // namespace

bool are_equal(const Value& left, const Value& right, Budget& budget) {
  if (!budget.spend(1)) return false;
  const TypeKind kind = left.kind();
  if (is_number(kind) && is_number(right.kind())) return order_numbers(left, right) == 0;
  if (kind != right.kind()) return false;
  if (kind == TypeKind::null) return true;
  if (kind == TypeKind::list) return are_equal_lists(left.as_list(), right.as_list(), budget);
  if (left.is_map_or_object()) return are_equal_maps(left.as_map(), right.as_map(), budget);
  if (kind == TypeKind::type) return runtime_name(left.as_type()) == runtime_name(right.as_type());
  budget.spend(steps_for(left));
  const std::optional<std::partial_ordering> ordering = order(left, right);
  return ordering && *ordering == 0;
}

std::optional<std::partial_ordering> order(const Value& left, const Value& right) {
  const TypeKind kind = left.kind();
  if (is_number(kind) && is_number(right.kind())) return order_numbers(left, right);
  if (kind != right.kind()) return std::nullopt;
  if (kind == TypeKind::boolean) return left.as_boolean() <=> right.as_boolean();
  if (kind == TypeKind::string) return left.as_string() <=> right.as_string();
  if (kind == TypeKind::bytes) return left.as_bytes() <=> right.as_bytes();
  if (kind == TypeKind::timestamp) return left.as_timestamp() <=> right.as_timestamp();
  if (kind == TypeKind::duration) return left.as_duration() <=> right.as_duration();
  return std::nullopt;
}

void add_comparisons(Functions& functions) {
  functions.push_back(global("_==_", equal, {"A, A -> bool"}));
  functions.push_back(global("_!=_", not_equal, {"A, A -> bool"}));
  functions.push_back(ordering("_<_", less));
  functions.push_back(ordering("_<=_", less_or_equal));
  functions.push_back(ordering("_>_", greater));
  functions.push_back(ordering("_>=_", greater_or_equal));
  functions.push_back(global("!_", logical_not, {"bool -> bool"}));
}

}  // namespace octroi::cel::builtins
