// SPDX-License-Identifier: Apache-2.0
#include "status/status_list.hpp"

#include <random>

#include "catch.hpp"
#include "crypto/encoding.hpp"
#include "status/inflate.hpp"

namespace octroi::status {
namespace {

using json::Value;

Value object_of(Value bits, ByteView bytes) {
  return json::object({{"bits", std::move(bits)}, {"lst", crypto::to_base64url(deflate(bytes))}});
}

}  // namespace

TEST_CASE("a new list is valid throughout, and ends where it ends") {
  const StatusList list(2, 65'536);
  CHECK(list.size() == 65'536);
  for (std::size_t i = 0; i < list.size(); ++i) REQUIRE(list.at(i) == k_valid);
  CHECK_FALSE(list.at(65'536).has_value());
  CHECK_FALSE(list.at(SIZE_MAX).has_value());
}

TEST_CASE("setting one entry changes it and no other, in every width") {
  std::mt19937 random(1);
  for (const int bits : {1, 2, 4, 8}) {
    StatusList list(bits, 64);
    std::vector<std::uint8_t> naive(64, 0);
    for (int i = 0; i < 1000; ++i) {
      const std::size_t index = random() % naive.size();
      naive[index] = static_cast<std::uint8_t>(random() % (1U << bits));
      list.set(index, naive[index]);
    }
    INFO(bits);
    for (std::size_t i = 0; i < naive.size(); ++i) CHECK(list.at(i) == naive[i]);
    CHECK(StatusList::read(list.to_json()) == list);
  }
}

TEST_CASE("a list of 65 536 entries fits into a token, whatever stands in it") {
  std::mt19937 random(2);
  StatusList list(2, 65'536);
  for (std::size_t i = 0; i < list.size(); ++i) {
    list.set(i, static_cast<std::uint8_t>(random() % 4));
  }
  CHECK(list.to_json().text("lst").size() < 22'000);
}

TEST_CASE("named corruptions of a list") {
  const Bytes bytes = {0xb9, 0xa3};
  const Value good = object_of(1, bytes);
  REQUIRE(StatusList::read(good).has_value());
  const auto with = [&good](const char* name, Value member) {
    Value value = good;
    value.set(name, std::move(member));
    return value;
  };
  const std::string lst = good.text("lst");
  const std::pair<const char*, Value> corruptions[] = {
      {"no object", Value("x")},
      {"no lst", json::object({{"bits", 1}})},
      {"no bits", json::object({{"lst", lst}})},
      {"bits as a text", with("bits", "1")},
      {"bits 0", with("bits", 0)},
      {"bits 3", with("bits", 3)},
      {"bits 16", with("bits", 16)},
      {"bits below 0", with("bits", -2)},
      {"an unknown member", with("list", 1)},
      {"lst as a number", with("lst", 5)},
      {"lst empty", with("lst", "")},
      {"padding", with("lst", lst + "=")},
      {"white space", with("lst", lst + "\n")},
      {"the other base64 alphabet", with("lst", "+" + lst.substr(1))},
      {"trailing bits", with("lst", lst.substr(0, lst.size() - 1) + "R")},
      {"no zlib", with("lst", "AAAA")},
      {"cut short", with("lst", lst.substr(0, lst.size() - 4))},
      {"an empty list", object_of(1, Bytes{})},
      {"one byte more than a list may have", object_of(1, Bytes(k_list_bytes_max + 1))},
  };
  for (const auto& [name, value] : corruptions) {
    INFO(name);
    CHECK_FALSE(StatusList::read(value).has_value());
  }
  CHECK(StatusList::read(object_of(8, Bytes(k_list_bytes_max))).has_value());
  CHECK(StatusList::read(with("aggregation_uri", "https://a.example")).has_value());
}

}  // namespace octroi::status
