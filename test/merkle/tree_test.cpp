// SPDX-License-Identifier: Apache-2.0
#include "merkle/tree.hpp"

#include <bit>
#include <stdexcept>

#include "catch.hpp"
#include "merkle/proof.hpp"
#include "merkle/reference_tree.hpp"
#include "support/refusal.hpp"

namespace octroi::merkle {
namespace {

constexpr std::size_t k_size_max = 200;

/// A log of k_size_max entries, stored as it grew, beside the reference.
struct Log {
  ReferenceTree reference{entries(k_size_max)};
  Store store;

  Log() {
    for (std::size_t i = 0; i < k_size_max; ++i) {
      store.add(append({i}, reference.leaf(i), store.reader()));
    }
  }
};

/// More than this no operation reads of a tree of that size.
std::size_t reads_max(std::size_t size) {
  return 2 * static_cast<std::size_t>(std::bit_width(size)) + 1;
}

}  // namespace

TEST_CASE("a tree of every size to 200: root, stored hashes and frontier") {
  ReferenceTree reference(entries(k_size_max));
  Store store;
  Frontier frontier;
  for (std::size_t size = 0; size <= k_size_max; ++size) {
    INFO(size);
    CHECK(store.hashes().size() == stored_count({size}));
    CHECK(frontier.head() == reference.head(size));
    store.reads = store.calls = 0;
    CHECK(root({size}, store.reader()) == reference.hash(0, size));
    CHECK(store.reads <= reads_max(size));
    CHECK(store.calls <= 1);
    CHECK(Frontier::read({size}, store.reader()).head() == frontier.head());
    if (size == k_size_max) break;
    const Hashes made = append({size}, reference.leaf(size), store.reader());
    CHECK(made == frontier.append(reference.leaf(size)));
    store.add(made);
  }
}

TEST_CASE("every stored hash is that of its node") {
  Log log;
  for (std::size_t i = 0; i < log.store.hashes().size(); ++i) {
    const Node node = node_at(i);
    const std::size_t begin = node.index << node.level;
    const std::size_t end = (node.index + 1) << node.level;
    if (log.store.hashes()[i] != log.reference.hash(begin, end)) FAIL_CHECK("stored hash " << i);
  }
}

TEST_CASE("every inclusion proof of every size to 200") {
  Log log;
  for (std::size_t size = 1; size <= k_size_max; ++size) {
    const TreeHead head = log.reference.head(size);
    for (std::size_t index = 0; index < size; ++index) {
      log.store.reads = log.store.calls = 0;
      const Hashes proof = inclusion_proof({index}, {size}, log.store.reader());
      const bool is_right = proof == log.reference.path(index, 0, size) &&
                            proves_inclusion(log.reference.leaf(index), {index}, head, proof) &&
                            log.store.reads <= reads_max(size) && log.store.calls <= 1;
      if (!is_right) FAIL_CHECK("leaf " << index << " of " << size);
    }
  }
}

TEST_CASE("every consistency proof of every two sizes to 200") {
  Log log;
  for (std::size_t to = 1; to <= k_size_max; ++to) {
    const TreeHead head = log.reference.head(to);
    for (std::size_t from = 1; from <= to; ++from) {
      log.store.reads = log.store.calls = 0;
      const Hashes proof = consistency_proof({from}, {to}, log.store.reader());
      const bool is_right = proof == log.reference.consistency(from, to) &&
                            proves_consistency(log.reference.head(from), head, proof) &&
                            proves_growth(log.reference.head(from), head, proof) &&
                            log.store.reads <= reads_max(to) && log.store.calls <= 1;
      if (!is_right) FAIL_CHECK("size " << from << " to " << to);
    }
  }
}

TEST_CASE("an old tree is asked for no hash that came later") {
  Log log;
  for (std::size_t size = 1; size <= k_size_max; ++size) {
    const std::uint64_t count = stored_count({size});
    const HashReader reader = [&](std::span<const Node> nodes) {
      for (const Node& node : nodes) {
        if (stored_index(node) >= count) FAIL_CHECK("size " << size << " reads the future");
      }
      return log.store.reader()(nodes);
    };
    (void)root({size}, reader);
    for (std::size_t index = 0; index < size; index += 7) {
      (void)inclusion_proof({index}, {size}, reader);
      (void)consistency_proof({index}, {size}, reader);
    }
  }
}

TEST_CASE("a tree of size 0") {
  const HashReader none = [](std::span<const Node>) -> Hashes { throw std::logic_error("asked"); };
  CHECK(root({0}, none) == empty_root());
  CHECK(empty_root().hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(Frontier().root() == empty_root());
  CHECK(Frontier().size() == TreeSize{0});
  CHECK(consistency_proof({0}, {0}, none).empty());
  CHECK(consistency_proof({0}, {9}, none).empty());
}

TEST_CASE("what a tree has not got is refused") {
  using test::refusal;
  Log log;
  const HashReader reader = log.store.reader();
  CHECK(refusal(ErrorCode::bad_input, [&] { (void)inclusion_proof({7}, {7}, reader); }) ==
        "leaf 7 is not in a tree of size 7");
  CHECK(refusal(ErrorCode::bad_input, [&] { (void)inclusion_proof({0}, {0}, reader); }) ==
        "leaf 0 is not in a tree of size 0");
  CHECK(refusal(ErrorCode::bad_input, [&] { (void)consistency_proof({8}, {7}, reader); }) ==
        "a tree of size 8 is no beginning of one of 7");
  CHECK(refusal(ErrorCode::bad_input, [&] { (void)root({std::uint64_t{1} << 63}, reader); }) ==
        "tree size 9223372036854775808: expected at most 9223372036854775807");
}

TEST_CASE("a reader that gives too few or too many hashes is found out") {
  using test::refusal;
  const HashReader few = [](std::span<const Node> nodes) { return Hashes(nodes.size() - 1); };
  const HashReader many = [](std::span<const Node> nodes) { return Hashes(nodes.size() + 1); };
  for (const HashReader& reader : {few, many}) {
    (void)refusal(ErrorCode::damaged, [&] { (void)root({5}, reader); });
    (void)refusal(ErrorCode::damaged, [&] { (void)append({5}, Hash(), reader); });
    (void)refusal(ErrorCode::damaged, [&] { (void)inclusion_proof({2}, {5}, reader); });
    (void)refusal(ErrorCode::damaged, [&] { (void)consistency_proof({2}, {5}, reader); });
  }
}

}  // namespace octroi::merkle
