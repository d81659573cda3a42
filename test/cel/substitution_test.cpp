// SPDX-License-Identifier: Apache-2.0
#include "cel/substitution.hpp"

#include "catch.hpp"

using namespace octroi::cel;

namespace {

bool unifies(const char* expected, const char* given) {
  Substitution substitution;
  return substitution.unify(parse_type(expected), parse_type(given));
}

std::string joined(const char* left, const char* right) {
  Substitution substitution;
  return to_string(substitution.finish(substitution.join(parse_type(left), parse_type(right))));
}

}  // namespace

TEST_CASE("types unify where a value of one may stand for the other") {
  CHECK(unifies("int", "int"));
  CHECK_FALSE(unifies("int", "uint"));
  CHECK(unifies("int", "dyn"));
  CHECK(unifies("list(dyn)", "list(int)"));
  CHECK_FALSE(unifies("list(int)", "map(int, int)"));
  CHECK_FALSE(unifies("list(int)", "list(string)"));
  CHECK(unifies("null", "null"));
  CHECK(unifies("project", "null"));
  CHECK(unifies("null", "timestamp"));
  CHECK_FALSE(unifies("int", "null"));
  CHECK_FALSE(unifies("project", "dataset"));
  CHECK(unifies("type(int)", "type(string)"));
  CHECK(unifies("map(A, A)", "map(int, int)"));
  CHECK_FALSE(unifies("map(A, A)", "map(int, string)"));
  CHECK_FALSE(unifies("A", "list(A)"));
  CHECK(unifies("map(A, B)", "map(B, A)"));
}

TEST_CASE("elements of two types have the more general one") {
  CHECK(joined("int", "int") == "int");
  CHECK(joined("int", "string") == "dyn");
  CHECK(joined("int", "dyn") == "dyn");
  CHECK(joined("dyn", "int") == "dyn");
  CHECK(joined("null", "project") == "project");
  CHECK(joined("project", "null") == "project");
  CHECK(joined("list(int)", "list(dyn)") == "list(dyn)");
  CHECK(joined("list(dyn)", "list(int)") == "list(dyn)");
  CHECK(joined("list(A)", "list(int)") == "list(int)");
  CHECK(joined("A", "A") == "dyn");
}

TEST_CASE("what does not unify binds nothing, and what did can be taken back") {
  Substitution substitution;
  const Type variable = substitution.fresh();
  const std::size_t before = substitution.mark();
  CHECK_FALSE(substitution.unify(Type::map(variable, TypeKind::integer),
                                 parse_type("map(string, string)")));
  CHECK(substitution.apply(variable) == variable);
  CHECK(substitution.unify(Type::list(variable), parse_type("list(string)")));
  CHECK(substitution.apply(variable) == TypeKind::string);
  substitution.roll_back(before);
  CHECK(substitution.apply(variable) == variable);
}
