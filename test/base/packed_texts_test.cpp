// SPDX-License-Identifier: Apache-2.0
#include "base/packed_texts.hpp"

#include "catch.hpp"

using namespace octroi;

namespace {

struct Row {
  int number;
  std::string_view name;
  std::string_view meaning;
};

constexpr Row k_rows[] = {{1, "", "nothing"}, {2, "one", ""}, {3, "", ""}, {4, "é\0\"", "last"}};

constexpr auto k_names = packed<k_rows, &Row::name>();
constexpr auto k_meanings = packed<k_rows, &Row::meaning>();

}  // namespace

TEST_CASE("packed texts are those of the table") {
  REQUIRE(k_names.size() == std::size(k_rows));
  for (std::size_t i = 0; i < std::size(k_rows); ++i) {
    CHECK(k_names[i] == k_rows[i].name);
    CHECK(k_meanings[i] == k_rows[i].meaning);
  }
}
