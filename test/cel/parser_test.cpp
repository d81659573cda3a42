// SPDX-License-Identifier: Apache-2.0
#include "cel/parser.hpp"

#include <string>

#include "base/limits.hpp"
#include "catch.hpp"
#include "cel/sample.hpp"

using namespace octroi;
using namespace octroi::cel;

namespace {

std::string shown(const Node& node);

template <typename List>
std::string joined(const List& nodes) {
  std::string result;
  for (const NodePointer& node : nodes) result += " " + shown(*node);
  return result;
}

/// A tree in prefix form: (+ a b).
struct Shower {
  std::string operator()(const Literal& form) const { return sample::shown(form.value); }
  std::string operator()(const Name& form) const { return form.name; }
  std::string operator()(const Select& form) const {
    return (form.is_test ? "(has " : "(. ") + shown(*form.operand) + " " + form.field + ")";
  }
  std::string operator()(const Call& form) const {
    return std::string("(") + (form.is_member ? "." : "") + form.function + joined(form.arguments) +
           ")";
  }
  std::string operator()(const Logical& form) const {
    return (form.is_and ? "(&&" : "(||") + joined(form.operands) + ")";
  }
  std::string operator()(const Conditional& form) const {
    return "(? " + shown(*form.condition) + " " + shown(*form.if_true) + " " +
           shown(*form.if_false) + ")";
  }
  std::string operator()(const ListForm& form) const { return "[" + joined(form.elements) + "]"; }
  std::string operator()(const MapForm& form) const {
    std::string result = "{";
    for (const auto& [key, value] : form.entries) result += shown(*key) + ":" + shown(*value) + ";";
    return result + "}";
  }
  std::string operator()(const ObjectForm& form) const {
    std::string result = form.type_name + "{";
    for (const FieldForm& field : form.fields)
      result += field.name + ":" + shown(*field.value) + ";";
    return result + "}";
  }
  std::string operator()(const Comprehension& form) const {
    std::string result = "(for " + form.variable + " " + shown(*form.range);
    if (form.condition) result += " if " + shown(*form.condition);
    if (form.transform) result += " to " + shown(*form.transform);
    return result + ")";
  }
};

std::string shown(const Node& node) {
  return std::visit(Shower(), node.form);
}

std::string parsed(std::string_view source) {
  const auto result = parse(source);
  if (const auto* problem = std::get_if<Problem>(&result)) {
    return std::to_string(problem->line) + ":" + std::to_string(problem->column) + " " +
           problem->message;
  }
  return shown(*std::get<NodePointer>(result));
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string result;
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

}  // namespace

TEST_CASE("operators bind as the language says") {
  struct Row {
    const char* source;
    const char* tree;
  };
  const Row rows[] = {
      {"a + b * c", "(_+_ a (_*_ b c))"},
      {"a - b - c", "(_-_ (_-_ a b) c)"},
      {"a / b % c", "(_%_ (_/_ a b) c)"},
      {"(a + b) * c", "(_*_ (_+_ a b) c)"},
      {"-a * b", "(_*_ (-_ a) b)"},
      {"!a.b", "(!_ (. a b))"},
      {"a < b == c", "(_==_ (_<_ a b) c)"},
      {"a in b + c", "(@in a (_+_ b c))"},
      {"a || b && c", "(|| a (&& b c))"},
      {"a && b && c || d", "(|| (&& a b c) d)"},
      {"a == b && c != d", "(&& (_==_ a b) (_!=_ c d))"},
      {"a ? b : c ? d : e", "(? a b (? c d e))"},
      {"a || b ? c : d", "(? (|| a b) c d)"},
      {"a.b[c].d", "(. (_[_] (. a b) c) d)"},
      {"a - -1", "(_-_ a -1)"},
      {"a -1", "(_-_ a 1)"},
      {"--1", "(-_ -1)"},
      {"-9223372036854775808", "-9223372036854775808"},
      {"- 5u", "(-_ 5u)"},
      {"!-1", "(!_ -1)"},
      {".a.b", "(. .a b)"},
      {"[1, 2,]", "[ 1 2]"},
      {"{'a': 1, 2: b,}", "{'a':1;2:b;}"},
      {"a.b{c: 1}", "a.b{c:1;}"},
      {"f(a, b)", "(f a b)"},
      {"a.f(b)", "(.f a b)"},
      {"a.size().size()", "(.size (.size a))"},
      {"{}.while", "(. {} while)"},
  };
  for (const Row& row : rows) {
    INFO(row.source);
    CHECK(parsed(row.source) == row.tree);
  }
}

TEST_CASE("macros are expanded, and only with as many arguments as they take") {
  CHECK(parsed("has(a.b)") == "(has a b)");
  CHECK(parsed("a.all(x, x > 1)") == "(for x a if (_>_ x 1))");
  CHECK(parsed("a.filter(x, x)") == "(for x a if x)");
  CHECK(parsed("a.map(x, f(x))") == "(for x a to (f x))");
  CHECK(parsed("a.map(x, x > 1, f(x))") == "(for x a if (_>_ x 1) to (f x))");
  CHECK(parsed("a.exists(x)") == "(.exists a x)");
  CHECK(parsed("exists(x, y)") == "(exists x y)");
  CHECK(parsed("has(a)") == "1:5 expected a field as the argument of has, as in has(a.b)");
  CHECK(parsed("has(has(a.b))") == "1:5 expected a field as the argument of has, as in has(a.b)");
  CHECK(parsed("a.all(1, true)") == "1:7 expected the name of a variable for each element");
  CHECK(parsed("a.all(b.c, true)") == "1:7 expected the name of a variable for each element");
}

TEST_CASE("wrong syntax is named with its place") {
  struct Row {
    const char* source;
    const char* expected;
  };
  const Row rows[] = {
      {"", "1:1 expected an expression, got the end of the expression"},
      {"a +", "1:4 expected an expression, got the end of the expression"},
      {"a b", "1:3 expected an operator or the end, got \"b\""},
      {"(a", "1:3 expected \")\", got the end of the expression"},
      {"a ? b", "1:6 expected \":\", got the end of the expression"},
      {"[1 2]", "1:4 expected \"]\", got \"2\""},
      {"f(a,)", "1:5 expected an expression, got \")\""},
      {"{1}", "1:3 expected \":\", got \"}\""},
      {"a.\n 1", "2:2 expected the name of a field or function, got \"1\""},
      {"a.in", "1:3 expected the name of a field or function, got \"in\""},
      {"for + 1", "1:1 expected a name, got \"for\", which is a reserved word"},
      {"1{a: 2}", "1:2 expected an operator or the end, got \"{\""},
      {"`a`", "1:2 expected an expression, got \"a\""},
      {"!-'x'", "1:2 expected an expression, got \"-\""},
      {"9223372036854775808", "1:1 expected an int of 64 bits, got \"9223372036854775808\""},
      {"18446744073709551616u", "1:1 expected a uint of 64 bits, got \"18446744073709551616u\""},
      {"1e999", "1:1 expected a number in the range of a double"},
      {"'a\\q'", "1:3 expected an escape sequence"},
      {"'\\ud800'", "1:2 expected an escape sequence"},
      {"'\\U00110000'", "1:2 expected the code point of a character"},
      {"b'\\u0041'", "1:3 expected an escape sequence"},
  };
  for (const Row& row : rows) {
    INFO(row.source);
    CHECK(parsed(row.source) == row.expected);
  }
}

TEST_CASE("a source at the length limit is read, and one byte more is refused by name") {
  const std::string fits = "1" + std::string(limits::k_expression_bytes_max - 1, ' ');
  CHECK(parsed(fits) == "1");
  CHECK(parsed(fits + " ") ==
        "1:8193 expected an expression of at most 8192 bytes, got 8193 (expression length limit)");
}

TEST_CASE("what is nested too deep is refused by name, without a crash") {
  const std::string limit =
      "expected an expression of at most 64 nested levels (expression depth limit)";
  for (const std::string& source :
       {repeated("(", 8000), repeated("[", 8000), repeated("-", 8000) + "1",
        repeated("!", 4000) + "a", repeated("{1:", 2700), repeated("a?b:", 2000) + "c",
        "a" + repeated(".b", 4000), "a" + repeated("[0]", 2700), "1" + repeated("+1", 4000),
        repeated("f(", 4000), "a" + repeated(".f()", 2000), repeated("a[", 4000),
        repeated("a{b:", 2000), repeated("x.all(x,", 1000)}) {
    INFO(source.substr(0, 10));
    CHECK(parsed(source).find(limit) != std::string::npos);
  }
  CHECK(parsed(repeated("(", 63) + "1" + repeated(")", 63)) == "1");
  CHECK(parsed(repeated("[", 63) + "1" + repeated("]", 63)).ends_with("]"));
  CHECK(parsed("1" + repeated("+1", 63)).ends_with("1)"));
  CHECK(parsed("1" + repeated("+1", 64)).find(limit) != std::string::npos);
}

TEST_CASE("long runs of && and || are flat") {
  CHECK(parsed("a" + repeated(" && a", 1000)).starts_with("(&& a a a"));
  CHECK(parsed("a" + repeated(" || a", 1000)).starts_with("(|| a a a"));
}

TEST_CASE("bytes that are not UTF-8 are refused") {
  CHECK(parsed("'\xff'") == "1:1 expected an expression in UTF-8");
}
