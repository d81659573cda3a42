// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>

#include "merkle/hash.hpp"

namespace octroi::merkle {

/// A complete subtree: the leaves from index * 2^level to (index + 1) * 2^level - 1. Its hash never
/// changes once the tree has those leaves, and so it is stored once. A leaf is at level 0.
struct Node {
  unsigned level = 0;
  std::uint64_t index = 0;
  friend auto operator<=>(const Node&, const Node&) = default;
};

/// Where a node's hash lies when hashes are stored one after another in the order in which they
/// become known: each leaf, then the subtrees that it completes, smallest first. This is the order
/// of golang.org/x/mod/sumdb/tlog:
///
///     leaf               0   1       2   3           4   5       6   7
///     level 0            0   1       3   4           7   8      10  11
///     level 1              2           5               9          12
///     level 2                      6                         13
///     level 3                                  14
///
/// With m = (index + 1) * 2^level - 1, the node's last leaf, it is
///     2m - (the number of 1 bits in m) + level.
/// The node must lie within k_tree_size_max.
[[nodiscard]] std::uint64_t stored_index(const Node& node);

/// How many hashes are stored for a tree: 2 * size - (the number of 1 bits in size). The next
/// leaf's hash lies there.
[[nodiscard]] std::uint64_t stored_count(TreeSize size);

/// The node whose hash lies there: the inverse of stored_index.
[[nodiscard]] Node node_at(std::uint64_t stored_index);

/// Gives the hashes of nodes, as many as asked for and in that order. It may be asked for any node
/// of a tree whose size the caller named, and for no other; it throws Error(damaged) when it does
/// not have one. Each function here that takes a reader calls it once, with O(log size) nodes.
using HashReader = std::function<Hashes(std::span<const Node>)>;

/// Asks the reader. Throws Error(damaged) when it gives another number of hashes.
[[nodiscard]] Hashes read_hashes(const HashReader& reader, std::span<const Node> nodes);

}  // namespace octroi::merkle
