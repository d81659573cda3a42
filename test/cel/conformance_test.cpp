// SPDX-License-Identifier: Apache-2.0
#include "cel/conformance.hpp"

using namespace octroi::cel;
using namespace octroi::cel::conformance;

TEST_CASE("conformance: literals of every kind") {
  const Row rows[] = {
      {"0x7FFFFFFFFFFFFFFF", "9223372036854775807"},
      {"-0x8000000000000000", "-9223372036854775808"},
      {"0xFFFFFFFFFFFFFFFFu", "18446744073709551615u"},
      {"0xabU == 171u", "true"},
      {".5 + 1e0 + 1.5E+1 == 16.5", "true"},
      {"-.5", "-0.5d"},
      {"- 5", "-5"},
      {"1 - -1", "2"},
      {"-(-1)", "1"},
      {"!true || !!true", "true"},
      {"'\\a\\b\\f\\n\\r\\t\\v\\\\\\?\\\"\\'\\`'.size()", "12"},
      {"'\\x41\\X41\\u0041\\U00000041\\101'", "'AAAAA'"},
      {"'\\377' == 'ÿ' && '\\xff' == 'ÿ' && size('\\377') == 1", "true"},
      {"b'\\377' == b'\\xff' && b'\\377' != b'ÿ' && size(b'ÿ') == 2", "true"},
      {"'\\U0001F431' == '\\ud83d\\uDC31' && size('\\U0001F431') == 1", "true"},
      {"r'\\n'.size() == 2 && R\"\\\\\" == '\\\\\\\\'", "true"},
      {"br'\\377' == b'\\\\377' && Rb'x' == rB'x' || true",
       "problem: expected an operator or the "
       "end, got \"'x'\""},
      {"bR'\\x' == b'\\\\x' && BR\"\" == b''", "true"},
      {"'''a'b''c'''", "'a'b''c'"},
      {"\"\"\"a\"b\n\"\"\".size()", "4"},
      {"r'''\\'''", "'\\'"},
      {"b'''\n''' == b'\\n'", "true"},
      {"''''''.size()", "0"},
      {"'it''s'", "problem: expected an operator or the end, got \"'s'\""},
      {"[1, 2,].size() + {'a': 1,}.size()", "3"},
      {"// first\n1 // last", "1"},
      {"1//", "1"},
      {"\t1\n+\f1\r\n", "2"},
      {"'//' + '\\u200b'", "'//\u200b'"},
  };
  check_both(rows);
}

TEST_CASE("conformance: what is no literal") {
  const Row rows[] = {
      {"9223372036854775808", "problem: "},
      {"-9223372036854775809", "problem: "},
      {"18446744073709551616u", "problem: "},
      {"0x8000000000000000", "problem: "},
      {"1e999", "problem: "},
      {"1.", "problem: "},
      {"1e", "problem: "},
      {"0x", "problem: "},
      {"0X1", "problem: "},
      {"1_000", "problem: "},
      {"1u1", "problem: "},
      {"'\\400'", "problem: "},
      {"'\\8'", "problem: "},
      {"'\\x4'", "problem: "},
      {"'\\u004'", "problem: "},
      {"'\\U00110000'", "problem: "},
      {"'\\ud800'", "problem: "},
      {"'\\udc31\\ud83d'", "problem: "},
      {"'\\U0000d800'", "problem: "},
      {"b'\\u0041'", "problem: "},
      {"b'\\U00000041'", "problem: "},
      {"'\\q'", "problem: "},
      {"'\\", "problem: "},
      {"'a\nb'", "problem: "},
      {"r'a\nb'", "problem: "},
      {"'''a''", "problem: "},
      {"[,]", "problem: "},
      {"{,}", "problem: "},
      {"[1,,2]", "problem: "},
      {"size('a',)", "problem: "},
      {"", "problem: "},
      {"// nothing", "problem: "},
      {"1 2", "problem: "},
      {"(1", "problem: "},
      {"1 ? 2", "problem: "},
      {"1 == == 1", "problem: "},
      {"a.in", "problem: "},
      {"a.true", "problem: "},
      {"x{in: 1}", "problem: "},
      {"1 & 2", "problem: "},
      {"\v1", "problem: "},
      {"`a`", "problem: "},
  };
  check_starts(rows);
}

