// SPDX-License-Identifier: Apache-2.0
#include "json/compare.hpp"

#include <algorithm>

namespace octroi::json {
namespace {

bool is_number(const Value& value) {
  return value.kind() == Kind::integer || value.kind() == Kind::number;
}

std::weak_ordering compare_mixed(std::int64_t integer, double number) {
  constexpr double k_integers_end = 9223372036854775808.0;  // 2^63
  if (number >= k_integers_end) return std::weak_ordering::less;
  if (number < -k_integers_end) return std::weak_ordering::greater;
  const auto whole = static_cast<std::int64_t>(number);
  if (integer != whole) return integer <=> whole;
  return std::weak_order(0.0, number - static_cast<double>(whole));  // exact: only the fraction
}

std::weak_ordering compare_numbers(const Value& left, const Value& right) {
  if (left.is_integer() && right.is_integer()) return left.as_integer() <=> right.as_integer();
  if (left.is_integer()) return compare_mixed(left.as_integer(), right.as_number());
  if (right.is_integer()) return 0 <=> compare_mixed(right.as_integer(), left.as_number());
  return std::weak_order(left.as_number(), right.as_number());
}

std::weak_ordering compare_members(const Value::Object& left, const Value::Object& right) {
  return std::lexicographical_compare_three_way(
      left.begin(), left.end(), right.begin(), right.end(),
      [](const auto& one, const auto& other) -> std::weak_ordering {
        if (const auto names = one.first <=> other.first; names != 0) return names;
        return compare(one.second, other.second);
      });
}

std::weak_ordering compare_items(const Value::Array& left, const Value::Array& right) {
  return std::lexicographical_compare_three_way(left.begin(), left.end(), right.begin(),
                                                right.end(), compare);
}

}  // namespace

std::weak_ordering compare(const Value& left, const Value& right) {
  if (is_number(left) && is_number(right)) return compare_numbers(left, right);
  if (left.kind() != right.kind()) return left.kind() <=> right.kind();
  switch (left.kind()) {
    case Kind::boolean:
      return left.as_boolean() <=> right.as_boolean();
    case Kind::string:
      return left.as_string() <=> right.as_string();
    case Kind::array:
      return compare_items(left.as_array(), right.as_array());
    case Kind::object:
      return compare_members(left.as_object(), right.as_object());
    case Kind::null:
    case Kind::integer:
    case Kind::number:
      break;  // numbers: above
  }
  return std::weak_ordering::equivalent;
}

}  // namespace octroi::json
