// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "base/limits.hpp"
#include "catch.hpp"
#include "cel/sample.hpp"

using namespace octroi;
using namespace octroi::cel;

namespace {

const std::string k_steps_limit =
    "expected an evaluation of at most 1000000 steps (expression steps limit)";

/// A list literal of ten numbers.
const std::string k_ten = "[0,1,2,3,4,5,6,7,8,9]";

/// `body` inside eight loops over ten numbers each: 100 million rounds.
std::string in_loops(std::string_view macro, std::string_view body) {
  std::string result(body);
  for (int level = 0; level < 8; ++level) {
    result = k_ten + "." + std::string(macro) + "(x" + std::to_string(level) + ", " + result + ")";
  }
  return result;
}

std::string chained(std::string first, std::string_view step, int times) {
  for (int i = 0; i < times; ++i) first += step;
  return first;
}

}  // namespace

TEST_CASE("an evaluation that does not end in time is stopped by name") {
  for (const std::string& source :
       {in_loops("all", "1/0 == 1"), in_loops("exists_one", "false"), in_loops("map", "x0"),
        k_ten + ".filter(y, " + in_loops("exists", "false") + ")"}) {
    INFO(source.substr(0, 80));
    const EvaluationError error = sample::error_of(source);
    CHECK(error.message == k_steps_limit);
    CHECK(error.missing.empty());
  }
}

TEST_CASE("no operator absorbs the limit") {
  const std::string bomb = in_loops("all", "true");
  CHECK(sample::error_of(bomb + " || true").message == k_steps_limit);
  CHECK(sample::error_of("[1, 2].exists(x, " + bomb + " || x == 2)").message == k_steps_limit);
  CHECK(sample::value_of("true || " + bomb) == "true");
}

TEST_CASE("comparing values that share their parts is paid for") {
  const std::string shared = chained("[1]", ".map(x, [x, x])", 40);
  const std::string other = chained("[1]", ".map(x, [x, x])", 40);
  CHECK(sample::error_of(shared + " == " + other).message == k_steps_limit);
  CHECK(sample::error_of(shared + " in [" + other + "]").message == k_steps_limit);
}

TEST_CASE("comparing long values is paid for") {
  // Two equal values of 65 536 bytes, compared a thousand times.
  const auto compared = [](const std::string& first, const std::string& comparison) {
    return chained(first, ".map(x, x + x)", 11) + ".all(x, [x + x].all(y, [x + x].all(z, " + k_ten +
           ".all(a, " + k_ten + ".all(b, " + k_ten + ".all(c, " + comparison + "))))))";
  };
  for (const char* comparison : {"y == z", "y <= z"}) {
    INFO(comparison);
    CHECK(sample::error_of(compared("['aaaaaaaaaaaaaaaa']", comparison)).message == k_steps_limit);
    CHECK(sample::error_of(compared("[b'aaaaaaaaaaaaaaaa']", comparison)).message == k_steps_limit);
  }
  for (const char* comparison : {"y in {z: 1}", "{z: 1}[y] == 1", "{y: 1} == {z: 1}"}) {
    INFO(comparison);
    CHECK(sample::error_of(compared("['aaaaaaaaaaaaaaaa']", comparison)).message == k_steps_limit);
  }
}

TEST_CASE("a text, bytes or list that grows too long is refused by name") {
  const std::string limit = " (expression elements limit)";
  const std::string grown = "expected a list or text of at most 100000 elements, got ";
  for (const char* first : {"['aaaaaaaaaa']", "[b'aaaaaaaaaa']", "[[0,1,2,3,4,5,6,7,8,9]]"}) {
    INFO(first);
    const std::string source = chained(first, ".map(x, x + x)", 13);
    CHECK(sample::value_of(source + ".map(x, size(x))") == "[81920]");
    CHECK(sample::error_of(source + ".map(x, x + x)").message == grown + "163840" + limit);
  }
}

TEST_CASE("types that grow too large are refused by name") {
  // Each level makes both parameters of a map what the level above is.
  const auto doubled = [](int levels) {
    std::string source = "true";
    for (int i = levels; i > 0; --i) {
      const std::string own = "b" + std::to_string(i);
      const std::string outer = "b" + std::to_string(i - 1);
      source =
          "[{}].all(" + own + ", " + own + "[" + outer + "] == " + outer + " && " + source + ")";
    }
    return "[[]].all(b0, " + source + ")";
  };
  CHECK(sample::problems_of(doubled(5)).empty());
  const std::vector<Problem> problems = sample::problems_of(doubled(30));
  REQUIRE(problems.size() == 1);
  CHECK(problems.front().message ==
        "expected types that are checked in at most 250000 steps (expression type limit)");
}

