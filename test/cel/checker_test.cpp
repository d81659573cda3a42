// SPDX-License-Identifier: Apache-2.0
#include "cel/checker.hpp"

#include "catch.hpp"
#include "cel/sample.hpp"

using namespace octroi::cel;
using sample::problems_of;

namespace {

std::string type_of(std::string_view source) {
  const auto compiled = Program::compile(source, sample::environment());
  if (const auto* problems = std::get_if<std::vector<Problem>>(&compiled)) {
    return "problem: " + problems->front().message;
  }
  return to_string(std::get<Program>(compiled).result_type());
}

std::string first_problem(std::string_view source) {
  const std::vector<Problem> problems = problems_of(source);
  if (problems.empty()) return "no problem";
  const Problem& first = problems.front();
  return std::to_string(first.line) + ":" + std::to_string(first.column) + " " + first.message;
}

}  // namespace

TEST_CASE("types are found") {
  struct Row {
    const char* source;
    const char* type;
  };
  const Row rows[] = {
      {"request.project.name", "string"},
      {"request.certificates[0].scheme == 'x'", "bool"},
      {"request.certificates.map(c, c.scheme)", "list(string)"},
      {"request.certificates.filter(c, has(c.status))", "list(certificate)"},
      {"prices['pear'] + n", "int"},
      {"prices.pear", "int"},
      {"prices.map(name, name)", "list(string)"},
      {"[]", "list(dyn)"},
      {"[[], [1]]", "list(list(int))"},
      {"[1, 'a']", "list(dyn)"},
      {"[[1], [dyn(1)]]", "list(list(dyn))"},
      {"{}", "map(dyn, dyn)"},
      {"{'a': [], 'b': [1u]}", "map(string, list(uint))"},
      {"[] + names", "list(string)"},
      {"anything", "dyn"},
      {"anything.a.b[1]", "dyn"},
      {"anything + 1", "int"},
      {"anything + anything", "dyn"},
      {"anything == 1", "bool"},
      {"n > 1 ? names : []", "list(string)"},
      {"true ? anything : 1", "dyn"},
      {"when - when", "duration"},
      {"when - duration('1h')", "timestamp"},
      {"type(n)", "type(int)"},
      {"type(n) == string", "bool"},
      {"request.project == null", "bool"},
      {"has(request.project.kind)", "bool"},
      {"project{name: 'a'}", "project"},
      {"project{name: 'a'}.name", "string"},
  };
  for (const Row& row : rows) {
    INFO(row.source);
    CHECK(type_of(row.source) == row.type);
  }
}

TEST_CASE("what does not fit is a problem at its place") {
  struct Row {
    const char* source;
    const char* expected;
  };
  const Row rows[] = {
      {"n == 1 &&\n  request.projct.name == 'x'",
       "2:11 no field \"projct\" in request; did you mean \"project\"?"},
      {"request.project.nam", "1:17 no field \"nam\" in project; did you mean \"name\"?"},
      {"has(request.zzzzzz)", "1:13 no field \"zzzzzz\" in request"},
      {"requst.user_count", "1:1 undeclared reference to \"requst\"; did you mean \"request\"?"},
      {"names.exists(name, nme == 'x')",
       "1:20 undeclared reference to \"nme\"; did you mean \"name\"?"},
      {"names.exists(name, true) && name == ''",
       "1:29 undeclared reference to \"name\"; did you mean \"names\"?"},
      {"n == 'x'", "1:3 no such overload: ==(int, string)"},
      {"n + 1u", "1:3 no such overload: +(int, uint)"},
      {"n > 'many'", "1:3 no such overload: >(int, string)"},
      {"!n", "1:1 no such overload: !(int)"},
      {"-text", "1:1 no such overload: -(string)"},
      {"text in n", "1:6 no such overload: in(string, int)"},
      {"n in names", "1:3 no such overload: in(int, list(string))"},
      {"names['x']", "1:6 no such overload: [](list(string), string)"},
      {"size(n)", "1:1 no such overload: size(int)"},
      {"text.startsWith(1)", "1:6 no such overload: startsWith(string, int)"},
      {"text.startWith('n')",
       "1:6 undeclared function \"startWith\"; did you mean \"startsWith\"?"},
      {"text.startsWith('n', 'a')", "1:6 function \"startsWith\" does not take 2 arguments"},
      {"size()", "1:1 function \"size\" does not take 0 arguments"},
      {"startsWith(text, 'n')", "1:1 undeclared function \"startsWith\""},
      {"n && true", "1:1 expected bool around &&, got int"},
      {"true || text", "1:9 expected bool around ||, got string"},
      {"n ? 1 : 2", "1:1 expected bool before ?, got int"},
      {"true ? 1 : 'a'", "1:6 expected one type on both sides of :, got int and string"},
      {"n.field", "1:3 expected an object or map before the field \"field\", got int"},
      {"n.all(x, true)", "1:1 expected a list or map to go through, got int"},
      {"names.all(x, x)", "1:14 expected bool for each element, got string"},
      {"names.all(x, x > 1)", "1:16 no such overload: >(string, int)"},
      {"{1.5: 2}", "1:2 expected a key of type bool, int, uint or string, got double"},
      {"project{nme: 'a'}", "1:9 no field \"nme\" in project; did you mean \"name\"?"},
      {"project{name: 1}", "1:15 expected string for the field \"name\", got int"},
      {"projct{name: 1}", "1:1 undeclared type \"projct\""},
      {"request.project < request.project", "1:17 no such overload: <(project, project)"},
      {"request.project == request", "1:17 no such overload: ==(project, request)"},
      {"n == null", "1:3 no such overload: ==(int, null)"},
  };
  for (const Row& row : rows) {
    INFO(row.source);
    CHECK(first_problem(row.source) == row.expected);
  }
}

TEST_CASE("every fault is told once, in the order of the source") {
  const std::vector<Problem> problems =
      problems_of("requst.a == 1 && request.projct.name == 'x' && n + 'x' == n");
  REQUIRE(problems.size() == 3);
  CHECK(problems[0].message.find("requst") != std::string::npos);
  CHECK(problems[1].message.find("projct") != std::string::npos);
  CHECK(problems[2].message == "no such overload: +(int, string)");
  CHECK(problems[1].offset == 25);
}

TEST_CASE("without a check the same faults show when evaluated") {
  CHECK(sample::unchecked_value_of("n == 'x'") == "false");
  CHECK(sample::unchecked_value_of("n + 'x'") == "error: no such overload: _+_(int, string)");
  CHECK(sample::unchecked_value_of("requst") == "error: no such key: requst");
  CHECK(sample::unchecked_value_of("f(n)") == "error: unbound function: f with 1 arguments");
  CHECK(sample::unchecked_value_of("projct{name: 1}") == "error: no such type: projct");
  CHECK(sample::unchecked_value_of("n.field") ==
        "error: no such overload: int has no fields, expected \"field\"");
}
