// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "merkle/node.hpp"

namespace octroi::merkle {

/// RFC 6962 section 2.1 word by word: recursive, over all leaves, knowing nothing of stored hashes.
/// It remembers the hashes of ranges, or the tests of every size would take minutes.
class ReferenceTree {
 public:
  explicit ReferenceTree(std::vector<std::string> entries) : entries_(std::move(entries)) {}

  /// MTH(D[begin:end]).
  Hash hash(std::size_t begin, std::size_t end) {
    if (begin == end) return empty_root();
    if (end - begin == 1) return leaf_hash(entries_.at(begin));
    const auto known = known_.find({begin, end});
    if (known != known_.end()) return known->second;
    const std::size_t middle = begin + split(end - begin);
    return known_[{begin, end}] = node_hash(hash(begin, middle), hash(middle, end));
  }

  TreeHead head(std::size_t size) { return {{size}, hash(0, size)}; }
  Hash leaf(std::size_t index) { return leaf_hash(entries_.at(index)); }

  /// PATH(m, D[begin:end]), m counted from `begin`.
  Hashes path(std::size_t m, std::size_t begin, std::size_t end) {
    if (end - begin == 1) return {};
    const std::size_t k = split(end - begin);
    const std::size_t middle = begin + k;
    return m < k ? with(path(m, begin, middle), hash(middle, end))
                 : with(path(m - k, middle, end), hash(begin, middle));
  }

  /// PROOF(m, D[n]).
  Hashes consistency(std::size_t m, std::size_t n) { return subproof(m, 0, n, true); }

 private:
  static std::size_t split(std::size_t size) {
    std::size_t k = 1;
    while (2 * k < size) k *= 2;
    return k;
  }

  static Hashes with(Hashes hashes, const Hash& last) {
    hashes.push_back(last);
    return hashes;
  }

  Hashes subproof(std::size_t m, std::size_t begin, std::size_t end, bool is_whole) {
    if (m == end - begin) return is_whole ? Hashes() : Hashes{hash(begin, end)};
    const std::size_t k = split(end - begin);
    const std::size_t middle = begin + k;
    return m <= k ? with(subproof(m, begin, middle, is_whole), hash(middle, end))
                  : with(subproof(m - k, middle, end, false), hash(begin, middle));
  }

  std::vector<std::string> entries_;
  std::map<std::pair<std::size_t, std::size_t>, Hash> known_;
};

/// Entries that differ, "entry 0" and on; the first is empty.
inline std::vector<std::string> entries(std::size_t count) {
  std::vector<std::string> result;
  for (std::size_t i = 0; i < count; ++i) {
    result.push_back(i == 0 ? "" : "entry " + std::to_string(i));
  }
  return result;
}

/// Hashes kept as a log keeps them: one after another. Counts what is read.
class Store {
 public:
  void add(const Hashes& hashes) { hashes_.insert(hashes_.end(), hashes.begin(), hashes.end()); }

  [[nodiscard]] const Hashes& hashes() const { return hashes_; }

  [[nodiscard]] HashReader reader() {
    return [this](std::span<const Node> nodes) {
      Hashes result;
      for (const Node& node : nodes) result.push_back(hashes_.at(stored_index(node)));
      reads += nodes.size();
      ++calls;
      return result;
    };
  }

  std::size_t reads = 0;
  std::size_t calls = 0;

 private:
  Hashes hashes_;
};

}  // namespace octroi::merkle
