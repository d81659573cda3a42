// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <set>
#include <string>

#include "catch.hpp"
#include "json/read.hpp"
#include "json/refusal.hpp"

namespace octroi::json {
namespace {

const std::filesystem::path k_folder =
    std::filesystem::path(OCTROI_VECTORS) / "jsontestsuite" / "test_parsing";

/// Beyond the profile where the suite is: doubles, and the depth of its deepest document.
constexpr ReadLimits k_wide{.depth_max = 500, .integers_only = false};

/// Duplicate names are allowed by RFC 8259 and refused by octroi.
const std::set<std::string> k_refused_on_purpose = {"y_object_duplicated_key.json",
                                                    "y_object_duplicated_key_and_value.json"};

/// Of the documents that may go either way, those accepted with k_wide: integers beyond 64 bits
/// become doubles, and 500 levels are within that limit. The profile refuses every i_ document.
const std::set<std::string> k_accepted_when_wide = {
    "i_number_too_big_neg_int.json", "i_number_too_big_pos_int.json",
    "i_number_very_big_negative_int.json", "i_structure_500_nested_arrays.json"};

bool is_accepted(const std::string& text, const ReadLimits& limits) {
  return refusal([&] { (void)read(text, "vector", limits); }) == "accepted";
}

}  // namespace

TEST_CASE("JSONTestSuite: y_ is accepted, n_ is refused, i_ as documented here") {
  if (!std::filesystem::exists(k_folder)) {
    std::cout << "skipped: no vectors\n";
    return;
  }
  int must = 0;
  int must_not = 0;
  int either = 0;
  for (const auto& file : std::filesystem::directory_iterator(k_folder)) {
    const std::string name = file.path().filename().string();
    const std::string text = content_of(file.path());
    INFO(name);
    if (name.starts_with("y_")) {
      ++must;
      CHECK(is_accepted(text, k_wide) != k_refused_on_purpose.contains(name));
    } else if (name.starts_with("n_")) {
      ++must_not;
      CHECK_FALSE(is_accepted(text, k_wide));
      CHECK_FALSE(is_accepted(text, {}));
    } else {
      ++either;
      CHECK(is_accepted(text, k_wide) == k_accepted_when_wide.contains(name));
      CHECK_FALSE(is_accepted(text, {}));
    }
  }
  CHECK(must == 95);
  CHECK(must_not == 188);
  CHECK(either == 35);
}

}  // namespace octroi::json
