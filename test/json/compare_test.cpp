// SPDX-License-Identifier: Apache-2.0
#include "json/compare.hpp"

#include <cstdint>
#include <limits>
#include <vector>

#include "catch.hpp"

namespace octroi::json {
namespace {

/// -1, 0 or 1, which the test framework can show.
int order(const Value& left, const Value& right) {
  const std::weak_ordering ordering = compare(left, right);
  return ordering < 0 ? -1 : ordering > 0 ? 1 : 0;
}

}  // namespace

TEST_CASE("numbers compare by what they say") {
  CHECK(order(1, 1.0) == 0);
  CHECK(order(0.0, -0.0) == 0);
  CHECK(order(-1, -0.5) == -1);
  CHECK(order(-1, -1.5) == 1);
  CHECK(order(2, 1.5) == 1);
  CHECK(order(0.5, 0) == 1);
}

TEST_CASE("an integer compares exactly with a double that is not one of its neighbours") {
  constexpr std::int64_t k_max = std::numeric_limits<std::int64_t>::max();
  constexpr std::int64_t k_min = std::numeric_limits<std::int64_t>::min();
  CHECK(order(k_max, 9223372036854775808.0) == -1);
  CHECK(order(k_min, -9223372036854775808.0) == 0);
  CHECK(order(k_min + 1, -9223372036854775808.0) == 1);
  CHECK(order(std::int64_t{9007199254740993}, 9007199254740992.0) == 1);  // 2^53 + 1
  CHECK(order(k_min, -1e300) == 1);
  CHECK(order(1e300, k_max) == 1);
}

TEST_CASE("the order of values is total") {
  const std::vector<Value> ascending = {Value(),
                                        false,
                                        true,
                                        -1,
                                        "",
                                        "a",
                                        "ab",
                                        Value::Array{},
                                        Value::Array{1},
                                        Value::Array{1, 1},
                                        Value::Array{2},
                                        Value::Object{},
                                        object({{"a", 1}}),
                                        object({{"a", 1}, {"b", 0}}),
                                        object({{"a", 2}}),
                                        object({{"b", 1}})};
  for (std::size_t left = 0; left < ascending.size(); ++left) {
    for (std::size_t right = 0; right < ascending.size(); ++right) {
      INFO(left << " and " << right);
      CHECK(order(ascending[left], ascending[right]) == (left < right ? -1 : left > right ? 1 : 0));
    }
  }
}

}  // namespace octroi::json
