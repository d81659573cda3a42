// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/safe_text.hpp"
#include "cel/builtins.hpp"
#include "cel/time.hpp"

namespace octroi::cel::builtins {
namespace {

template <typename Time>
Evaluated in_range(std::optional<Time> time) {
  if (!time) return failure("range error: expected a time in the range of its type");
  return Value(*time);
}

Evaluated to_timestamp(Arguments arguments, Context&) {
  const Value& value = arguments[0];
  if (value.kind() == TypeKind::timestamp) return value;
  if (value.kind() == TypeKind::integer) {
    const Timestamp result{value.as_integer(), 0};
    return in_range(is_in_range(result) ? std::optional(result) : std::nullopt);
  }
  if (value.kind() != TypeKind::string) return no_such_overload("timestamp", arguments);
  if (const auto result = parse_timestamp(value.as_string())) return Value(*result);
  return failure(
      fmt::format("range or format error: expected a time as in 2021-02-19T00:00:00Z, got {}",
                  in_quotes(value.as_string())));
}

Evaluated to_duration(Arguments arguments, Context&) {
  const Value& value = arguments[0];
  if (value.kind() == TypeKind::duration) return value;
  if (value.kind() != TypeKind::string) return no_such_overload("duration", arguments);
  if (const auto result = parse_duration(value.as_string())) return Value(*result);
  return failure(fmt::format("range or format error: expected a duration as in 1h30m, got {}",
                             in_quotes(value.as_string())));
}

bool are(TypeKind left_kind, TypeKind right_kind, const Value& left, const Value& right) {
  return left.kind() == left_kind && right.kind() == right_kind;
}

}  // namespace

std::optional<Evaluated> add_times(const Value& left, const Value& right) {
  if (are(TypeKind::timestamp, TypeKind::duration, left, right)) {
    return in_range(later(left.as_timestamp(), right.as_duration()));
  }
  if (are(TypeKind::duration, TypeKind::timestamp, left, right)) return add_times(right, left);
  if (are(TypeKind::duration, TypeKind::duration, left, right)) {
    return in_range(sum(left.as_duration(), right.as_duration()));
  }
  return std::nullopt;
}

std::optional<Evaluated> subtract_times(const Value& left, const Value& right) {
  if (are(TypeKind::timestamp, TypeKind::timestamp, left, right)) {
    return in_range(between(right.as_timestamp(), left.as_timestamp()));
  }
  if (are(TypeKind::duration, TypeKind::duration, left, right)) {
    return in_range(difference(left.as_duration(), right.as_duration()));
  }
  if (!are(TypeKind::timestamp, TypeKind::duration, left, right)) return std::nullopt;
  const std::optional<Duration> opposite = difference(Duration(0), right.as_duration());
  return in_range(opposite ? later(left.as_timestamp(), *opposite) : std::nullopt);
}

void add_time_conversions(Functions& functions) {
  functions.push_back(
      global("timestamp", to_timestamp,
             {"timestamp -> timestamp", "int -> timestamp", "string -> timestamp"}));
  functions.push_back(
      global("duration", to_duration, {"duration -> duration", "string -> duration"}));
}

}  // namespace octroi::cel::builtins
