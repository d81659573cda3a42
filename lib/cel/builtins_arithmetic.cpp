// SPDX-License-Identifier: Apache-2.0
#include <limits>
#include <type_traits>

#include "cel/builtins.hpp"

namespace octroi::cel::builtins {
namespace {

bool are(TypeKind kind, Arguments arguments) {
  return arguments.front().kind() == kind && arguments.back().kind() == kind;
}

template <typename Integer>
bool divides_badly(Integer left, Integer right) {
  if constexpr (std::is_signed_v<Integer>) {
    return left == std::numeric_limits<Integer>::min() && right == -1;
  }
  return false;
}

/// Arithmetic on two ints or two uints, whose overflow is an error.
template <typename Integer>
Evaluated calculate(char sign, Integer left, Integer right) {
  Integer result = 0;
  bool overflows = false;
  if (sign == '+') {
    overflows = __builtin_add_overflow(left, right, &result);
  } else if (sign == '-') {
    overflows = __builtin_sub_overflow(left, right, &result);
  } else if (sign == '*') {
    overflows = __builtin_mul_overflow(left, right, &result);
  } else if (right == 0) {
    return failure(sign == '/' ? "division by zero" : "modulus by zero");
  } else if (divides_badly(left, right)) {
    overflows = true;
  } else {
    result = sign == '/' ? left / right : left % right;
  }
  if (overflows) return failure("integer overflow");
  return Value(result);
}

std::optional<Evaluated> calculate(char sign, double left, double right) {
  if (sign == '+') return Value(left + right);
  if (sign == '-') return Value(left - right);
  if (sign == '*') return Value(left * right);
  if (sign == '/') return Value(left / right);
  return std::nullopt;
}

/// Nothing where the arguments are not two numbers of one type.
std::optional<Evaluated> calculate(char sign, Arguments arguments) {
  const Value& left = arguments[0];
  const Value& right = arguments[1];
  if (are(TypeKind::integer, arguments)) {
    return calculate(sign, left.as_integer(), right.as_integer());
  }
  if (are(TypeKind::unsigned_integer, arguments)) {
    return calculate(sign, left.as_unsigned(), right.as_unsigned());
  }
  if (!are(TypeKind::floating, arguments)) return std::nullopt;
  return calculate(sign, left.as_floating(), right.as_floating());
}

Evaluated add(Arguments arguments, Context& context) {
  if (auto result = calculate('+', arguments)) return *result;
  if (auto result = concatenate(arguments[0], arguments[1], context.budget)) return *result;
  if (auto result = add_times(arguments[0], arguments[1])) return *result;
  return no_such_overload("_+_", arguments);
}

Evaluated subtract(Arguments arguments, Context&) {
  if (auto result = calculate('-', arguments)) return *result;
  if (auto result = subtract_times(arguments[0], arguments[1])) return *result;
  return no_such_overload("_-_", arguments);
}

Evaluated multiply(Arguments arguments, Context&) {
  auto result = calculate('*', arguments);
  return result ? *result : no_such_overload("_*_", arguments);
}

Evaluated divide(Arguments arguments, Context&) {
  auto result = calculate('/', arguments);
  return result ? *result : no_such_overload("_/_", arguments);
}

Evaluated remainder(Arguments arguments, Context&) {
  auto result = calculate('%', arguments);
  return result ? *result : no_such_overload("_%_", arguments);
}

Evaluated negate(Arguments arguments, Context&) {
  const Value& value = arguments[0];
  if (value.kind() == TypeKind::integer) {
    return calculate('-', std::int64_t{0}, value.as_integer());
  }
  if (value.kind() == TypeKind::floating) return Value(-value.as_floating());
  return no_such_overload("-_", arguments);
}

}  // namespace

void add_arithmetic(Functions& functions) {
  functions.push_back(
      global("_+_", add,
             {"int, int -> int", "uint, uint -> uint", "double, double -> double",
              "string, string -> string", "bytes, bytes -> bytes", "list(A), list(A) -> list(A)",
              "timestamp, duration -> timestamp", "duration, timestamp -> timestamp",
              "duration, duration -> duration"}));
  functions.push_back(
      global("_-_", subtract,
             {"int, int -> int", "uint, uint -> uint", "double, double -> double",
              "timestamp, timestamp -> duration", "timestamp, duration -> timestamp",
              "duration, duration -> duration"}));
  functions.push_back(global(
      "_*_", multiply, {"int, int -> int", "uint, uint -> uint", "double, double -> double"}));
  functions.push_back(
      global("_/_", divide, {"int, int -> int", "uint, uint -> uint", "double, double -> double"}));
  functions.push_back(global("_%_", remainder, {"int, int -> int", "uint, uint -> uint"}));
  functions.push_back(global("-_", negate, {"int -> int", "double -> double"}));
}

}  // namespace octroi::cel::builtins
