// SPDX-License-Identifier: Apache-2.0
#include "crypto/encoding.hpp"

#include <array>
#include <utility>

#include "catch.hpp"

namespace octroi::crypto {
namespace {

constexpr std::string_view k_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// base64url by its definition: the bits in a row, six to a letter, the last ones filled with 0.
std::string encoded_by_definition(ByteView bytes) {
  std::string bits;
  for (const std::uint8_t byte : bytes) {
    for (int i = 7; i >= 0; --i) bits += (byte >> i & 1) != 0 ? '1' : '0';
  }
  while (bits.size() % 6 != 0) bits += '0';
  std::string text;
  for (std::size_t i = 0; i < bits.size(); i += 6) {
    text += k_alphabet[std::stoul(bits.substr(i, 6), nullptr, 2)];
  }
  return text;
}

}  // namespace

// Source: RFC 4648 section 10, without the padding.
TEST_CASE("base64url: known answers") {
  const std::array<std::pair<const char*, const char*>, 7> answers = {{{"", ""},
                                                                       {"f", "Zg"},
                                                                       {"fo", "Zm8"},
                                                                       {"foo", "Zm9v"},
                                                                       {"foob", "Zm9vYg"},
                                                                       {"fooba", "Zm9vYmE"},
                                                                       {"foobar", "Zm9vYmFy"}}};
  for (const auto& [text, encoded] : answers) {
    CHECK(to_base64url(as_bytes(text)) == encoded);
    const std::optional<Bytes> decoded = from_base64url(encoded);
    REQUIRE(decoded.has_value());
    CHECK(as_text(*decoded) == text);
  }
  CHECK(to_base64url(Bytes{0xfb, 0xff, 0xfe}) == "-__-");
}

TEST_CASE("base64url is what its definition says, and comes back") {
  Bytes bytes;
  for (int size = 0; size < 130; ++size) {
    const std::string encoded = to_base64url(bytes);
    CHECK(encoded == encoded_by_definition(bytes));
    CHECK(from_base64url(encoded) == bytes);
    bytes.push_back(static_cast<std::uint8_t>(size * 151 + 13));
  }
}

TEST_CASE("base64url refuses every form but the one") {
  const std::array<std::pair<const char*, const char*>, 16> corruptions = {{
      {"padding where it would be due", "Zg=="},
      {"one sign of padding", "Zm8="},
      {"padding where none is due", "Zm9v===="},
      {"the other alphabet's 62nd", "+__-"},
      {"the other alphabet's 63rd", "-_/-"},
      {"the other alphabet after a whole group", "Zm9vYm+/"},
      {"a space inside", "Zm 9v"},
      {"a space before", " Zm9v"},
      {"a line feed after", "Zm9v\n"},
      {"a line feed inside", "Zm9v\nYmFy"},
      {"one letter alone", "Z"},
      {"one letter too many", "Zm9vY"},
      {"trailing bits after one byte", "Zh"},
      {"trailing bits after two bytes", "Zm9"},
      {"a full stop", "Zm9v."},
      {"not ASCII", "Zm9\xc3\xa9"},
  }};
  for (const auto& [name, text] : corruptions) {
    INFO(name);
    CHECK_FALSE(from_base64url(text).has_value());
  }
  CHECK_FALSE(from_base64url(std::string_view("Zm9v\0", 5)).has_value());
  CHECK_FALSE(from_base64url(std::string_view("Zm9v\0YmFy", 9)).has_value());
}

// libsodium's own reader takes every byte from 0x80 on for '_'; so would a token have many texts.
TEST_CASE("each place of base64url takes the 64 letters and nothing else") {
  for (std::size_t at = 0; at < 8; ++at) {
    std::size_t accepted = 0;
    for (int value = 0; value < 256; ++value) {
      std::string text = "AAAAAAAA";
      text[at] = static_cast<char>(value);
      const bool is_letter = k_alphabet.find(text[at]) != std::string_view::npos;
      if (from_base64url(text).has_value() != is_letter) FAIL_CHECK(value << " at " << at);
      accepted += is_letter ? 1 : 0;
    }
    CHECK(accepted == k_alphabet.size());
  }
}

// Source: RFC 4648 section 10.
TEST_CASE("base64: known answers") {
  const std::array<std::pair<const char*, const char*>, 7> answers = {{{"", ""},
                                                                       {"f", "Zg=="},
                                                                       {"fo", "Zm8="},
                                                                       {"foo", "Zm9v"},
                                                                       {"foob", "Zm9vYg=="},
                                                                       {"fooba", "Zm9vYmE="},
                                                                       {"foobar", "Zm9vYmFy"}}};
  for (const auto& [text, encoded] : answers) {
    CHECK(to_base64(as_bytes(text)) == encoded);
    const std::optional<Bytes> decoded = from_base64(encoded);
    REQUIRE(decoded.has_value());
    CHECK(as_text(*decoded) == text);
  }
  CHECK(to_base64(Bytes{0xfb, 0xff, 0xfe}) == "+//+");
}

TEST_CASE("base64 refuses every form but the one") {
  const std::array<std::pair<const char*, const char*>, 15> corruptions = {{
      {"no padding", "Zg"},
      {"half the padding", "Zg="},
      {"too much padding", "Zm8=="},
      {"padding where none is due", "Zm9v===="},
      {"padding alone", "===="},
      {"something behind the padding", "Zg==Zg=="},
      {"the other alphabet's 62nd", "-//+"},
      {"the other alphabet's 63rd", "+/_+"},
      {"a space inside", "Zm 9v"},
      {"a space behind", "Zm9v "},
      {"a line feed behind", "Zm9v\n"},
      {"a carriage return behind", "Zg==\r"},
      {"trailing bits after one byte", "Zh=="},
      {"trailing bits after two bytes", "Zm9="},
      {"not ASCII", "Zm9\xdf"},
  }};
  for (const auto& [name, text] : corruptions) {
    INFO(name);
    CHECK_FALSE(from_base64(text).has_value());
  }
  CHECK_FALSE(from_base64(std::string_view("Zm9v\0", 5)).has_value());
}

TEST_CASE("base64url into a buffer: what fits, strictly") {
  std::array<std::uint8_t, 3> buffer{};
  CHECK(from_base64url("Zm9v", buffer) == 3U);
  CHECK(as_text(buffer) == "foo");
  CHECK(from_base64url("Zg", buffer) == 1U);
  CHECK(from_base64url("", buffer) == 0U);
  CHECK_FALSE(from_base64url("Zm9vYg", buffer).has_value());
  CHECK_FALSE(from_base64url("Zh", buffer).has_value());
  CHECK_FALSE(from_base64url("Zm9\xdf", buffer).has_value());
}

TEST_CASE("of the last letters that could mean a byte, only those without trailing bits do") {
  int one_byte = 0;
  int two_bytes = 0;
  for (int value = 0; value < 256; ++value) {
    const char last = static_cast<char>(value);
    one_byte += from_base64url(std::string("Z") + last).has_value() ? 1 : 0;
    two_bytes += from_base64url(std::string("Zm") + last).has_value() ? 1 : 0;
  }
  CHECK(one_byte == 4);    // 6 bits, 4 of them unused
  CHECK(two_bytes == 16);  // 6 bits, 2 of them unused
}

}  // namespace octroi::crypto
