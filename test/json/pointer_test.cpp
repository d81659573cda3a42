// SPDX-License-Identifier: Apache-2.0
#include "json/pointer.hpp"

#include "catch.hpp"
#include "json/read.hpp"
#include "json/write.hpp"

namespace octroi::json {

TEST_CASE("a pointer escapes the two characters that mean something in it") {
  CHECK(pointer_to("", "a") == "/a");
  CHECK(pointer_to("/a", "") == "/a/");
  CHECK(pointer_to("", "m~n") == "/m~0n");
  CHECK(pointer_to("", "a/b") == "/a~1b");
  CHECK(pointer_to("", "~1") == "/~01");
}

TEST_CASE("a pointer that is shown is printable and short") {
  CHECK(shown_pointer("/project/title") == "/project/title");
  CHECK(shown_pointer("/a\x1b[31m").find('\x1b') == std::string::npos);
  CHECK(shown_pointer("/" + std::string(10'000, 'a')).size() < 200);
}

TEST_CASE("a pointer leads to a member or item, or nowhere") {
  const Value value = read(R"({"a": {"b/c": [10, 20, {"~": true}]}, "": 1})", "value");
  CHECK(*find_at(value, "") == value);
  CHECK(*find_at(value, "/a/b~1c/1") == Value(20));
  CHECK(*find_at(value, "/a/b~1c/2/~0") == Value(true));
  CHECK(*find_at(value, "/") == Value(1));
  for (const char* nowhere :
       {"a", "/b", "/a/b~1c/3", "/a/b~1c/-", "/a/b~1c/01", "/a/b~1c/x", "/a/b~1c/0/0", "/a/b/c",
        "/a/b~1c/1 ", "/a/b~1c/18446744073709551616"}) {
    INFO(nowhere);
    CHECK(find_at(value, nowhere) == nullptr);
  }
}

TEST_CASE("a value is put where its pointer has a place, and taken out where it is") {
  Value value = read(R"({"a": [1, 2], "b": {}})", "value");
  CHECK(set_at(value, "/a/0", 3));
  CHECK(set_at(value, "/a/-", 4));
  CHECK(set_at(value, "/b/new", "x"));
  CHECK(canonical(value) == R"({"a":[3,2,4],"b":{"new":"x"}})");
  for (const char* nowhere : {"a", "/c/d", "/a/3", "/b/new/x", "/a/-/x"}) {
    INFO(nowhere);
    CHECK_FALSE(set_at(value, nowhere, 1));
    CHECK_FALSE(remove_at(value, nowhere));
  }
  CHECK(remove_at(value, "/a/1"));
  CHECK(remove_at(value, "/b/new"));
  CHECK_FALSE(remove_at(value, "/b/new"));
  CHECK_FALSE(remove_at(value, ""));
  CHECK(canonical(value) == R"({"a":[3,4],"b":{}})");
  CHECK(set_at(value, "", 5));
  CHECK(value == Value(5));
}

}  // namespace octroi::json