TEST_CASE("conformance: reserved words name fields but no variables") {
  for (const char* word :
       {"as", "break", "const", "continue", "else", "for", "function", "if", "import", "let",
        "loop", "package", "namespace", "return", "var", "void", "while"}) {
    INFO(word);
    const std::string name = word;
    CHECK(outcome_of(Program::compile(name, {}), {}).starts_with("problem: expected a name"));
    CHECK(outcome_of(Program::compile("[1].exists(" + name + ", true)", {}), {})
              .starts_with("problem: expected a name"));
    const std::string field = "{'" + name + "': 7}." + name;
    CHECK(outcome_of(Program::compile(field, {}), {}) == "7");
    CHECK(outcome_of(Program::compile_unchecked(field, {}), {}) == "7");
    CHECK(outcome_of(Program::compile_unchecked("''." + name + "()", {}), {})
              .starts_with("error: unbound function"));
  }
}

TEST_CASE("conformance: macros, their names and their errors") {
  const Row rows[] = {
      {"has({'a': null}.a) && !has({'a': 1}.b) && !has({}.a)", "true"},
      {"has({'a': {'b': 1}}.a.b) && !has({'a': {}}.a.b)", "true"},
      {"has({'a': {}}.b.c)", "error: no such key: b"},
      {"has({'a-b': 1}.`a-b`)", "true"},
      {"[1, 2].all(x, [1, 2].exists(y, y == x))", "true"},
      {"[1].map(x, [2].map(x, x))", "[[2]]"},
      {"[[1, 2], [3]].map(x, x.filter(y, y > 1))", "[[2], [3]]"},
      {"[1, 2, 3].map(x, x > 1, x * x)", "[4, 9]"},
      {"{'b': 1, 'a': 2}.map(k, k).size()", "2"},
      {"{1: 2}.all(k, k == 1) && {1: 2}.exists_one(k, true)", "true"},
      {"[].all(x, x) && ![].exists(x, x) && ![].exists_one(x, x)", "true"},
      {"[0, 1, 2].exists(x, 2 / x == 1)", "true"},
      {"[2, 0].exists(x, 2 / x == 1)", "true"},
      {"[0, 4].exists(x, 2 / x == 1)", "error: division by zero"},
      {"[0, 1].all(x, 2 / x == 1)", "false"},
      {"[1, 0].all(x, 2 / x == 1)", "false"},
      {"[0, 2].all(x, 2 / x == 1)", "error: division by zero"},
      {"[1, 1, 0].exists_one(x, 1 / x == 1)", "error: division by zero"},
      {"[1, 0].filter(x, 1 / x == 1)", "error: division by zero"},
      {"[1, 0].map(x, 1 / x)", "error: division by zero"},
      {"[dyn(1), 'a', 2].exists(x, x == 'a')", "true"},
      {"true ? 1 : 1 / 0", "1"},
      {"false ? 1 / 0 : 2", "2"},
      {"1 / 0 > 0 ? 1 : 2", "error: division by zero"},
      {"true ? (false ? 1 : 2) : 3", "2"},
      {"false || true ? 'a' : 'b'", "'a'"},
      {"1 / 0 > 0 || true", "true"},
      {"true || 1 / 0 > 0", "true"},
      {"1 / 0 > 0 && false", "false"},
      {"1 / 0 > 0 || false", "error: division by zero"},
      {"1 / 0 > 0 && 1 % 0 > 0", "error: division by zero"},
      {"!(1 / 0 > 0)", "error: division by zero"},
      {"dyn(1) && false", "false"},
      {"dyn(1) || false", "error: no such overload: expected bool, got int"},
      {"dyn('x') ? 1 : 2", "error: no such overload: expected bool, got string"},
      {"[1, 2].exists(x, dyn('a'))", "error: no such overload: expected bool, got string"},
      {"1 in [] || 'a' in {}", "false"},
      {".size([1]) + .int(2u)", "3"},
      {"type(1) == int && type(1) != uint && type(type(1)) == type && type(int) == type", "true"},
      {"type(null) == null_type && type(timestamp(0)) == google.protobuf.Timestamp", "true"},
      {"type([]) == list && type({}) == map && type(duration('1s')) == google.protobuf.Duration",
       "true"},
      {"type(1) in [string, int]", "true"},
      {"size('e\u0301') == 2 && size(bytes('e\u0301')) == 3", "true"},
      {"'\u00e9' == 'e\u0301'", "false"},
      {"'abc'.matches('b') && !'abc'.matches('^b') && 'a\\nb'.matches('(?m)^b$')", "true"},
      {"'é'.matches('^.$') && ''.matches('^$') && matches('aXb', '(?i)x')", "true"},
  };
  check_both(rows);
}

