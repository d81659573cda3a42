// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <functional>

#include "catch.hpp"
#include "merkle/proof.hpp"
#include "merkle/reference_tree.hpp"

/// Proofs that are right but for one thing. Each corruption changes a claim so that it is no longer
/// true, or says that it cannot do so with this one.
namespace octroi::merkle {
namespace {

constexpr std::size_t k_size_max = 40;

const Hash k_other = leaf_hash("of another log");

/// That `leaf` is leaf `index` of the tree.
struct Inclusion {
  Hash leaf;
  LeafIndex index;
  TreeHead head;
  Hashes proof;
};

/// That `from` is the beginning of `to`.
struct Growth {
  TreeHead from;
  TreeHead to;
  Hashes proof;
};

template <typename Claim>
struct Corruption {
  const char* name;
  std::function<bool(Claim&)> apply;  ///< false: does not apply to this claim
};

void flip(Hash& hash, std::size_t byte) {
  hash.bytes[byte] ^= 0x01;
}

bool is_empty(const Hashes& proof) {
  return proof.empty();
}

/// What can go wrong with the hashes of any proof.
template <typename Claim>
std::vector<Corruption<Claim>> proof_corruptions() {
  return {
      {"siblings swapped",
       [](Claim& claim) {
         if (claim.proof.size() < 2) return false;
         std::swap(claim.proof[0], claim.proof[1]);
         return true;
       }},
      {"siblings in reverse",
       [](Claim& claim) {
         if (claim.proof.size() < 2) return false;
         std::reverse(claim.proof.begin(), claim.proof.end());
         return true;
       }},
      {"truncated",
       [](Claim& claim) {
         if (is_empty(claim.proof)) return false;
         claim.proof.pop_back();
         return true;
       }},
      {"first hash left out",
       [](Claim& claim) {
         if (is_empty(claim.proof)) return false;
         claim.proof.erase(claim.proof.begin());
         return true;
       }},
      {"all hashes left out",
       [](Claim& claim) {
         if (is_empty(claim.proof)) return false;
         claim.proof.clear();
         return true;
       }},
      {"one hash more",
       [](Claim& claim) {
         claim.proof.push_back(k_other);
         return true;
       }},
      {"one hash before",
       [](Claim& claim) {
         claim.proof.insert(claim.proof.begin(), k_other);
         return true;
       }},
      {"last hash twice",
       [](Claim& claim) {
         if (is_empty(claim.proof)) return false;
         claim.proof.push_back(claim.proof.back());
         return true;
       }},
      {"64 hashes more",
       [](Claim& claim) {
         claim.proof.resize(claim.proof.size() + 64);
         return true;
       }},
      {"first bit of the first hash",
       [](Claim& claim) {
         if (is_empty(claim.proof)) return false;
         flip(claim.proof.front(), 0);
         return true;
       }},
      {"last byte of the last hash",
       [](Claim& claim) {
         if (is_empty(claim.proof)) return false;
         flip(claim.proof.back(), 31);
         return true;
       }},
  };
}

std::vector<Corruption<Inclusion>> inclusion_corruptions() {
  std::vector<Corruption<Inclusion>> all = proof_corruptions<Inclusion>();
  const std::vector<Corruption<Inclusion>> own = {
      {"other root",
       [](Inclusion& claim) {
         claim.head.root = k_other;
         return true;
       }},
      {"one bit of the root",
       [](Inclusion& claim) {
         flip(claim.head.root, 17);
         return true;
       }},
      {"root of nothing",
       [](Inclusion& claim) {
         claim.head.root = empty_root();
         return true;
       }},
      {"other leaf",
       [](Inclusion& claim) {
         claim.leaf = k_other;
         return true;
       }},
      {"sibling given as the leaf",
       [](Inclusion& claim) {
         if (is_empty(claim.proof)) return false;
         claim.leaf = claim.proof.front();
         return true;
       }},
      {"root given as the leaf, without proof",
       [](Inclusion& claim) {
         if (is_empty(claim.proof)) return false;
         claim.leaf = claim.head.root;
         claim.proof.clear();
         return true;
       }},
      {"next index",
       [](Inclusion& claim) {
         ++claim.index.value;
         return true;
       }},
      {"index before",
       [](Inclusion& claim) {
         --claim.index.value;  // of leaf 0, the largest number
         return true;
       }},
      {"index of the sibling",
       [](Inclusion& claim) {
         claim.index.value ^= 1;
         return true;
       }},
      {"index behind the tree",
       [](Inclusion& claim) {
         claim.index.value += claim.head.size.value;
         return true;
       }},
      {"size doubled",
       [](Inclusion& claim) {
         claim.head.size.value *= 2;
         return true;
       }},
      {"size that ends before the leaf",
       [](Inclusion& claim) {
         claim.head.size.value = claim.index.value;
         return true;
       }},
      {"size 0",
       [](Inclusion& claim) {
         claim.head.size.value = 0;
         return true;
       }},
      {"largest size",
       [](Inclusion& claim) {
         claim.head.size.value = ~std::uint64_t{0};
         return true;
       }},
      {"node one level up, with its proof",
       [](Inclusion& claim) {
         if (claim.proof.empty()) return false;
         const bool is_right = (claim.index.value & 1) != 0;
         claim.leaf = is_right ? node_hash(claim.proof[0], claim.leaf)
                               : node_hash(claim.leaf, claim.proof[0]);
         claim.proof.erase(claim.proof.begin());
         return true;
       }},
  };
  all.insert(all.end(), own.begin(), own.end());
  return all;
}

std::vector<Corruption<Growth>> growth_corruptions() {
  std::vector<Corruption<Growth>> all = proof_corruptions<Growth>();
  const std::vector<Corruption<Growth>> own = {
      {"other old root",
       [](Growth& claim) {
         claim.from.root = k_other;
         return true;
       }},
      {"other new root",
       [](Growth& claim) {
         claim.to.root = k_other;
         return true;
       }},
      {"one bit of the old root",
       [](Growth& claim) {
         flip(claim.from.root, 31);
         return true;
       }},
      {"one bit of the new root",
       [](Growth& claim) {
         flip(claim.to.root, 0);
         return true;
       }},
      {"roots swapped",
       [](Growth& claim) {
         if (claim.from == claim.to) return false;
         std::swap(claim.from.root, claim.to.root);
         return true;
       }},
      {"heads swapped",
       [](Growth& claim) {
         if (claim.from == claim.to) return false;
         std::swap(claim.from, claim.to);
         return true;
       }},
      {"same root at another size",
       [](Growth& claim) {
         if (claim.from == claim.to) return false;
         claim.from.root = claim.to.root;
         return true;
       }},
      {"sizes the same",
       [](Growth& claim) {
         if (claim.from == claim.to) return false;
         claim.from.size = claim.to.size;
         return true;
       }},
      {"new size doubled",
       [](Growth& claim) {
         claim.to.size.value *= 2;
         return true;
       }},
      {"new size below the old one",
       [](Growth& claim) {
         claim.to.size.value = claim.from.size.value - 1;
         return true;
       }},
      {"old size 0",
       [](Growth& claim) {
         claim.from.size.value = 0;
         return true;
       }},
      {"new size 0",
       [](Growth& claim) {
         claim.to.size.value = 0;
         return true;
       }},
  };
  all.insert(all.end(), own.begin(), own.end());
  return all;
}

bool is_true(const Inclusion& claim) {
  return proves_inclusion(claim.leaf, claim.index, claim.head, claim.proof);
}

bool is_true(const Growth& claim) {
  return proves_consistency(claim.from, claim.to, claim.proof) ||
         proves_growth(claim.from, claim.to, claim.proof);
}

/// Each corruption has to be refused, and to have been tried.
template <typename Claim>
void check_all_refused(const std::vector<Claim>& claims,
                       const std::vector<Corruption<Claim>>& corruptions) {
  for (const Corruption<Claim>& corruption : corruptions) {
    int tried = 0;
    for (std::size_t i = 0; i < claims.size(); ++i) {
      Claim claim = claims[i];
      if (!corruption.apply(claim)) continue;
      ++tried;
      if (is_true(claim)) FAIL_CHECK(corruption.name << ", claim " << i);
    }
    INFO(corruption.name);
    CHECK(tried > 500);
  }
}

}  // namespace

TEST_CASE("corrupted inclusion proofs are refused") {
  ReferenceTree tree(entries(k_size_max));
  std::vector<Inclusion> claims;
  for (std::size_t size = 1; size <= k_size_max; ++size) {
    for (std::size_t index = 0; index < size; ++index) {
      claims.push_back({tree.leaf(index), {index}, tree.head(size), tree.path(index, 0, size)});
      if (!is_true(claims.back())) FAIL_CHECK("leaf " << index << " of " << size);
    }
  }
  check_all_refused(claims, inclusion_corruptions());
}

TEST_CASE("corrupted consistency proofs are refused") {
  ReferenceTree tree(entries(k_size_max));
  std::vector<Growth> claims;
  for (std::size_t to = 1; to <= k_size_max; ++to) {
    for (std::size_t from = 1; from <= to; ++from) {
      claims.push_back({tree.head(from), tree.head(to), tree.consistency(from, to)});
      if (!is_true(claims.back())) FAIL_CHECK("size " << from << " to " << to);
    }
  }
  check_all_refused(claims, growth_corruptions());
}

TEST_CASE("two logs that forked are not one log") {
  std::vector<std::string> other = entries(k_size_max);
  ReferenceTree tree(other);
  other[20] = "another entry 20";
  ReferenceTree fork(other);
  for (std::size_t from = 1; from < k_size_max; ++from) {
    const bool is_common = from <= 20;
    const Hashes proof = fork.consistency(from, k_size_max);
    CHECK(proves_growth(tree.head(from), fork.head(k_size_max), proof) == is_common);
    CHECK_FALSE(proves_growth(tree.head(k_size_max), fork.head(k_size_max), {}));
  }
}

TEST_CASE("the tree without leaves is the beginning of every tree, and has one root") {
  ReferenceTree tree(entries(3));
  const TreeHead none{{0}, empty_root()};
  const TreeHead three = tree.head(3);
  CHECK(proves_growth(none, none, {}));
  CHECK(proves_growth(none, three, {}));
  CHECK_FALSE(proves_consistency(none, none, {}));
  CHECK_FALSE(proves_consistency(none, three, {}));
  const Hashes one = {k_other};
  CHECK_FALSE(proves_growth(none, none, one));
  CHECK_FALSE(proves_growth(none, three, one));
  CHECK_FALSE(proves_growth({{0}, k_other}, three, {}));
  CHECK_FALSE(proves_growth({{0}, three.root}, three, {}));
  CHECK_FALSE(proves_growth({{0}, k_other}, {{0}, k_other}, {}));
  CHECK_FALSE(proves_growth(three, none, {}));
  CHECK_FALSE(proves_inclusion(empty_root(), {0}, none, {}));
}

}  // namespace octroi::merkle
