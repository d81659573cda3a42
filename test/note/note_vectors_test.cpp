// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "catch.hpp"
#include "crypto/encoding.hpp"
#include "note/checkpoint.hpp"
#include "support/secret.hpp"
#include "support/vectors.hpp"

/// Source: C2SP, golang/mod and sigsum-go; see the vectors' own README.
namespace octroi::note {
namespace {

std::vector<VerifierKey> known_keys(const json::Value& vector, const Note& note) {
  std::vector<VerifierKey> keys;
  for (const std::string& vkey : json::to_strings(vector.find("vkeys"))) {
    INFO(vkey);
    const std::optional<VerifierKey> key = VerifierKey::parse(vkey);
    REQUIRE(key.has_value());
    CHECK(key->text() == vkey);
    keys.push_back(*key);
  }
  if (vector.find("pubkey_hex") != nullptr) {
    const auto key = crypto::PublicKey::from_bytes(test::bytes_at(vector, "pubkey_hex"));
    keys.emplace_back(note.signatures.at(0).name, KeyType::ed25519, key.value());
  }
  return keys;
}

/// Go's `PRIVATE+KEY+name+id+base64(01 ‖ seed)`.
crypto::SecretKey key_of_skey(const std::string& skey) {
  std::size_t at = 0;
  for (int i = 0; i < 4; ++i) at = skey.find('+', at) + 1;
  const Bytes bytes = crypto::from_base64(skey.substr(at)).value();
  return crypto::SecretKey::from_seed(test::secret(ByteView(bytes).subspan(1)));
}

}  // namespace

TEST_CASE("notes of others: read, verified, written back and signed again") {
  const std::optional<json::Value> vectors = test::read_vectors("c2sp-notes/notes.json");
  if (!vectors) return;
  int signed_again = 0;
  for (const json::Value& vector : vectors->at("notes").as_array()) {
    INFO(vector.at("name").as_string());
    const std::string& text = vector.at("note").as_string();
    const Read<Note> read = parse_note(text);
    REQUIRE(std::holds_alternative<Note>(read));
    const Note& note = std::get<Note>(read);
    CHECK(format(note) == text);
    const auto verified = verify_note(note, known_keys(vector, note));
    REQUIRE(std::holds_alternative<std::vector<Signer>>(verified));
    CHECK(std::get<0>(verified).size() ==
          static_cast<std::size_t>(vector.at("verified").as_integer()));
    const SignatureLine& first = note.signatures.at(0);
    const std::vector<std::string> skeys = json::to_strings(vector.find("skeys"));
    if (!skeys.empty()) {
      CHECK(sign_note(note.text, first.name, key_of_skey(skeys[0])) == first);
      ++signed_again;
    }
    if (vector.find("seed_hex") != nullptr) {
      const auto key =
          crypto::SecretKey::from_seed(test::secret(test::bytes_at(vector, "seed_hex")));
      CHECK(sign_note(note.text, first.name, key) == first);
      CHECK(std::holds_alternative<Checkpoint>(parse_checkpoint(note.text)));
      ++signed_again;
    }
  }
  CHECK(signed_again == 2);
}

TEST_CASE("vkeys and a checkpoint of others") {
  const std::optional<json::Value> vectors = test::read_vectors("c2sp-notes/notes.json");
  if (!vectors) return;
  for (const std::string& vkey : json::to_strings(vectors->find("good_vkeys"))) {
    INFO(vkey);
    const std::optional<VerifierKey> key = VerifierKey::parse(vkey);
    REQUIRE(key.has_value());
    CHECK(key->text() == vkey);
  }
  const auto& bad = vectors->at("bad_vkeys").as_array();
  CHECK(bad.size() == 2);
  for (const json::Value& vector : bad) {
    INFO(vector.at("why").as_string());
    CHECK_FALSE(VerifierKey::parse(vector.at("vkey").as_string()).has_value());
  }
  const std::string& body = vectors->at("checkpoint_body").as_string();
  const Read<Checkpoint> read = parse_checkpoint(body);
  REQUIRE(std::holds_alternative<Checkpoint>(read));
  CHECK(std::get<Checkpoint>(read).origin == "example.com/behind-the-sofa");
  CHECK(std::get<Checkpoint>(read).head.size == merkle::TreeSize{20'852'163});
  CHECK(format(std::get<Checkpoint>(read)) == body);
}

}  // namespace octroi::note
