// SPDX-License-Identifier: Apache-2.0
#include "json/tape.hpp"

#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "json/to_value.hpp"

namespace octroi::json {
namespace {

constexpr std::string_view k_text =
    R"({"title": "A study", "is_open": true, "days": [1, -2], "at": {"b": "", "a": null}})";

Tape tape_of(std::string_view text) {
  return read_laid(text, "x");
}

}  // namespace

TEST_CASE("a value on a tape tells its kind, and members by their names") {
  const Tape tape = tape_of(k_text);
  const TapeValue value = tape.root();
  CHECK(value.is_object());
  CHECK(value.size() == 4);
  CHECK(value.at("title").is_string());
  CHECK(value.at("title").as_string() == "A study");
  CHECK(value.at("is_open").as_boolean());
  CHECK(value.at("days").is_array());
  CHECK(value.at("at").at("a").kind() == Kind::null);
  CHECK_FALSE(value.find("a"));
  CHECK_FALSE(value.find(""));
  CHECK_FALSE(value.at("days").find(""));
  CHECK_FALSE(value.at("title").find("title"));
}

TEST_CASE("of a member that is absent there is a text, a flag and a list") {
  const Tape tape = tape_of(k_text);
  const TapeValue value = tape.root();
  CHECK(value.text("title") == "A study");
  CHECK(value.text("none").empty());
  CHECK(value.flag("is_open") == true);
  CHECK_FALSE(value.flag("none").has_value());
  CHECK(value.list("days").size() == 2);
  CHECK(value.list("none").empty());
  CHECK(value.list("none").is_array());
  for (const TapeValue item : value.list("none")) FAIL(item.name());
}

TEST_CASE("items and members come in the order of the text") {
  const Tape tape = tape_of(k_text);
  std::vector<std::string_view> names;
  for (const TapeValue member : tape.root()) names.push_back(member.name());
  CHECK(names == std::vector<std::string_view>{"title", "is_open", "days", "at"});
  std::vector<std::int64_t> days;
  for (const TapeValue day : tape.root().at("days")) days.push_back(day.as_integer());
  CHECK(days == std::vector<std::int64_t>{1, -2});
  CHECK_FALSE(tape.root().is_sorted());
}

TEST_CASE("what no tape takes is kept by it, wherever it goes") {
  for (const std::string_view text : {R"("caf\u00e9")", R"({"title": "caf\u00e9", "a": "é"})"}) {
    INFO(text);
    Tape plain;
    CHECK_FALSE(plain.read(text));
    std::vector<Tape> tapes;
    for (int i = 0; i < 9; ++i) tapes.push_back(tape_of(text));
    const Tape moved = std::move(tapes.front());
    const TapeValue value = moved.root();
    CHECK((value.is_string() ? value.as_string() : value.text("title")) == "café");
    CHECK(to_value(tapes.back().root()) == to_value(value));
    CHECK(to_value(std::move(tapes.back())) == to_value(value));
  }
}

TEST_CASE("a tape that is used again holds nothing of before") {
  Tape tape;
  tape.keep("kept");
  CHECK(tape.root().as_string() == "kept");
  REQUIRE(tape.read("[1]"));
  CHECK(to_value(std::move(tape)) == Value(Value::Array{1}));
  Tape other;
  other.keep("kept");
  const Value borrowed = object({{"b", 1}, {"a", 0.5}});
  other.lay(borrowed);
  CHECK(other.root().is_sorted());
  CHECK(other.root().at("a").kind() == Kind::number);
  other.keep("kept again");
  CHECK(to_value(std::move(other)) == Value("kept again"));
}

}  // namespace octroi::json
