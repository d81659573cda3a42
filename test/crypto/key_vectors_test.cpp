// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "catch.hpp"
#include "crypto/key.hpp"
#include "support/vectors.hpp"

namespace octroi::crypto {
namespace {

using Flags = std::set<std::string>;

Flags flags_of(const json::Value& vector) {
  const json::Value* flags = vector.find("flags");
  if (flags == nullptr || flags->is_null()) return {};
  const std::vector<std::string> texts = json::to_strings(flags);
  return {texts.begin(), texts.end()};
}

bool has_any(const Flags& flags, const Flags& of) {
  return std::any_of(of.begin(), of.end(),
                     [&](const std::string& flag) { return flags.contains(flag); });
}

bool is_accepted(const PublicKey& key, const json::Value& vector) {
  Signature signature;
  const Bytes bytes = test::bytes_at(vector, "sig");
  REQUIRE(bytes.size() == signature.bytes.size());
  std::copy(bytes.begin(), bytes.end(), signature.bytes.begin());
  return key.verifies(as_bytes(vector.at("msg").as_string()), signature);
}

}  // namespace

// Source: C2SP CCTV, ed25519. A flag ending in A is about the public key, the others about the
// signature. octroi is strict: any flag at all is a refusal.
TEST_CASE("C2SP CCTV: weak keys are refused, and under the others flawed signatures") {
  const std::optional<json::Value> vectors = test::read_vectors("ed25519-cctv/ed25519vectors.json");
  if (!vectors) return;
  const Flags weak_key = {"low_order_A", "low_order_component_A", "non_canonical_A"};
  std::set<std::string> refused;
  std::set<std::string> admitted;
  int valid = 0;
  for (const json::Value& vector : vectors->as_array()) {
    INFO(vector.at("number").as_integer());
    const std::string text = vector.at("key").as_string();
    const std::optional<PublicKey> key = PublicKey::from_bytes(test::bytes_at(vector, "key"));
    const Flags flags = flags_of(vector);
    if (has_any(flags, weak_key)) CHECK_FALSE(key.has_value());
    (key ? admitted : refused).insert(text);
    if (!key) continue;
    CHECK(is_accepted(*key, vector) == flags.empty());
    valid += flags.empty() ? 1 : 0;
  }
  CHECK(refused.size() == 21);
  CHECK(admitted.size() == 1);
  CHECK(valid == 1);
}

}  // namespace octroi::crypto
