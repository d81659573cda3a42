// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "catch.hpp"
#include "merkle/proof.hpp"
#include "merkle/reference_tree.hpp"
#include "merkle/tree.hpp"
#include "support/vectors.hpp"

/// Source: github.com/google/certificate-transparency, cpp/merkletree/merkle_tree_test.cc.
namespace octroi::merkle {
namespace {

Hashes hashes_at(const json::Value& vector, std::string_view name) {
  Hashes hashes;
  for (const json::Value& text : vector.at(name).as_array()) {
    hashes.push_back(Hash::from_hex(text.as_string()).value());
  }
  return hashes;
}

std::uint64_t number_at(const json::Value& vector, std::string_view name) {
  return static_cast<std::uint64_t>(vector.at(name).as_integer());
}

}  // namespace

TEST_CASE("Certificate Transparency: eight leaves, all roots and proofs") {
  const std::optional<json::Value> vectors = test::read_vectors("rfc6962-ct/ct-merkle.json");
  if (!vectors) return;
  std::vector<TreeHead> heads = {Frontier().head()};
  std::vector<Hash> leaves;
  Store store;
  Frontier frontier;
  for (const json::Value& leaf : vectors->at("leaves_hex").as_array()) {
    leaves.push_back(leaf_hash(as_text(from_hex(leaf.as_string()).value())));
    store.add(frontier.append(leaves.back()));
    heads.push_back(frontier.head());
  }
  REQUIRE(heads.size() == 9);
  for (std::size_t size = 0; size < heads.size(); ++size) {
    CHECK(heads[size].root.hex() ==
          vectors->at("roots_hex_by_size").at(std::to_string(size)).as_string());
  }
  const auto& inclusions = vectors->at("inclusion").as_array();
  CHECK(inclusions.size() == 36);
  for (const json::Value& vector : inclusions) {
    const std::uint64_t index = number_at(vector, "index");
    const std::uint64_t size = number_at(vector, "size");
    const Hashes path = hashes_at(vector, "path");
    INFO(index << " of " << size);
    CHECK(inclusion_proof({index}, {size}, store.reader()) == path);
    CHECK(proves_inclusion(leaves[index], {index}, heads[size], path));
  }
  const auto& consistencies = vectors->at("consistency").as_array();
  CHECK(consistencies.size() == 36);
  for (const json::Value& vector : consistencies) {
    const std::uint64_t from = number_at(vector, "size1");
    const std::uint64_t to = number_at(vector, "size2");
    const Hashes proof = hashes_at(vector, "proof");
    INFO(from << " to " << to);
    CHECK(consistency_proof({from}, {to}, store.reader()) == proof);
    CHECK(proves_consistency(heads[from], heads[to], proof));
  }
}

}  // namespace octroi::merkle
