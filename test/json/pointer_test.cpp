// SPDX-License-Identifier: Apache-2.0
#include "json/pointer.hpp"

#include "catch.hpp"

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

}  // namespace octroi::json
