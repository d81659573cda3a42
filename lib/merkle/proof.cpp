// SPDX-License-Identifier: Apache-2.0
#include "merkle/proof.hpp"

#include <bit>

namespace octroi::merkle {
namespace {

bool is_odd(std::uint64_t number) {
  return (number & 1) != 0;
}

/// A place in the tree on the way from a leaf to the root: `node` of the nodes 0 to `last` of its
/// level. Source: RFC 9162 section 2.1.3.2, fn and sn.
struct Climb {
  std::uint64_t node;
  std::uint64_t last;

  [[nodiscard]] bool is_at_root() const { return last == 0; }
  /// Whether the sibling at hand is the left one.
  [[nodiscard]] bool has_left_sibling() const { return is_odd(node) || node == last; }
  void rise() {
    node >>= 1;
    last >>= 1;
  }
  /// Passes the levels on which the node, the last one, has no sibling.
  void rise_alone() {
    while (!is_odd(node) && node != 0) rise();
  }
};

}  // namespace

bool proves_inclusion(const Hash& leaf, LeafIndex index, const TreeHead& head,
                      std::span<const Hash> proof) {
  if (index.value >= head.size.value) return false;
  Climb climb{index.value, head.size.value - 1};
  Hash hash = leaf;
  for (const Hash& sibling : proof) {
    if (climb.is_at_root()) return false;
    if (climb.has_left_sibling()) {
      hash = node_hash(sibling, hash);
      climb.rise_alone();
    } else {
      hash = node_hash(hash, sibling);
    }
    climb.rise();
  }
  return climb.is_at_root() && hash == head.root;
}

bool proves_consistency(const TreeHead& from, const TreeHead& to, std::span<const Hash> proof) {
  if (from.size.value == 0 || from.size > to.size) return false;
  if (from.size == to.size) return proof.empty() && from.root == to.root;
  Climb climb{from.size.value - 1, to.size.value - 1};
  while (is_odd(climb.node)) climb.rise();
  // The smaller tree's last complete subtree: the whole of it when its size is a power of two, and
  // then its root, which the proof does not repeat.
  const bool is_whole = std::has_single_bit(from.size.value);
  if (!is_whole && proof.empty()) return false;
  Hash from_hash = is_whole ? from.root : proof.front();
  Hash to_hash = from_hash;
  for (const Hash& part : is_whole ? proof : proof.subspan(1)) {
    if (climb.is_at_root()) return false;
    if (climb.has_left_sibling()) {
      from_hash = node_hash(part, from_hash);
      to_hash = node_hash(part, to_hash);
      climb.rise_alone();
    } else {
      to_hash = node_hash(to_hash, part);
    }
    climb.rise();
  }
  return climb.is_at_root() && from_hash == from.root && to_hash == to.root;
}

bool proves_growth(const TreeHead& from, const TreeHead& to, std::span<const Hash> proof) {
  const auto is_possible = [](const TreeHead& head) {
    return head.size.value != 0 || head.root == empty_root();
  };
  if (!is_possible(from) || !is_possible(to)) return false;
  if (from.size.value == 0) return proof.empty();
  return proves_consistency(from, to, proof);
}

}  // namespace octroi::merkle
