// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "crypto/encoding.hpp"
#include "crypto/paserk.hpp"
#include "support/secret.hpp"
#include "support/vectors.hpp"

// Source: https://github.com/paseto-standard/test-vectors, PASERK. A vector with no text is about
// turning a key of another version or length into one, which the types here cannot express but for
// its length.
namespace octroi::crypto {
namespace {

using json::Value;
using test::bytes_at;
using test::secret;

bool has_text(const Value& vector) {
  return vector.at("paserk").is_string();
}

void check_secret(const Value& vector) {
  const std::string text = vector.at("paserk").as_string();
  const SecretKey key = SecretKey::from_seed(secret(bytes_at(vector, "secret-key-seed")));
  CHECK(to_hex(key.public_key().bytes()) == vector.text("public-key"));
  const SecretBytes written = secret_paserk(key);
  CHECK(as_text(written.reveal()) == text);
  const std::optional<SecretKey> read = read_secret_paserk(secret(text));
  REQUIRE(read.has_value());
  CHECK(read->public_key() == key.public_key());
}

void check_wrapped(const Value& vector) {
  // The password is the text as it stands, although it looks like hexadecimal.
  auto opened = unwrap_with_passphrase(vector.text("paserk"), secret(vector.text("password")));
  const SecretKey* const key = std::get_if<SecretKey>(&opened);
  CHECK((key != nullptr) != vector.at("expect-fail").as_boolean());
  if (key != nullptr) CHECK(to_hex(key->reveal().reveal()) == vector.text("unwrapped"));
}

/// Checks the vectors of that cost, and says how many they are.
int check_wrapped_of_cost(const Value& vectors, std::int64_t passes) {
  int checked = 0;
  for (const Value& vector : vectors.at("tests").as_array()) {
    if (vector.at("options").at("opslimit").as_integer() != passes) continue;
    INFO(vector.text("name"));
    check_wrapped(vector);
    ++checked;
  }
  return checked;
}

}  // namespace

// The keys are arbitrary bytes and not points of prime order: their text is right, and refused.
TEST_CASE("PASERK k4.public vectors") {
  const std::optional<Value> vectors = test::read_vectors("paserk/k4.public.json");
  if (!vectors) return;
  int refused = 0;
  for (const Value& vector : vectors->at("tests").as_array()) {
    INFO(vector.text("name"));
    const Bytes key = bytes_at(vector, "key");
    CHECK_FALSE(PublicKey::from_bytes(key).has_value());
    if (!has_text(vector)) continue;
    CHECK("k4.public." + to_base64url(key) == vector.text("paserk"));
    CHECK_FALSE(PublicKey::from_paserk(vector.text("paserk")).has_value());
    ++refused;
  }
  CHECK(refused == 3);
}

TEST_CASE("PASERK k4.secret vectors") {
  const std::optional<Value> vectors = test::read_vectors("paserk/k4.secret.json");
  if (!vectors) return;
  int read = 0;
  for (const Value& vector : vectors->at("tests").as_array()) {
    INFO(vector.text("name"));
    if (has_text(vector)) {
      check_secret(vector);
      ++read;
    } else {
      CHECK_FALSE(SecretKey::from_bytes(secret(bytes_at(vector, "key"))).has_value());
    }
  }
  CHECK(read == 3);
}

TEST_CASE("PASERK k4.sid vectors") {
  const std::optional<Value> vectors = test::read_vectors("paserk/k4.sid.json");
  if (!vectors) return;
  int named = 0;
  for (const Value& vector : vectors->at("tests").as_array()) {
    INFO(vector.text("name"));
    if (!has_text(vector)) continue;
    const SecretKey key = SecretKey::from_seed(secret(bytes_at(vector, "seed")));
    CHECK(secret_key_id(key) == vector.text("paserk"));
    ++named;
  }
  CHECK(named == 3);
}

TEST_CASE("PASERK k4.secret-pw vectors, the cheap one") {
  const std::optional<Value> vectors = test::read_vectors("paserk/k4.secret-pw.json");
  if (vectors) CHECK(check_wrapped_of_cost(*vectors, 2) == 1);
}

TEST_CASE("PASERK k4.secret-pw vectors, those at the cost of a real key") {
  const std::optional<Value> vectors = test::read_vectors("paserk/k4.secret-pw.json");
  if (vectors) CHECK(check_wrapped_of_cost(*vectors, 3) == 5);
}

}  // namespace octroi::crypto
