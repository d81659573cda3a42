// SPDX-License-Identifier: Apache-2.0
#include "crypto/key_id.hpp"

#include "catch.hpp"
#include "crypto/encoding.hpp"
#include "support/vectors.hpp"

namespace octroi::crypto {

// The keys of these vectors are not points of prime order, so PublicKey refuses them; their names
// are right all the same.
TEST_CASE("PASERK k4.pid vectors") {
  const std::optional<json::Value> vectors = test::read_vectors("paserk/k4.pid.json");
  if (!vectors) return;
  int named = 0;
  for (const json::Value& vector : vectors->at("tests").as_array()) {
    if (vector.at("expect-fail").as_boolean()) continue;  // those are about reading keys
    INFO(vector.text("name"));
    const std::string key = "k4.public." + to_base64url(test::bytes_at(vector, "key"));
    CHECK(paserk_id("k4.pid.", as_bytes(key)) == vector.text("paserk"));
    ++named;
  }
  CHECK(named == 3);
}

TEST_CASE("the kind of key is part of what is hashed") {
  const std::string pid = paserk_id("k4.pid.", as_bytes("k4.public.AA"));
  const std::string sid = paserk_id("k4.sid.", as_bytes("k4.public.AA"));
  CHECK(pid.size() == 7 + 44);
  CHECK(pid.substr(7) != sid.substr(7));
}

}  // namespace octroi::crypto