TEST_CASE("conformance: what is no use of a macro or function") {
  const Row rows[] = {
      {"has(1)", "problem: "},
      {"has({'a': 1}['a'])", "problem: "},
      {"has('a')", "problem: "},
      {"[1].all(1, true)", "problem: "},
      {"[1].all(x.y, true)", "problem: "},
      {"[1].map(.x, 1)", "problem: "},
  };
  check_starts(rows);
  for (const char* source :
       {"'a'.matches('(')", "'a'.matches('*')", "'a'.matches('(?=a)')", "'a'.matches('\\\\1')",
        "'a'.matches('[b-a]')", "'a'.matches('a{1001}')"}) {
    INFO(source);
    CHECK(outcome_of(Program::compile(source, {}), {})
              .starts_with("error: invalid regular expression"));
  }
  for (const char* source :
       {"has(a, b)", "[1].all(x)", "[1].exists(x, true, 1)", "all([1], x, true)", "unknown()",
        "'a'.unknown()", "size()", "'a'.size(1)"}) {
    INFO(source);
    CHECK(outcome_of(Program::compile(source, {}), {}).starts_with("problem: "));
    CHECK(outcome_of(Program::compile_unchecked(source, {}), {}).starts_with("error: "));
  }
}

TEST_CASE("conformance: what the type check finds out") {
  const Row rows[] = {
      {"[1, 2u]", "list(dyn)"},
      {"[[], [[]], [[[]]], [[[[]]]]]", "list(list(list(list(list(dyn)))))"},
      {"[[[[[]]]], [], [[[]]]]", "list(list(list(list(list(dyn)))))"},
      {"([].map(x, x))[0].foo", "dyn"},
      {"[1].map(x, x).map(y, string(y))", "list(string)"},
      {"[] + [1] + []", "list(int)"},
      {"{'abc': 123}['abc']", "int"},
      {"{'a': 1, 'b': 'c'}", "map(string, dyn)"},
      {"{1: 'a', 'b': 1}", "map(dyn, dyn)"},
      {"[{}, {'a': 1}]", "list(map(string, int))"},
      {"('foo' + 'bar').startsWith('foo')", "bool"},
      {"[null, timestamp(0)]", "list(timestamp)"},
      {"true ? null : duration('1s')", "duration"},
      {"[1, dyn('a')]", "list(dyn)"},
      {"type([1])", "type(list(int))"},
      {"null", "null"},
      {"[1, 2].filter(x, x > 1)", "list(int)"},
      {"{'a': 1}.filter(k, true)", "list(string)"},
      {"[1].exists_one(x, true)", "bool"},
      {"true ? 1 : 'a'", "problem: expected one type on both sides of :, got int and string"},
      {"1 == 1u", "problem: no such overload: ==(int, uint)"},
      {"1 < 1.0", "problem: no such overload: <(int, double)"},
      {"1 in ['a']", "problem: no such overload: in(int, list(string))"},
      {"[1]['0']", "problem: no such overload: [](list(int), string)"},
      {"!1", "problem: no such overload: !(int)"},
      {"-1u", "problem: no such overload: -(uint)"},
  };
  for (const Row& row : rows) {
    INFO(row.source);
    CHECK(type_of(row.source) == row.value);
  }
}

TEST_CASE(
    "conformance: a macro's variable hides names of the container, a leading dot finds them") {
  Environment environment;
  environment.set_container("com.example");
  environment.declare_variable("com.example.y", TypeKind::integer);
  environment.declare_variable("com.example.y.z", TypeKind::integer);
  environment.declare_variable("y.z", TypeKind::integer);
  environment.declare_variable("y", TypeKind::string);
  const Bindings bindings = {
      {"com.example.y", 41}, {"com.example.y.z", 42}, {"y.z", 43}, {"y", "root"}};
  const Row rows[] = {
      {"y", "41"},
      {".y", "'root'"},
      {"y.z", "42"},
      {".y.z", "43"},
      {"example.y", "41"},
      {"com.example.y", "41"},
      {"[0].exists(y, y == 0)", "true"},
      {"[{'z': 0}].exists(y, y.z == 0)", "true"},
      {"[{'z': 0}].exists(y, .y.z == 43)", "true"},
      {"[1].exists(y, [0].exists(y, y == 0))", "true"},
      {"[1].exists(x, y == 41)", "true"},
  };
  for (const Row& row : rows) {
    INFO(row.source);
    CHECK(outcome_of(Program::compile(row.source, environment), bindings) == row.value);
    CHECK(outcome_of(Program::compile_unchecked(row.source, environment), bindings) == row.value);
  }
}
