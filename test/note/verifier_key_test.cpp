// SPDX-License-Identifier: Apache-2.0
#include "note/verifier_key.hpp"

#include "crypto/encoding.hpp"
#include "crypto/hash.hpp"
#include "note/note.hpp"
#include "note/samples.hpp"

namespace octroi::note {
namespace {

using samples::replaced;

const std::string k_vkey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

/// A vkey whose key id is right for whatever stands in it.
std::string made_vkey(const std::string& name, const Bytes& material) {
  const Bytes message = [&] {
    const std::string text = name + "\n" + std::string(as_text(material));
    return Bytes(as_bytes(text).begin(), as_bytes(text).end());
  }();
  const std::string id = crypto::sha256(ByteView(message)).hex().substr(0, 8);
  return name + "+" + id + "+" + crypto::to_base64(material);
}

Bytes material_of(std::uint8_t type, ByteView key) {
  Bytes material = {type};
  material.insert(material.end(), key.begin(), key.end());
  return material;
}

}  // namespace

TEST_CASE("a vkey comes back, with its parts") {
  const std::optional<VerifierKey> key = VerifierKey::parse(k_vkey);
  REQUIRE(key.has_value());
  CHECK(key->text() == k_vkey);
  CHECK(key->name() == "example.com/foo");
  CHECK(key->id() == 0x530d903a);
  CHECK(key->type() == KeyType::ed25519);
  const VerifierKey witness = samples::witness_key();
  CHECK(VerifierKey::parse(witness.text()) == witness);
  CHECK(witness.text() == made_vkey(samples::k_witness, material_of(4, witness.key().bytes())));
}

TEST_CASE("the same key has another id under another name or type") {
  const crypto::PublicKey key = test::key_of("log").public_key();
  const VerifierKey log("a", KeyType::ed25519, key);
  CHECK(log.id() != VerifierKey("b", KeyType::ed25519, key).id());
  CHECK(log.id() != VerifierKey("a", KeyType::cosignature_v1, key).id());
}

TEST_CASE("what is no vkey") {
  const crypto::PublicKey key = test::key_of("log").public_key();
  const Bytes bytes(key.bytes().begin(), key.bytes().end());
  REQUIRE(VerifierKey::parse(made_vkey("a", material_of(1, bytes))).has_value());
  const Bytes low_order = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                           0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
  const std::vector<std::pair<const char*, std::string>> corruptions = {
      {"nothing", ""},
      {"name alone", "example.com/foo"},
      {"name and id", "example.com/foo+530d903a"},
      {"no key", "example.com/foo+530d903a+"},
      {"no name", k_vkey.substr(15)},
      {"other name", replaced(k_vkey, "foo", "fop")},
      {"other id", replaced(k_vkey, "530d903a", "530d903b")},
      {"id in capitals", replaced(k_vkey, "530d903a", "530D903A")},
      {"id of seven digits", replaced(k_vkey, "530d903a", "530d903")},
      {"id with a zero before", replaced(k_vkey, "530d903a", "0530d903a")},
      {"id with a sign", replaced(k_vkey, "530d903a", "-530d903a")},
      {"one letter of the key", replaced(k_vkey, "ekyeRrm", "ekyeRrn")},
      {"truncated", k_vkey.substr(0, k_vkey.size() - 4)},
      {"one byte more", k_vkey + "AAAA"},
      {"padding behind", k_vkey + "="},
      {"line feed behind", k_vkey + "\n"},
      {"space behind", k_vkey + " "},
      {"space before", " " + k_vkey},
      {"carriage return", k_vkey + "\r"},
      {"other alphabet", replaced(made_vkey("a", Bytes(33, 0x01)), "AQEB", "AQ-B")},
      {"31 bytes", made_vkey("a", material_of(1, ByteView(bytes).first(31)))},
      {"33 bytes", made_vkey("a", material_of(1, Bytes(33, 1)))},
      {"type 00", made_vkey("a", material_of(0, bytes))},
      {"type 02, ECDSA", made_vkey("a", material_of(2, bytes))},
      {"type 05, RFC 6962", made_vkey("a", material_of(5, bytes))},
      {"type 06, ML-DSA-44", made_vkey("a", material_of(6, Bytes(1312, 1)))},
      {"type ff", made_vkey("a", material_of(0xff, bytes))},
      {"weak key of low order", made_vkey("a", material_of(1, low_order))},
      {"key of zeros", made_vkey("a", material_of(1, Bytes(32, 0)))},
      {"space in the name", made_vkey("a b", material_of(1, bytes))},
      {"no-break space in the name", made_vkey("a\u00a0b", material_of(1, bytes))},
      {"wide space in the name", made_vkey("a\u3000b", material_of(1, bytes))},
      {"line separator in the name", made_vkey("a\u2028b", material_of(1, bytes))},
      {"next line in the name", made_vkey("a\u0085b", material_of(1, bytes))},
      {"tab in the name", made_vkey("a\tb", material_of(1, bytes))},
      {"line feed in the name", made_vkey("a\nb", material_of(1, bytes))},
      {"not UTF-8", made_vkey("a\xff", material_of(1, bytes))},
      {"name too long", made_vkey(std::string(256, 'a'), material_of(1, bytes))},
      {"too long by far", std::string(100'000, '+')},
  };
  for (const auto& [name, text] : corruptions) {
    INFO(name);
    CHECK_FALSE(VerifierKey::parse(text).has_value());
  }
  const auto mixed = from_hex("10eb7c3acfb2bed3e0d6ab89bf5a3d6afddd1176ce4812e38d9fd485058fdb1f");
  CHECK_FALSE(VerifierKey::parse(made_vkey("a", material_of(1, *mixed))).has_value());
}

TEST_CASE("names of keys, and of octroi's own") {
  for (const char* name : {"a", "octroi.example/board", "127.0.0.1", "a-b/c.d", "a.example/b_c"}) {
    CHECK(is_key_name(name));
    CHECK(is_own_key_name(name));
  }
  for (const char* name : {"PeterNeumann", "caf\u00e9", "a:8080", "cosignature/v1"}) {
    INFO(name);
    CHECK(is_key_name(name));
    CHECK_FALSE(is_own_key_name(name));
  }
  for (const char* name : {"", " ", "a+b", "a b", "a\x7f", "a\x01", "\xe2\x80"}) {
    INFO(name);
    CHECK_FALSE(is_key_name(name));
    CHECK_FALSE(is_own_key_name(name));
  }
}

TEST_CASE("a cosignature has 72 bytes, and its time is signed") {
  const std::string text = "example.com/behind-the-sofa\n0\nAAAA\n";
  CHECK(cosigned_message(text, Instant(std::chrono::seconds(1679315147))) ==
        "cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n0\nAAAA\n");
  const VerifierKey key = samples::witness_key();
  const SignatureLine line =
      cosign_note(text, samples::k_witness, test::key_of("witness"), samples::k_noon);
  REQUIRE(line.signature.size() == 72);
  CHECK(line.key_id == key.id());
  CHECK(to_hex(ByteView(line.signature).first(8)) == "000000006b0ac240");
  CHECK(key.check(text, line.signature) == GoodSignature{samples::k_noon});
  for (std::size_t i = 0; i < line.signature.size(); ++i) {
    Bytes changed = line.signature;
    changed[i] ^= 0x01;
    if (key.check(text, changed)) FAIL_CHECK("byte " << i);
  }
  CHECK_FALSE(key.check(text + "x\n", line.signature).has_value());
  CHECK_FALSE(key.check(text, ByteView(line.signature).first(71)).has_value());
  CHECK_FALSE(key.check(text, ByteView(line.signature).subspan(8)).has_value());
  CHECK_FALSE(key.check(text, ByteView()).has_value());
  Bytes longer = line.signature;
  longer.push_back(0);
  CHECK_FALSE(key.check(text, longer).has_value());
}

TEST_CASE("times that no witness may state") {
  const std::string text = "a\n0\nb\n";
  const crypto::SecretKey secret = test::key_of("witness");
  const auto cosigned_at = [&](std::uint64_t seconds) {
    // As a hostile or broken witness would: signed well, whatever the time.
    const std::string message = "cosignature/v1\ntime " + std::to_string(seconds) + "\n" + text;
    const crypto::Signature signature = secret.sign(as_bytes(message));
    Bytes bytes;
    for (int i = 7; i >= 0; --i) bytes.push_back(static_cast<std::uint8_t>(seconds >> (8 * i)));
    bytes.insert(bytes.end(), signature.bytes.begin(), signature.bytes.end());
    return samples::witness_key().check(text, bytes).has_value();
  };
  CHECK(cosigned_at(1));
  CHECK(cosigned_at(253'402'300'799));  // 9999-12-31T23:59:59Z
  CHECK_FALSE(cosigned_at(0));
  CHECK_FALSE(cosigned_at(253'402'300'800));
  CHECK_FALSE(cosigned_at(std::uint64_t{1} << 63));
  CHECK_FALSE(cosigned_at(~std::uint64_t{0}));
}

// A cosignature's message is a legal text of a note: what keeps the two apart is the key.
TEST_CASE("a signature of one type is none of the other") {
  const std::string text = "a\n0\nb\n";
  const crypto::SecretKey secret = test::key_of("both");
  const VerifierKey as_log("a", KeyType::ed25519, secret.public_key());
  const VerifierKey as_witness("a", KeyType::cosignature_v1, secret.public_key());
  const SignatureLine signed_line = sign_note(text, "a", secret);
  const SignatureLine cosigned_line = cosign_note(text, "a", secret, samples::k_noon);
  CHECK(as_log.check(text, signed_line.signature) == GoodSignature{});
  CHECK_FALSE(as_witness.check(text, signed_line.signature).has_value());
  CHECK_FALSE(as_log.check(text, cosigned_line.signature).has_value());
  CHECK_FALSE(as_log.check(text, ByteView(cosigned_line.signature).subspan(8)).has_value());
}

}  // namespace octroi::note
