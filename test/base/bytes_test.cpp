// SPDX-License-Identifier: Apache-2.0
#include "base/bytes.hpp"

#include "catch.hpp"

namespace octroi {

TEST_CASE("hexadecimal is written in lower case, two digits a byte") {
  CHECK(to_hex({}) == "");
  CHECK(to_hex(Bytes{0x00}) == "00");
  CHECK(to_hex(Bytes{0x01, 0x9a, 0xbc, 0xde, 0xf0, 0xff}) == "019abcdef0ff");
}

TEST_CASE("hexadecimal comes back for every byte") {
  Bytes bytes;
  for (int value = 0; value < 256; ++value) bytes.push_back(static_cast<std::uint8_t>(value));
  CHECK(from_hex(to_hex(bytes)) == bytes);
  CHECK(from_hex("") == Bytes{});
}

TEST_CASE("hexadecimal refuses all but lower-case digits in pairs") {
  const char* const refused[] = {"0",   "abc",  "AB",   "aB", "0g", "g0", " 0", "0 ",
                                 "00 ", "0x00", "00\n", "/0", ":0", "`0", "é"};
  for (const char* text : refused) {
    INFO(text);
    CHECK_FALSE(from_hex(text).has_value());
  }
  CHECK_FALSE(from_hex(std::string_view("0\0", 2)).has_value());
  CHECK_FALSE(from_hex(std::string_view("abcd").substr(0, 3)).has_value());
}

TEST_CASE("a digest is 64 digits and orders as its bytes do") {
  const std::string text = "00ff" + std::string(60, 'a');
  const std::optional<Digest> digest = Digest::from_hex(text);
  REQUIRE(digest.has_value());
  CHECK(digest->hex() == text);
  CHECK(*digest > Digest{});
  CHECK_FALSE(Digest::from_hex(text.substr(2)).has_value());
  CHECK_FALSE(Digest::from_hex(text + "aa").has_value());
  CHECK_FALSE(Digest::from_hex("").has_value());
  CHECK_FALSE(Digest::from_hex("0" + text.substr(0, 62) + "G").has_value());
}

TEST_CASE("text and bytes are views of each other") {
  const std::string text("a\0\xff", 3);
  CHECK(as_bytes(text).size() == 3);
  CHECK(as_bytes(text)[2] == 0xff);
  CHECK(as_text(as_bytes(text)) == text);
  CHECK(static_cast<const void*>(as_bytes(text).data()) == text.data());
}

}  // namespace octroi