TEST_CASE("an expression as long as allowed is checked within the limit of its types") {
  for (const char* call : {"1+1,", "1<1,", "[]+[],", "{}[1],", "'a'+'',", "1 in[],"}) {
    INFO(call);
    const int times =
        static_cast<int>((limits::k_expression_bytes_max - 2) / std::string(call).size());
    CHECK(sample::problems_of(chained("[", call, times) + "]").empty());
  }
}

TEST_CASE("compiling regular expressions is paid for by their size") {
  // Ten thousand different patterns, each of several thousand instructions.
  std::string source = "'a'.matches('((a|b){90}){9}' + string(w) + string(x) + string(y))";
  for (const char* name : {"w", "x", "y", "z"}) {
    source = k_ten + ".all(" + name + ", !" + source + ")";
    source = "!" + source;
  }
  CHECK(sample::error_of(source).message == k_steps_limit);
  CHECK(sample::error_of(k_ten + ".all(x, 'a'.matches('((((a{100}){100}){100}){100})'))")
            .message.starts_with("invalid regular expression"));
}

TEST_CASE("a regular expression takes no longer than its text is long") {
  const std::string text = chained("'", "aaaaaaaaaaaaaaaaaaaa", 200) + "!'";
  CHECK(sample::value_of(text + ".matches('^(a+)+$')") == "false");
  CHECK(sample::value_of(text + ".matches('^(a|aa)+$')") == "false");
  CHECK(sample::value_of(text + ".matches('(.*)*(.*)*!$')") == "true");
}

TEST_CASE("a large regular expression is paid for by its size") {
  const std::string text = chained("['aaaaaaaaaaaaaaaa']", ".map(x, x + x)", 12);
  CHECK(sample::value_of(text + ".map(x, x.matches('a*b'))") == "[false]");
  CHECK(sample::error_of(text + ".map(x, x.matches('(a?){1000}b'))").message == k_steps_limit);
}

TEST_CASE("a regular expression that is wrong or too large is an error") {
  const EvaluationError wrong = sample::error_of("'a'.matches('(')");
  CHECK(wrong.message.find("invalid regular expression \"(\"") == 0);
  const EvaluationError large = sample::error_of("'a'.matches('((a{100}){100}){100}')");
  CHECK(large.message.find("invalid regular expression") == 0);
}

TEST_CASE("compiling regular expressions is paid for, once each") {
  const std::string many = "[" + chained("1", ",1", 1500) + "]";
  CHECK(sample::value_of(many + ".all(x, 'a'.matches('^a$'))") == "true");
  const std::string text = chained("'", "ab", 10) + "'";
  CHECK(sample::error_of(in_loops("all", text + ".matches(string(x0) + string(x1) + string(x2) + "
                                                "string(x3) + string(x4) + '|')"))
            .message == k_steps_limit);
}

TEST_CASE("expressions that share an allowance stop when it is used up, whoever used it") {
  const auto program = [](std::string_view source) {
    return std::get<Program>(Program::compile_unchecked(source, sample::environment()));
  };
  const Program small = program("1 + 1 == 2");
  const Program endless = program(in_loops("all", "true"));
  Allowance allowance{100'000};
  CHECK(std::get<Value>(small.evaluate({}, &allowance)).as_boolean());
  CHECK(allowance.steps < 100'000);
  CHECK(allowance.steps > 99'900);
  const std::string expected =
      "expected all expressions together to take fewer steps: their allowance is used up";
  CHECK(std::get<EvaluationError>(endless.evaluate({}, &allowance)).message == expected);
  CHECK(allowance.steps == 0);
  CHECK(std::get<EvaluationError>(small.evaluate({}, &allowance)).message == expected);
  // A large allowance leaves the limit of one expression where it is.
  Allowance large{3 * limits::k_expression_steps_max};
  CHECK(std::get<EvaluationError>(endless.evaluate({}, &large)).message == k_steps_limit);
  CHECK(large.steps == 2 * limits::k_expression_steps_max);
}
