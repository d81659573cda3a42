// SPDX-License-Identifier: Apache-2.0
#include "json/value.hpp"

#include "catch.hpp"

namespace octroi::json {

TEST_CASE("a value tells its kind") {
  CHECK(Value().kind() == Kind::null);
  CHECK(Value(nullptr).kind() == Kind::null);
  CHECK(Value(true).kind() == Kind::boolean);
  CHECK(Value(7).kind() == Kind::integer);
  CHECK(Value(std::int64_t{7}).kind() == Kind::integer);
  CHECK(Value(7.0).kind() == Kind::number);
  CHECK(Value("seven").kind() == Kind::string);
  CHECK(Value(Value::Array{}).kind() == Kind::array);
  CHECK(Value(Value::Object{}).kind() == Kind::object);
}

TEST_CASE("an integer is read as a number too") {
  CHECK(Value(7).as_number() == 7.0);
  CHECK(Value(0.5).as_number() == 0.5);
}

TEST_CASE("a member is found by its name, and only in an object") {
  const Value document = object({{"title", "A study"}, {"count", 3}});
  REQUIRE(document.find("title") != nullptr);
  CHECK(document.find("title")->as_string() == "A study");
  CHECK(document.find("Title") == nullptr);
  CHECK(Value("title").find("title") == nullptr);
  CHECK(document.at("count").as_integer() == 3);
  CHECK(document.text("title") == "A study");
  CHECK(document.text("subtitle", "none") == "none");
}

TEST_CASE("setting and appending make the container that is not there yet") {
  Value document;
  document.set("ids", Value());
  document.set("ids", Value::Array{"a"});
  document.as_object().at("ids").push("b");
  CHECK(document == object({{"ids", strings({"a", "b"})}}));

  Value list;
  list.push(1);
  CHECK(list == Value::Array{1});
}

TEST_CASE("the texts of an absent array are none") {
  CHECK(to_strings(nullptr).empty());
  const Value list = strings({"b", "a"});
  CHECK(to_strings(&list) == std::vector<std::string>{"b", "a"});
}

TEST_CASE("equality looks at kinds and at all members, in any order of setting") {
  CHECK(object({{"a", 1}, {"b", 2}}) == object({{"b", 2}, {"a", 1}}));
  CHECK_FALSE(object({{"a", 1}}) == object({{"a", 1}, {"b", 2}}));
  CHECK_FALSE(Value(1) == Value(1.0));
  CHECK_FALSE(Value("1") == Value(1));
  CHECK_FALSE(Value() == Value(false));
}

}  // namespace octroi::json
