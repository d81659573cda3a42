// SPDX-License-Identifier: Apache-2.0
#include "json/value.hpp"

#include <algorithm>
#include <string>

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

TEST_CASE("members stand sorted by the bytes of their names, however they were set") {
  Value value = Value::Object{};
  for (const char* name : {"b", "", "aa", "\xC3\xA9", "a", "B"}) value.set(name, name);
  value.set("a", "again");
  CHECK_FALSE(value.as_object().emplace("aa", "not taken"));
  CHECK(value.as_object().emplace("c", "new"));
  value.as_object()["bb"].push(1);
  value.as_object()["c"] = "c";
  std::string names;
  for (const auto& [name, member] : value.as_object()) names += name + ";";
  CHECK(names == ";B;a;aa;b;bb;c;\xC3\xA9;");
  CHECK(value.text("a") == "again");
  CHECK(value.text("aa") == "aa");
  CHECK(value.text("c") == "c");
  CHECK(value.at("bb") == Value::Array{1});

  CHECK(value.as_object().extract("b") == Value("b"));
  CHECK_FALSE(value.as_object().extract("b"));
  CHECK(value.as_object().erase("") == 1);
  CHECK(value.as_object().erase("") == 0);
  CHECK_FALSE(value.as_object().contains(""));
  CHECK(value.as_object().size() == 6);
}

TEST_CASE("an object of members in any order finds each, and none has a name twice") {
  const std::size_t count = GENERATE(std::size_t{0}, std::size_t{1}, std::size_t{2},
                                     std::size_t{32}, std::size_t{33}, std::size_t{100'000});
  Object::Row members;
  for (std::size_t i = 0; i < count;
       ++i) {  // alternately from both ends, so that nothing is sorted
    const std::size_t number = i % 2 == 0 ? i / 2 : count - 1 - i / 2;
    members.emplace_back("name " + std::to_string(number), static_cast<std::int64_t>(number));
  }
  Object::Row twice = members;
  const std::optional<Object> object = Object::of(std::move(members));
  REQUIRE(object);
  CHECK(object->size() == count);
  CHECK(std::is_sorted(object->begin(), object->end(), [](const auto& left, const auto& right) {
    return left.first < right.first;
  }));
  for (std::size_t i = 0; i < count; ++i) {
    const auto found = object->find("name " + std::to_string(i));
    if (found == object->end() || found->second != Value(static_cast<std::int64_t>(i))) FAIL(i);
  }
  CHECK_FALSE(object->contains("name"));
  CHECK_FALSE(object->contains("name " + std::to_string(count)));
  CHECK_FALSE(object->contains("zzz"));
  if (count == 0) return;
  twice.emplace_back(twice.front().first, "another");
  CHECK_FALSE(Object::of(std::move(twice)));
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
