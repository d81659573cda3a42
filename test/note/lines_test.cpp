// SPDX-License-Identifier: Apache-2.0
#include "note/lines.hpp"

#include "catch.hpp"

namespace octroi::note {

TEST_CASE("decimal numbers have one form") {
  CHECK(parse_decimal("0") == 0U);
  CHECK(parse_decimal("7") == 7U);
  CHECK(parse_decimal("20852163") == 20'852'163U);
  CHECK(parse_decimal("9223372036854775807") == 9'223'372'036'854'775'807U);
  for (const char* text :
       {"", "00", "01", "-1", "+1", " 1", "1 ", "1\n", "0x1", "1e3", "1.0", "1_0",
        "9223372036854775808", "18446744073709551616", "99999999999999999999999", "\xd9\xa1"}) {
    INFO(text);
    CHECK_FALSE(parse_decimal(text).has_value());
  }
}

TEST_CASE("hashes are 32 bytes in strict base64") {
  const std::string root = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
  CHECK(parse_hash(root) == merkle::empty_root());
  CHECK(hash_text(merkle::empty_root()) == root);
  const std::string body = root.substr(0, 42);
  for (const std::string& text :
       {std::string(), body + "U", body + "U==", body + "V=", body + "U= ", body + "U=\r",
        " " + root, root + root, root.substr(1), std::string("AAAA"),
        "47DEQpj8HBSa-" + root.substr(13)}) {
    INFO(text);
    CHECK_FALSE(parse_hash(text).has_value());
  }
}

TEST_CASE("lines end with a line feed") {
  LineReader lines("one\n\nthree\nrest", 5);
  CHECK(lines.next() == "one");
  CHECK(lines.line() == 5);
  CHECK(lines.next() == "");
  CHECK(lines.next() == "three");
  CHECK(lines.rest() == "rest");
  CHECK_FALSE(lines.next().has_value());
  CHECK(lines.fault("expected more").text() == "line 8: expected more");
}

TEST_CASE("texts that no format takes") {
  CHECK_FALSE(fault_in_text("na\u00efve\n\n", 8).has_value());
  CHECK(fault_in_text("123456789", 8)->text() == "line 1: expected at most 8 bytes, got 9");
  CHECK(fault_in_text("a\nb\r\n", 8)->text() == "line 2: expected no control character, got 0x0d");
  CHECK(fault_in_text("a\tb\n", 8)->text() == "line 1: expected no control character, got 0x09");
  CHECK(fault_in_text(std::string_view("a\n\n\0", 4), 8)->text() ==
        "line 3: expected no control character, got 0x00");
  CHECK(fault_in_text("\x1b[2J\n", 8).has_value());
  CHECK(fault_in_text("\xff\n", 8)->text() == "line 1: expected UTF-8");
  CHECK(fault_in_text("\xc0\xaf\n", 8)->text() == "line 1: expected UTF-8");
}

}  // namespace octroi::note
