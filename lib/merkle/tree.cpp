// SPDX-License-Identifier: Apache-2.0
#include "merkle/tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "base/error.hpp"

namespace octroi::merkle {
namespace {

/// Leaves from `begin` up to but not with `end`. As RFC 9162 splits a tree, `begin` is a multiple
/// of a power of two that is not less than the number of leaves.
struct LeafRange {
  std::uint64_t begin;
  std::uint64_t end;

  [[nodiscard]] std::uint64_t size() const { return end - begin; }
};

/// Where a range of two leaves or more is split: behind the largest power of two of leaves that is
/// less than all. Source: RFC 9162 section 2.1.1, k < n <= 2k.
std::uint64_t middle_of(const LeafRange& range) {
  return range.begin + std::bit_floor(range.size() - 1);
}

/// The complete subtrees that make up a range, the largest first.
void cover_range(LeafRange range, std::vector<Node>& nodes) {
  while (range.begin < range.end) {
    const std::uint64_t leaves = std::bit_floor(range.size());
    const auto level = static_cast<unsigned>(std::countr_zero(leaves));
    nodes.push_back({level, range.begin >> level});
    range.begin += leaves;
  }
}

/// The hash over complete subtrees, the largest first. At least one.
Hash fold_subtrees(std::span<const Hash> subtrees) {
  Hash hash = subtrees.back();
  for (std::size_t i = subtrees.size() - 1; i > 0; --i) hash = node_hash(subtrees[i - 1], hash);
  return hash;
}

/// The hash of each range; the reader is asked once for all.
Hashes hashes_of_ranges(const std::vector<LeafRange>& ranges, const HashReader& reader) {
  std::vector<Node> nodes;
  for (const LeafRange& range : ranges) cover_range(range, nodes);
  const Hashes parts = read_hashes(reader, nodes);
  std::span<const Hash> rest = parts;
  Hashes hashes;
  for (const LeafRange& range : ranges) {
    const auto count = static_cast<std::size_t>(std::popcount(range.size()));
    hashes.push_back(fold_subtrees(rest.first(count)));
    rest = rest.subspan(count);
  }
  return hashes;
}

void check_tree_size(TreeSize size) {
  if (size > k_tree_size_max) {
    throw Error(ErrorCode::bad_input, fmt::format("tree size {}: expected at most {}", size.value,
                                                  k_tree_size_max.value));
  }
}

}  // namespace

Frontier Frontier::read(TreeSize size, const HashReader& reader) {
  check_tree_size(size);
  std::vector<Node> nodes;
  cover_range({0, size.value}, nodes);
  Frontier frontier;
  frontier.size_ = size;
  frontier.subtrees_ = read_hashes(reader, nodes);
  return frontier;
}

Hashes Frontier::append(const Hash& leaf) {
  if (size_ >= k_tree_size_max) broken_invariant("the largest tree does not grow");
  Hashes made = {leaf};
  // Each 1 bit at the end of the size is a complete subtree as large as the one just made.
  for (std::uint64_t rest = size_.value; (rest & 1) != 0; rest >>= 1) {
    made.push_back(node_hash(subtrees_.back(), made.back()));
    subtrees_.pop_back();
  }
  subtrees_.push_back(made.back());
  ++size_.value;
  return made;
}

Hash Frontier::root() const {
  return subtrees_.empty() ? empty_root() : fold_subtrees(subtrees_);
}

Hashes append(TreeSize size, const Hash& leaf, const HashReader& reader) {
  check_tree_size(size);
  if (size >= k_tree_size_max) broken_invariant("the largest tree does not grow");
  // Each 1 bit at the end of the size is a complete subtree as large as the one that the leaf makes
  // with those before; the other subtrees stay as they are and are not read.
  std::vector<Node> joined;
  for (unsigned level = 0; ((size.value >> level) & 1) != 0; ++level) {
    joined.push_back({level, (size.value >> level) - 1});
  }
  Hashes made = {leaf};
  for (const Hash& left : read_hashes(reader, joined)) {
    made.push_back(node_hash(left, made.back()));
  }
  return made;
}

Hash root(TreeSize size, const HashReader& reader) {
  return Frontier::read(size, reader).root();
}

Hashes inclusion_proof(LeafIndex index, TreeSize size, const HashReader& reader) {
  check_tree_size(size);
  if (index.value >= size.value) {
    throw Error(ErrorCode::bad_input,
                fmt::format("leaf {} is not in a tree of size {}", index.value, size.value));
  }
  // PATH(m, D[n]) from the root down: the half without the leaf is a hash of the proof.
  LeafRange range{0, size.value};
  std::vector<LeafRange> siblings;
  while (range.size() > 1) {
    const std::uint64_t middle = middle_of(range);
    const LeafRange left{range.begin, middle};
    const LeafRange right{middle, range.end};
    const bool is_left = index.value < middle;
    siblings.push_back(is_left ? right : left);
    range = is_left ? left : right;
  }
  std::reverse(siblings.begin(), siblings.end());
  return hashes_of_ranges(siblings, reader);
}

Hashes consistency_proof(TreeSize from, TreeSize to, const HashReader& reader) {
  check_tree_size(to);
  if (from > to) {
    throw Error(ErrorCode::bad_input, fmt::format("a tree of size {} is no beginning of one of {}",
                                                  from.value, to.value));
  }
  if (from.value == 0) return {};
  // SUBPROOF(m, D[n], b) from the root down, until the smaller tree ends where the range does. The
  // verifier knows that range's hash only when the range is the whole smaller tree (b).
  LeafRange range{0, to.value};
  std::vector<LeafRange> parts;
  while (range.end != from.value) {
    const std::uint64_t middle = middle_of(range);
    const LeafRange left{range.begin, middle};
    const LeafRange right{middle, range.end};
    const bool ends_left = from.value <= middle;
    parts.push_back(ends_left ? right : left);
    range = ends_left ? left : right;
  }
  if (range.begin != 0) parts.push_back(range);
  std::reverse(parts.begin(), parts.end());
  return hashes_of_ranges(parts, reader);
}

}  // namespace octroi::merkle
