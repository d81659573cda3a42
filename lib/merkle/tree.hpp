// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "merkle/node.hpp"

namespace octroi::merkle {

/// The right edge of a tree: the hashes of the largest complete subtrees that make it up, at most
/// 63 of them. All that is needed to go on appending, and to know the root, without a reader.
class Frontier {
 public:
  /// Of the tree without leaves.
  Frontier() = default;
  /// Of a stored tree.
  [[nodiscard]] static Frontier read(TreeSize size, const HashReader& reader);

  /// Appends a leaf; gives the hashes that became known by it, in the order in which they are
  /// stored (from stored_count of the size before): the leaf's, then those of the subtrees that it
  /// completes.
  Hashes append(const Hash& leaf);

  [[nodiscard]] TreeSize size() const { return size_; }
  [[nodiscard]] Hash root() const;
  [[nodiscard]] TreeHead head() const { return {size_, root()}; }

 private:
  TreeSize size_;
  Hashes subtrees_;  // INVARIANT: one for each 1 bit of size_, the largest first
};

/// The hashes to store, from stored_count(size), when a leaf is appended to a tree of `size`.
[[nodiscard]] Hashes append(TreeSize size, const Hash& leaf, const HashReader& reader);

/// The root of the first `size` leaves.
[[nodiscard]] Hash root(TreeSize size, const HashReader& reader);

/// The proof that the leaf is in the tree, its sibling first. Source: RFC 9162 section 2.1.3.1.
/// Throws Error(bad_input) when the tree has no such leaf.
[[nodiscard]] Hashes inclusion_proof(LeafIndex index, TreeSize size, const HashReader& reader);

/// The proof that the tree of size `from` is the beginning of the tree of size `to`; empty when the
/// sizes are the same or `from` is 0. Source: RFC 9162 section 2.1.4.1.
/// Throws Error(bad_input) when `from` is the larger one.
[[nodiscard]] Hashes consistency_proof(TreeSize from, TreeSize to, const HashReader& reader);

}  // namespace octroi::merkle
