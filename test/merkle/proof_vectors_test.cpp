// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>

#include "catch.hpp"
#include "crypto/encoding.hpp"
#include "merkle/proof.hpp"
#include "support/vectors.hpp"

/// Source: github.com/transparency-dev/merkle, testdata.
namespace octroi::merkle {
namespace {

/// One size; the largest of 64 bits is read as a double.
std::uint64_t number_at(const json::Value& vector, std::string_view name) {
  const json::Value& value = vector.at(name);
  if (value.is_integer()) return static_cast<std::uint64_t>(value.as_integer());
  REQUIRE(value.as_number() > 18'446'744'073'709'550'000.0);
  return ~std::uint64_t{0};
}

/// A hash; nothing when it has not 32 bytes.
std::optional<Hash> hash_of(const std::string& text) {
  const std::optional<Bytes> bytes = crypto::from_base64(text);
  Hash hash;
  if (!bytes || bytes->size() != hash.bytes.size()) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), hash.bytes.begin());
  return hash;
}

/// The roots "don't care 1" and "don't care 2", which are as good as any two roots.
std::optional<Hash> root_of(const std::string& text) {
  const std::optional<Bytes> bytes = crypto::from_base64(text);
  if (!bytes || !as_text(*bytes).starts_with("don't care ")) return hash_of(text);
  Hash hash;
  std::copy(bytes->begin(), bytes->end(), hash.bytes.begin());
  return hash;
}

/// The hashes of a proof; nothing when one of them is none.
std::optional<Hashes> proof_of(const json::Value& vector) {
  Hashes proof;
  const json::Value& texts = vector.at("proof");
  if (texts.is_null()) return proof;
  for (const json::Value& text : texts.as_array()) {
    const std::optional<Hash> hash = hash_of(text.as_string());
    if (!hash) return std::nullopt;
    proof.push_back(*hash);
  }
  return proof;
}

bool is_accepted_inclusion(const json::Value& vector) {
  const std::optional<Hash> leaf = hash_of(vector.at("leafHash").as_string());
  const std::optional<Hash> root = hash_of(vector.at("root").as_string());
  const std::optional<Hashes> proof = proof_of(vector);
  if (!leaf || !root || !proof) return false;
  return proves_inclusion(*leaf, {number_at(vector, "leafIdx")},
                          {{number_at(vector, "treeSize")}, *root}, *proof);
}

bool is_accepted_consistency(const json::Value& vector) {
  const std::optional<Hash> from = root_of(vector.at("root1").as_string());
  const std::optional<Hash> to = root_of(vector.at("root2").as_string());
  const std::optional<Hashes> proof = proof_of(vector);
  if (!from || !to || !proof) return false;
  return proves_consistency({{number_at(vector, "size1")}, *from},
                            {{number_at(vector, "size2")}, *to}, *proof);
}

/// How many vectors of a folder are accepted and refused; each as it says of itself.
template <typename IsAccepted>
std::pair<int, int> check_all(const std::string& folder, const IsAccepted& is_accepted) {
  int accepted = 0;
  int refused = 0;
  const std::filesystem::path path = std::filesystem::path(OCTROI_VECTORS) / folder;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) {
    if (!entry.is_regular_file()) continue;
    INFO(entry.path().string());
    const json::Value vector = json::read(read_input(entry.path(), 100'000), entry.path().string(),
                                          {.integers_only = false});
    const bool is_right = is_accepted(vector);
    CHECK(is_right == !vector.at("wantErr").as_boolean());
    (is_right ? accepted : refused) += 1;
  }
  return {accepted, refused};
}

bool has_vectors() {
  return test::read_vectors("merkle-transparency-dev/inclusion/0/happy-path.json").has_value();
}

}  // namespace

TEST_CASE("transparency-dev: inclusion proofs") {
  if (!has_vectors()) return;
  CHECK(check_all("merkle-transparency-dev/inclusion", is_accepted_inclusion) == std::pair(6, 92));
}

TEST_CASE("transparency-dev: consistency proofs") {
  if (!has_vectors()) return;
  CHECK(check_all("merkle-transparency-dev/consistency", is_accepted_consistency) ==
        std::pair(6, 92));
}

}  // namespace octroi::merkle
