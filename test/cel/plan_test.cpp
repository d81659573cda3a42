// SPDX-License-Identifier: Apache-2.0
// Every other test of expressions compares the compiled form too: see planned.hpp.
#include "cel/plan.hpp"

#include <array>
#include <map>

#include "catch.hpp"
#include "cel/planned.hpp"
#include "cel/sample.hpp"

using namespace octroi;
using namespace octroi::cel;

namespace {

Decision decision_of(std::string_view source) {
  INFO(source);
  const auto compiled = Program::compile(source, sample::environment());
  REQUIRE(std::holds_alternative<Program>(compiled));
  return sample::planned(std::get<Program>(compiled), sample::bindings());
}

/// Expressions of every form, sense and nonsense alike; the same in every run.
class Expressions {
 public:
  std::string condition(int depth) {
    if (depth == 0) return of(k_leaves);
    switch (below(12)) {
      case 0:
        return "(" + condition(depth - 1) + " && " + condition(depth - 1) + ")";
      case 1:
        return "(" + condition(depth - 1) + " || " + condition(depth - 1) + ")";
      case 2:
        return "!(" + condition(depth - 1) + ")";
      case 3:
        return "(" + condition(depth - 1) + " ? " + any(depth - 1) + " : " + any(depth - 1) + ")";
      case 4:
        return list(depth - 1) + "." + of(k_macros) + "(one, " + condition(depth - 1) + ")";
      case 5:
        return any(depth - 1) + " in " + list(depth - 1);
      case 6:
        return list(depth - 1) + "." + of(k_macros) + "(other, " + any(depth - 1) + of(k_signs) +
               "other)";
      default:
        return any(depth - 1) + of(k_signs) + any(depth - 1);
    }
  }

 private:
  std::size_t below(std::size_t count) {
    seed_ = seed_ * 1664525U + 1013904223U;
    return static_cast<std::size_t>(seed_ >> 12U) % count;
  }
  template <std::size_t size>
  std::string of(const std::array<const char*, size>& words) {
    return words[below(size)];
  }
  std::string any(int depth) {
    if (depth > 0 && below(4) == 0) return "(" + condition(depth - 1) + ")";
    return below(4) == 0 ? list(depth) : of(k_terms);
  }
  std::string list(int depth) {
    if (depth > 0 && below(6) == 0) return "[" + any(depth - 1) + ", " + any(depth - 1) + "]";
    return of(k_lists);
  }

  static constexpr std::array k_signs = {" == ", " != ", " < ", " <= ", " > ", " >= "};
  static constexpr std::array k_macros = {"all", "exists", "exists_one"};
  static constexpr std::array k_lists = {"names",
                                         "request.codes",
                                         "request.certificates",
                                         "[]",
                                         "['ada', 'hds', 'x']",
                                         "[1, 7, 2]",
                                         "prices",
                                         "[[1], ['ada']]",
                                         "[names, request.codes]",
                                         "text",
                                         "anything",
                                         "request.no",
                                         "names.filter(x, x != 'ada')",
                                         "(names + ['x'])"};
  static constexpr std::array k_terms = {"n",
                                         "text",
                                         "7",
                                         "0",
                                         "2u",
                                         "1.5",
                                         "7.0",
                                         "'naïve'",
                                         "'ada'",
                                         "''",
                                         "true",
                                         "false",
                                         "null",
                                         "request.user_count",
                                         "request.disease_scope",
                                         "request.project.kind",
                                         "request.project.name",
                                         "request.project",
                                         "request",
                                         "anything",
                                         "one",
                                         "one.scheme",
                                         "one.status",
                                         "size(names)",
                                         "size(text)",
                                         "names[0]",
                                         "names[9]",
                                         "prices.pear",
                                         "prices['fig']",
                                         "n / 0",
                                         "n + 1",
                                         "when",
                                         "when.getFullYear()",
                                         "string(n)",
                                         "request.certificates[0].scheme",
                                         "b'ada'",
                                         "text + 'x'",
                                         "prices",
                                         "type(n)",
                                         "int",
                                         "-n",
                                         "n % 2 == 1",
                                         "{'a': n}.a",
                                         "other"};
  static constexpr std::array k_leaves = {"true",
                                          "false",
                                          "has(request.project.name)",
                                          "has(request.project.kind)",
                                          "has(request.no.kind)",
                                          "has(anything.x)",
                                          "has(one.status)",
                                          "has(prices.pear)",
                                          "has(prices.fig)",
                                          "has(text.x)",
                                          "text.matches('^na')",
                                          "one.matches('a+$')",
                                          "n.matches('7')",
                                          "text.matches('(')",
                                          "text.contains('v')",
                                          "one.startsWith('a')",
                                          "n == 7",
                                          "request.disease_scope == 'x'",
                                          "one == 'ada'",
                                          "one.scheme == 'hds'",
                                          "1 / 0 == 1",
                                          "n",
                                          "one",
                                          "request.user_count > 1",
                                          "'ada' in names",
                                          "request.codes != []"};

  std::uint32_t seed_ = 7;
};

}  // namespace

