// SPDX-License-Identifier: Apache-2.0
#include "cel/value.hpp"

#include "catch.hpp"
#include "cel/sample.hpp"

using namespace octroi::cel;

TEST_CASE("a map finds a key by what it is worth") {
  const Value map = Value::map({{Value("b"), Value(1)},
                                {Value(std::uint64_t{2}), Value(2)},
                                {Value(-3), Value(3)},
                                {Value(true), Value(4)},
                                {Value("a"), Value(5)}});
  CHECK(sample::shown(map) == "{true: 4, -3: 3, 2u: 2, 'a': 5, 'b': 1}");
  CHECK(map.find(Value(2))->as_integer() == 2);
  CHECK(map.find(Value(-3.0))->as_integer() == 3);
  CHECK(map.find(Value(true))->as_integer() == 4);
  CHECK(map.find_field("a")->as_integer() == 5);
  for (const Value& absent : {Value(1), Value(2.5), Value(1e300), Value(std::uint64_t{1} << 63),
                              Value(false), Value("c"), Value(), Value(Value::List{})}) {
    CHECK(map.find(absent) == nullptr);
  }
  CHECK(Value("text").find_field("a") == nullptr);
}

TEST_CASE("an object is a map with a name") {
  const Value object = Value::object("project", {{Value("name"), Value("x")}});
  CHECK(object.kind() == TypeKind::object);
  CHECK(object.is_map_or_object());
  CHECK(to_string(object.type()) == "project");
  CHECK(Value::map({}).kind() == TypeKind::map);
}

TEST_CASE("keys given twice are seen") {
  CHECK(has_repeated_key({{Value(1), Value()}, {Value("1"), Value()}, {Value(1), Value()}}));
  CHECK(has_repeated_key({{Value(1), Value()}, {Value(std::uint64_t{1}), Value()}}));
  CHECK_FALSE(has_repeated_key({{Value(1), Value()}, {Value(true), Value()}}));
}

TEST_CASE("types are read as they are written") {
  for (const char* text : {"dyn", "map(string, list(int))", "type(type(int))", "list(A)",
                           "timestamp", "project", "map(K, map(A, list(dyn)))"}) {
    CHECK(to_string(parse_type(text)) == text);
  }
  CHECK(parse_type("A").kind() == TypeKind::parameter);
  CHECK(parse_type("project").kind() == TypeKind::object);
  CHECK(parse_type("list(int)").element() == TypeKind::integer);
  CHECK(runtime_name(parse_type("map(int, int)")) == "map");
  CHECK(runtime_name(TypeKind::duration) == "google.protobuf.Duration");
}
