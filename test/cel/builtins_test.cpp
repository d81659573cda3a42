// SPDX-License-Identifier: Apache-2.0
#include "cel/builtins.hpp"

#include <limits>

#include "catch.hpp"
#include "cel/sample.hpp"

using namespace octroi;
using namespace octroi::cel;
using sample::value_of;

namespace {

struct Row {
  const char* source;
  const char* value;
};

template <std::size_t size>
void check_all(const Row (&rows)[size]) {
  for (const Row& row : rows) {
    INFO(row.source);
    CHECK(value_of(row.source) == row.value);
  }
}

__extension__ using Wide = __int128;

/// What an operator gives when it is computed in twice the width; nothing where there is nothing.
std::optional<Wide> naive(char sign, Wide left, Wide right) {
  if (sign == '+') return left + right;
  if (sign == '-') return left - right;
  constexpr Wide k_wide_max = static_cast<Wide>((static_cast<Wide>(1) << 126) - 1) * 2 + 1;
  if (sign == '*' && left > 0 && right > 0 && left > k_wide_max / right) return std::nullopt;
  if (sign == '*') return left * right;
  if (right == 0) return std::nullopt;
  return sign == '/' ? left / right : left % right;
}

template <typename Integer>
void check_one(char sign, Integer left, Integer right) {
  INFO(left << " " << sign << " " << right);
  Context context;
  const Function* function = find_function(std::string("_") + sign + "_", false, 2);
  REQUIRE(function != nullptr);
  const Value::List arguments = {Value(left), Value(right)};
  const Evaluated result = function->call(arguments, context);
  const std::optional<Wide> wide = naive(sign, left, right);
  const bool fits = wide && *wide >= std::numeric_limits<Integer>::min() &&
                    *wide <= std::numeric_limits<Integer>::max();
  REQUIRE(std::holds_alternative<Value>(result) == fits);
  if (!fits) return;
  const Value expected(static_cast<Integer>(*wide));
  CHECK(sample::shown(std::get<Value>(result)) == sample::shown(expected));
}

template <typename Integer>
void check_against_naive(const std::vector<Integer>& numbers) {
  for (const char sign : {'+', '-', '*', '/', '%'}) {
    for (const Integer left : numbers) {
      for (const Integer right : numbers) check_one(sign, left, right);
    }
  }
}

}  // namespace

TEST_CASE("integers are computed exactly or not at all") {
  using Signed = std::numeric_limits<std::int64_t>;
  using Unsigned = std::numeric_limits<std::uint64_t>;
  check_against_naive<std::int64_t>({0, 1, -1, 2, -2, 7, -7, 3'037'000'500, -3'037'000'500,
                                     Signed::max(), Signed::max() - 1, Signed::max() / 2,
                                     Signed::min() + 1, Signed::min() / 2});
  check_against_naive<std::uint64_t>(
      {0, 1, 2, 7, 4'294'967'296, Unsigned::max(), Unsigned::max() - 1, Unsigned::max() / 2});
  CHECK(value_of("-9223372036854775808 / -1") == "error: integer overflow");
  CHECK(value_of("-9223372036854775808 % -1") == "error: integer overflow");
  CHECK(value_of("-9223372036854775808 + 0") == "-9223372036854775808");
  CHECK(value_of("-(-9223372036854775808)") == "error: integer overflow");
}

TEST_CASE("equality holds across numeric types and nothing else") {
  const Row rows[] = {
      {"dyn(1) == 1u && dyn(1u) == 1.0 && dyn(1.0) == 1", "true"},
      {"dyn(1) == '1'", "false"},
      {"dyn(-1) == 18446744073709551615u", "false"},
      {"[dyn(1), 'a'] == [dyn(1.0), 'a']", "true"},
      {"{'a': dyn(1)} == {'a': dyn(1u)}", "true"},
      {"dyn(null) == false", "false"},
      {"0.0 / 0.0 == 0.0 / 0.0", "false"},
      {"dyn(when) == 1", "false"},
      {"type(1) == type(2)", "true"},
      {"type([1]) == type(['a'])", "true"},
      {"type(1) == type(1u)", "false"},
      {"dyn(int) == 'int'", "false"},
      {"b'a' < b'\\x80'", "true"},
      {"'Z' < 'a' && 'z' < 'é' && 'é' < '\\U0001F431'", "true"},
      {"0.0 / 0.0 <= 1.0 || 0.0 / 0.0 > 1.0", "false"},
  };
  check_all(rows);
}

TEST_CASE("conversions stay in range") {
  const Row rows[] = {
      {"int('-5')", "-5"},
      {"int('+5')", "5"},
      {"int(' 5')", "error: type conversion error: expected int, got \" 5\""},
      {"int('')", "error: type conversion error: expected int, got \"\""},
      {"int('9223372036854775808')", "error: range error: expected a number in the range of int"},
      {"int(0.0 / 0.0)", "error: range error: expected a number in the range of int"},
      {"uint(-0.5)", "error: range error: expected a number in the range of uint"},
      {"uint('-1')", "error: type conversion error: expected uint, got \"-1\""},
      {"int(18446744073709551615u)", "error: range error: expected a number in the range of int"},
      {"double('1e-400')", "0d"},
      {"double('0.000e400')", "0d"},
      {"double('1e400')", "error: type conversion error: expected double, got \"1e400\""},
      {"double('1e9223372036854775807')",
       "error: type conversion error: expected double, got \"1e9223372036854775807\""},
      {"double('1e-9223372036854775807')", "0d"},
      {"double('1e99999999999999999999')",
       "error: type conversion error: expected double, got \"1e99999999999999999999\""},
      {"double('x')", "error: type conversion error: expected double, got \"x\""},
      {"string(1.5)", "'1.5'"},
      {"string(1e30)", "'1e+30'"},
      {"string(true)", "'true'"},
      {"string(-1.0 / 0.0)", "'-Infinity'"},
      {"string(duration('90m'))", "'5400s'"},
      {"string(when)", "'2021-02-19T08:30:15.25Z'"},
      {"bytes('é')", "b'c3a9'"},
      {"bool('t')", "true"},
      {"bool('yes')", "error: type conversion error: expected bool, got \"yes\""},
  };
  check_all(rows);
}

TEST_CASE("collections are asked and joined") {
  const Row rows[] = {
      {"2u in [dyn(1), dyn(2)]", "true"},
      {"names + ['alan']", "['ada', 'grace', 'alan']"},
      {"[1, 2][-1]", "error: index out of range: -1 in a list of 2"},
      {"[1, 2][dyn(18446744073709551615u)]",
       "error: index out of range: 4611686018427387904 in a list of 2"},
      {"{1: 'a', 2u: 'b', true: 'c', 'k': 'd'}[dyn(2.0)]", "'b'"},
      {"{1: 'a'}[dyn(1.5)]", "error: no such key: double"},
      {"'k' in {'k': 1} && !('x' in {'k': 1})", "true"},
      {"{}.size() + [].size() + ''.size() + b''.size()", "0"},
      {"'abc'.contains('') && 'abc'.startsWith('ab') && 'abc'.endsWith('bc')", "true"},
      {"matches('abc', '^a.c$')", "true"},
  };
  check_all(rows);
}