TEST_CASE("conditions as rulebooks have them are decided without the tree") {
  const std::map<std::string, Decision> rows = {
      {"text == 'naïve' && request.project.name != ''", Decision::yes},
      {"n in [1, 7] && names.exists(one, one in ['ada', 'x'])", Decision::yes},
      {"request.certificates.all(one, has(one.status) && one.status == 'valid')", Decision::no},
      {"request.certificates.exists_one(one, has(one.status))", Decision::yes},
      {"has(request.project.kind)", Decision::no},
      {"size(names) == 2 && request.codes != [] && 'ada' in names", Decision::yes},
      {"names.all(one, one.matches('^[a-z]+$'))", Decision::yes},
      {"text.matches('^n.{4}$') && text.matches('\\\\pL')", Decision::yes},
      {"n >= 7 && n <= 7 && !(n > 7 || n < 7) && 'a' < 'b'", Decision::yes},
      {"when.getFullYear() >= timestamp('2021-01-01' + 'T00:00:00Z').getFullYear()", Decision::yes},
      {"request.project.kind == 'study'", Decision::error},
      {"request.project.kind == 'study' || n == 7", Decision::yes},
      {"request.project.kind == 'study' && n == 8", Decision::no},
      {"n == 7 ? request.codes[1] == 'U07.2' : request.project.kind == ''", Decision::yes},
      {"request.codes[2] == ''", Decision::error},
      {"request.project == request.project", Decision::unclear},
      {"names.filter(one, one == 'ada') == ['ada']", Decision::unclear},
      {"names.filter(one, one == 'ada') == ['ada'] || n == 7", Decision::unclear},
  };
  for (const auto& [source, decision] : rows) {
    INFO(source);
    CHECK(decision_of(source) == decision);
  }
}

TEST_CASE("a compiled form never says what the tree does not") {
  Expressions expressions;
  const Environment environment = sample::environment();
  const Bindings bindings = sample::bindings();
  std::map<Decision, int> counts;
  for (int i = 0; i < 6000; ++i) {
    const std::string source = expressions.condition(1 + i % 4);
    const auto compiled = Program::compile_unchecked(source, environment);
    REQUIRE(std::holds_alternative<Program>(compiled));
    const auto& program = std::get<Program>(compiled);
    const Decision decision = sample::planned(program, bindings);
    ++counts[decision];
    if (!sample::agrees(decision, program.evaluate(bindings))) FAIL_CHECK(source);
  }
  for (const Decision decision :
       {Decision::no, Decision::yes, Decision::error, Decision::unclear}) {
    INFO(static_cast<int>(decision));
    CHECK(counts[decision] > 200);
  }
}

TEST_CASE("a compiled form does not go on where the tree would be stopped") {
  const std::string forty = "[0" + [] {
    std::string rest;
    for (int i = 1; i < 40; ++i) rest += "," + std::to_string(i);
    return rest;
  }() + "]";
  std::string source = "n == 7";
  for (int level = 0; level < 3; ++level) {
    source = forty + ".all(x" + std::to_string(level) + ", " + source + ")";
  }
  CHECK(decision_of(source) == Decision::yes);
  source = forty + ".all(y, " + source + ")";
  CHECK(decision_of(source) == Decision::unclear);
  CHECK(decision_of(source + " || n == 7") == Decision::unclear);
}

TEST_CASE("a compiled form pays for what it copies, and not more than it has") {
  const auto compiled = Program::compile("type(names) == list", sample::environment());
  REQUIRE(std::holds_alternative<Program>(compiled));
  Bindings bindings = sample::bindings();
  Value::List names(1000, Value("ada"));
  names.push_back(std::string(6400, 'a'));
  bindings.insert_or_assign("names", Value(names));
  Allowance allowance{10'000};
  CHECK(sample::planned(std::get<Program>(compiled), bindings, &allowance) == Decision::yes);
  CHECK(allowance.steps < 10'000 - 1000 - 6400 / 64);
  CHECK(allowance.steps > 10'000 - 2000);
  for (const std::size_t few : {0, 1, 2, 500, 1000}) {
    Allowance little{few};
    CHECK(sample::planned(std::get<Program>(compiled), bindings, &little) == Decision::unclear);
    CHECK(little.steps == 0);
  }
}

TEST_CASE("a compiled form whose allowance is used up reads nothing more") {
  const auto compiled = Program::compile("n == 7", sample::environment());
  REQUIRE(std::holds_alternative<Program>(compiled));
  const Plan plan = std::get<Program>(compiled).plan([](const std::string&) { return 0; });
  struct CountedSlots final : Slots {
    CountedSlots() : Slots(1) {}
    View read(std::size_t) override { return ++reads, View::of(std::int64_t{7}); }
    int reads = 0;
  };
  CountedSlots slots;
  Allowance allowance{0};
  CHECK(plan.decide(slots, &allowance).decision == Decision::unclear);
  CHECK(slots.reads == 0);
  allowance.steps = 10;
  CHECK(plan.decide(slots, &allowance).decision == Decision::yes);
  CHECK(slots.reads == 1);
  CHECK(allowance.steps < 10);
}
