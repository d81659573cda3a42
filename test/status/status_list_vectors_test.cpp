// SPDX-License-Identifier: Apache-2.0
// Source: https://github.com/oauth-wg/draft-ietf-oauth-status-list, examples/ and section "Test
// vectors for Status List encoding".
#include <filesystem>
#include <iostream>
#include <map>
#include <set>

#include "base/file.hpp"
#include "base/limits.hpp"
#include "catch.hpp"
#include "json/read.hpp"
#include "status/status_list.hpp"

namespace octroi::status {
namespace {

using Entries = std::map<std::size_t, int>;

/// The object in one of the files, which break its text over lines; nothing without the vectors.
std::optional<json::Value> read_example(const std::string& name) {
  const auto path = std::filesystem::path(OCTROI_VECTORS) / "token-status-list" / name;
  if (!std::filesystem::exists(path)) {
    std::cout << "skipped: no vectors\n";
    return std::nullopt;
  }
  const std::string text = read_input(path, limits::k_document_bytes_max);
  std::string joined;
  for (const char c : text.substr(text.find('{'))) {
    if (c != '\n' && c != ' ') joined += c;
  }
  return json::read(joined, name);
}

Entries entries_of(const StatusList& list) {
  Entries entries;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (const int value = list.at(i).value(); value != 0) entries.emplace(i, value);
  }
  return entries;
}

struct Long {
  const char* name;
  int bits;
  Entries entries;
};

const std::vector<Long>& longs() {
  static const std::vector<Long> k_longs = {
      {"status_list_encoding1_long_json.md",
       1,
       {{0, 1},
        {1993, 1},
        {25460, 1},
        {159495, 1},
        {495669, 1},
        {554353, 1},
        {645645, 1},
        {723232, 1},
        {854545, 1},
        {934534, 1},
        {1000345, 1}}},
      {"status_list_encoding2_long_json.md",
       2,
       {{0, 1},
        {1993, 2},
        {25460, 1},
        {159495, 3},
        {495669, 1},
        {554353, 1},
        {645645, 2},
        {723232, 1},
        {854545, 1},
        {934534, 2},
        {1000345, 3}}},
      {"status_list_encoding4_json.md",
       4,
       {{0, 1},
        {1993, 2},
        {35460, 3},
        {459495, 4},
        {595669, 5},
        {754353, 6},
        {845645, 7},
        {923232, 8},
        {924445, 9},
        {934534, 10},
        {1000345, 12},
        {1004534, 11},
        {1030203, 13},
        {1030204, 14},
        {1030205, 15}}},
  };
  return k_longs;
}

}  // namespace

TEST_CASE("the long lists of the standard, of 2^20 entries") {
  for (const Long& expected : longs()) {
    const std::optional<json::Value> object = read_example(expected.name);
    if (!object) return;
    const std::optional<StatusList> list = StatusList::read(*object);
    INFO(expected.name);
    REQUIRE(list.has_value());
    CHECK(list->bits() == expected.bits);
    CHECK(list->size() == 1 << 20);
    CHECK(entries_of(*list) == expected.entries);
    CHECK(StatusList::read(list->to_json()) == list);
  }
}

TEST_CASE("the list of the standard with eight bits has each of their values once") {
  const std::optional<json::Value> object = read_example("status_list_encoding8_json.md");
  if (!object) return;
  const std::optional<StatusList> list = StatusList::read(*object);
  REQUIRE(list.has_value());
  CHECK(list->bits() == 8);
  CHECK(list->size() == 1 << 20);
  const Entries entries = entries_of(*list);
  std::set<int> values;
  for (const auto& [index, value] : entries) values.insert(value);
  CHECK(entries.size() == 255);
  CHECK(values.size() == 255);
  CHECK(list->at(1199) == 121);
  CHECK(list->at(19535) == 255);
  CHECK(list->at(52451) == 1);
}

// Lowest bits first: 0xb9 = 1 0 0 1 1 1 0 1, 0xa3 = 1 1 0 0 0 1 0 1 read from the right.
TEST_CASE("the short lists of the standard, read and written byte for byte") {
  const auto one = read_example("status_list_encoding_json.md");
  const auto two = read_example("status_list_encoding2_json.md");
  if (!one || !two) return;
  const std::vector<std::uint8_t> ones = {1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1};
  const std::vector<std::uint8_t> twos = {1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3};
  StatusList first(1, ones.size());
  StatusList second(2, twos.size());
  for (std::size_t i = 0; i < ones.size(); ++i) first.set(i, ones[i]);
  for (std::size_t i = 0; i < twos.size(); ++i) second.set(i, twos[i]);
  CHECK(StatusList::read(*one) == first);
  CHECK(StatusList::read(*two) == second);
  CHECK(first.to_json() == *one);
  CHECK(second.to_json() == *two);
}

}  // namespace octroi::status
