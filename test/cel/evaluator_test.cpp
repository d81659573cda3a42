// SPDX-License-Identifier: Apache-2.0
#include "cel/evaluator.hpp"

#include "catch.hpp"
#include "cel/sample.hpp"

using namespace octroi::cel;
using sample::error_of;
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

std::vector<std::string> references_of(std::string_view source) {
  return std::get<Program>(Program::compile(source, sample::environment())).references();
}

}  // namespace

TEST_CASE("facts are read") {
  const Row rows[] = {
      {"request.project.name", "'Sepsis'"},
      {"request.codes[1]", "'U07.2'"},
      {"request.certificates.exists(c, c.scheme == 'hds' && c.status == 'valid')", "true"},
      {"request.certificates.filter(c, has(c.status)).map(c, c.scheme)", "['hds']"},
      {"request.codes.all(code, code.startsWith('U07'))", "true"},
      {"has(request.project.name)", "true"},
      {"has(request.project.kind)", "false"},
      {"has(request.disease_scope) ? request.disease_scope : 'none'", "'none'"},
      {"names.exists(name, names.exists(other, other != name))", "true"},
      {"[1, 2].map(n, n * 2).filter(n, n > 2)", "[4]"},
      {"names.map(name, name == 'ada', size(name))", "[3]"},
      {"prices.exists(name, prices[name] == 3)", "true"},
      {"size(text)", "5"},
      {"project{name: text} == project{name: 'naïve'}", "true"},
      {"type(request.project) == project", "true"},
  };
  check_all(rows);
}

TEST_CASE("an absent fact is named by its path") {
  struct Missing {
    const char* source;
    const char* path;
  };
  const Missing rows[] = {
      {"request.disease_scope == 'covid-19'", "request.disease_scope"},
      {"request.project.kind == 'study'", "request.project.kind"},
      {"n > 1 && request.project.kind == 'study'", "request.project.kind"},
      {"anything == 1", "anything"},
      {"anything.b.c == 1", "anything"},
      {"request.certificates.all(c, c.status == 'valid')", "request.certificates.status"},
      {"request.certificates[1].status == 'valid'", "request.certificates.status"},
      {"request.certificates.filter(c, true).all(x, x.status != '')",
       "request.certificates.status"},
      {"size(request.disease_scope) > 0", "request.disease_scope"},
      {"request.project.kind in names", "request.project.kind"},
      {"[request.project.kind]", "request.project.kind"},
      {"{'a': request.project.kind}", "request.project.kind"},
      {"request.disease_scope == 'a' ? true : false", "request.disease_scope"},
      {"project{name: request.disease_scope}", "request.disease_scope"},
  };
  for (const Missing& row : rows) {
    INFO(row.source);
    const EvaluationError error = error_of(row.source);
    CHECK(error.missing == row.path);
    CHECK(error.message == std::string("no such key: ") + row.path);
  }
}

TEST_CASE("what is no declared fact is an error without a path") {
  CHECK(error_of("prices.plum == 1").missing.empty());
  CHECK(error_of("prices['plum'] == 1").message == "no such key: \"plum\"");
  CHECK(error_of("prices['plum'] == 1").missing.empty());
  CHECK(error_of("names[5] == ''").message == "index out of range: 5 in a list of 2");
  CHECK(error_of("1 / (n - 7) == 1").missing.empty());
}

TEST_CASE("an operand that decides absorbs the errors of the others, on either side") {
  const Row rows[] = {
      {"request.disease_scope == 'a' || true", "true"},
      {"true || request.disease_scope == 'a'", "true"},
      {"request.disease_scope == 'a' && false", "false"},
      {"false && request.disease_scope == 'a'", "false"},
      {"n / 0 == 1 || request.disease_scope == 'a' || n == 7", "true"},
      {"[0, 1].exists(x, 1 / x == 1)", "true"},
      {"[0, 1].all(x, 1 / x == 2)", "false"},
      {"[0, 1].all(x, 1 / x == 1)", "error: division by zero"},
      {"[1, 0].exists(x, 1 / x == 2)", "error: division by zero"},
      {"[1, 0].exists_one(x, 1 / x == 1)", "error: division by zero"},
      {"request.disease_scope == 'a' || false", "error: no such key: request.disease_scope"},
      {"request.disease_scope == 'a' && true", "error: no such key: request.disease_scope"},
      {"n / 0 == 1 && request.disease_scope == 'a'", "error: division by zero"},
      {"n == 7 ? 1 : n / 0", "1"},
      {"dyn('x') && false", "false"},
      {"dyn('x') && true", "error: no such overload: expected bool, got string"},
  };
  check_all(rows);
}

TEST_CASE("a macro's variable hides what is declared") {
  CHECK(value_of("[1].exists(n, n == 1)") == "true");
  CHECK(value_of("[1].map(n, [2].map(n, n))") == "[[2]]");
  CHECK(value_of("[1].map(x, [2].map(n, n + x) == [3] && n == 7)") == "[true]");
  CHECK(value_of("[{'project': 1}].map(request, request.project)") == "[1]");
}

TEST_CASE("references are the longest plain selections") {
  using Paths = std::vector<std::string>;
  CHECK(references_of("request.project.name == text && request.user_count > n") ==
        Paths{"n", "request.project.name", "request.user_count", "text"});
  CHECK(references_of("has(request.disease_scope)") == Paths{"request.disease_scope"});
  CHECK(references_of("request.certificates.exists(c, c.scheme == text)") ==
        Paths{"request.certificates", "text"});
  CHECK(references_of("request.certificates[n].scheme") == Paths{"n", "request.certificates"});
  CHECK(references_of("size(request.codes) > 0 || request.codes == []") == Paths{"request.codes"});
  CHECK(references_of("[1].all(n, n == 1)") == Paths{});
  CHECK(references_of("type(1) == int") == Paths{});
  const auto unchecked = Program::compile_unchecked("has(a.b).c", sample::environment());
  CHECK(std::get<Program>(unchecked).references() == Paths{"a.b"});
}

TEST_CASE("maps and objects are made without a key twice") {
  CHECK(value_of("{'a': 1, 'a': 2}") == "error: repeated key in a map");
  CHECK(value_of("{1: 1, 1u: 2}") == "error: repeated key in a map");
  CHECK(value_of("project{name: 'a', name: 'b'}") == "error: repeated field in an object");
  CHECK(value_of("{dyn(1.5): 1}") == "error: unsupported key type: double");
}

TEST_CASE("names are looked up in the container first") {
  Environment environment;
  environment.set_container("a.b");
  environment.declare_variable("a.b.x", TypeKind::integer);
  environment.declare_variable("a.y", TypeKind::integer);
  environment.declare_variable("x", TypeKind::string);
  const auto ask = [&](std::string_view source) {
    const auto program = std::get<Program>(Program::compile(source, environment));
    const Bindings bindings = {{"a.b.x", 1}, {"a.y", 2}, {"x", "outer"}};
    return sample::shown(std::get<Value>(program.evaluate(bindings)));
  };
  CHECK(ask("x") == "1");
  CHECK(ask("y") == "2");
  CHECK(ask(".x") == "'outer'");
  CHECK(ask("b.x") == "1");
  CHECK(ask("a.b.x + a.y") == "3");
}
