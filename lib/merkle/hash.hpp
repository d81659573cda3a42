// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"

/// The Merkle tree of RFC 6962 (RFC 9162 section 2.1) over SHA-256. The module is pure: no file, no
/// clock, no database. Where hashes lie is the caller's business, behind `HashReader` (node.hpp).
///
///   hash.hpp         the types, and how leaves and nodes are hashed
///   node.hpp         complete subtrees, their place in storage, and the reader of their hashes
///   tree.hpp         appending, roots, making proofs
///   proof.hpp        checking proofs
///   tile.hpp         C2SP tlog-tiles: which files a tree has, and their paths
///   tile_reader.hpp  a tile's bytes, and a HashReader over a folder of tiles
///   bundle.hpp       the bytes of an entry bundle
///
/// To keep a log: store what `append` gives at `stored_count(size)` and after; give `root`,
/// `inclusion_proof` and `consistency_proof` a reader that looks up `stored_index(node)`.
namespace octroi::merkle {

using Hash = Digest;
using Hashes = std::vector<Hash>;

/// The place of a leaf, from 0.
struct LeafIndex {
  std::uint64_t value = 0;
  friend auto operator<=>(const LeafIndex&, const LeafIndex&) = default;
};

/// How many leaves a tree has.
struct TreeSize {
  std::uint64_t value = 0;
  friend auto operator<=>(const TreeSize&, const TreeSize&) = default;
};

/// The largest tree there is: sizes have to fit the signed integers of other programs.
constexpr TreeSize k_tree_size_max{(std::uint64_t{1} << 63) - 1};

/// What a checkpoint commits to.
struct TreeHead {
  TreeSize size;
  Hash root;
  friend bool operator==(const TreeHead&, const TreeHead&) = default;
};

/// The hash of an entry, as a leaf.
[[nodiscard]] Hash leaf_hash(std::string_view entry);

/// The hash over two subtrees.
[[nodiscard]] Hash node_hash(const Hash& left, const Hash& right);

/// The root of the tree without leaves.
[[nodiscard]] Hash empty_root();

}  // namespace octroi::merkle
