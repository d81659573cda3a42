// SPDX-License-Identifier: Apache-2.0
#include "merkle/node.hpp"

#include <fmt/format.h>

#include <bit>

#include "base/error.hpp"

namespace octroi::merkle {

// Source: golang.org/x/mod/sumdb/tlog, StoredHashIndex; the sum of m >> i over all i is
// 2m - popcount(m).
std::uint64_t stored_index(const Node& node) {
  if (node.level > 62 || node.index >= k_tree_size_max.value >> node.level) {
    broken_invariant("a node lies within the largest tree");
  }
  const std::uint64_t last_leaf = ((node.index + 1) << node.level) - 1;
  return stored_count({last_leaf}) + node.level;
}

std::uint64_t stored_count(TreeSize size) {
  if (size > k_tree_size_max) broken_invariant("no tree is larger than the largest");
  return 2 * size.value - static_cast<std::uint64_t>(std::popcount(size.value));
}

Node node_at(std::uint64_t stored_index) {
  // The leaf that was appended when this hash was stored: the last one whose own hash does not lie
  // behind it. stored_count(n) is at most 2n and at least 2n - 64.
  TreeSize leaf{stored_index / 2};
  while (stored_count({leaf.value + 1}) <= stored_index) ++leaf.value;
  const auto level = static_cast<unsigned>(stored_index - stored_count(leaf));
  return {level, leaf.value >> level};
}

Hashes read_hashes(const HashReader& reader, std::span<const Node> nodes) {
  if (nodes.empty()) return {};
  Hashes hashes = reader(nodes);
  if (hashes.size() != nodes.size()) {
    throw Error(ErrorCode::damaged,
                fmt::format("tree hashes: expected {}, got {}", nodes.size(), hashes.size()));
  }
  return hashes;
}

}  // namespace octroi::merkle
