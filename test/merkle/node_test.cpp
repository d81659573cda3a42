// SPDX-License-Identifier: Apache-2.0
#include "merkle/node.hpp"

#include "catch.hpp"

namespace octroi::merkle {

TEST_CASE("hashes lie in the order in which they become known") {
  // Appending as a person would: after each leaf, the subtrees that end with it.
  std::uint64_t place = 0;
  for (std::uint64_t leaf = 0; leaf < 1000; ++leaf) {
    CHECK(stored_count({leaf}) == place);
    for (unsigned level = 0; (leaf + 1) % (std::uint64_t{1} << level) == 0; ++level) {
      const Node node{level, leaf >> level};
      if (stored_index(node) != place) FAIL_CHECK("level " << level << " of leaf " << leaf);
      if (node_at(place) != node) FAIL_CHECK("place " << place);
      ++place;
    }
  }
}

// Source: the table in golang.org/x/mod/sumdb/tlog, TestSplitStoredHashIndex and the like.
TEST_CASE("places of some hashes") {
  CHECK(stored_index({0, 0}) == 0);
  CHECK(stored_index({0, 7}) == 11);
  CHECK(stored_index({1, 1}) == 5);
  CHECK(stored_index({2, 1}) == 13);
  CHECK(stored_index({3, 0}) == 14);
  CHECK(stored_count({0}) == 0);
  CHECK(stored_count({8}) == 15);
}

TEST_CASE("places in the largest tree do not overflow") {
  const std::uint64_t last = k_tree_size_max.value - 1;
  CHECK(node_at(stored_index({0, last})) == Node{0, last});
  CHECK(stored_count(k_tree_size_max) == 18'446'744'073'709'551'551U);
  const Node high{62, 0};
  CHECK(node_at(stored_index(high)) == high);
}

// Source: RFC 9162 section 2.1.1; the values are those of the CT vectors and of sha256sum.
TEST_CASE("leaf and node hashes have their own prefixes") {
  CHECK(leaf_hash("").hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  CHECK(node_hash(leaf_hash(""), leaf_hash(std::string_view("\0", 1))).hex() ==
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125");
  const Hash left = leaf_hash("a");
  const Hash right = leaf_hash("b");
  std::string joined = std::string(as_text(left.bytes)) + std::string(as_text(right.bytes));
  CHECK(leaf_hash(joined) != node_hash(left, right));
  CHECK(node_hash(left, right) != node_hash(right, left));
}

}  // namespace octroi::merkle
