// SPDX-License-Identifier: Apache-2.0
#include "crypto/vkey.hpp"

#include <array>
#include <set>
#include <utility>

#include "catch.hpp"
#include "crypto/hash.hpp"
#include "support/secret.hpp"
#include "support/vectors.hpp"

namespace octroi::crypto {
namespace {

// Source: C2SP signed-note.md and golang/mod sumdb/note/note_test.go.
constexpr std::array<std::string_view, 3> k_known = {
    "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"};

/// base64 by its definition, of 33 bytes: no padding is needed.
std::string base64_of(const Bytes& bytes) {
  constexpr std::string_view letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i + 2 < bytes.size(); i += 3) {
    const unsigned bits = unsigned{bytes[i]} << 16 | unsigned{bytes[i + 1]} << 8 | bytes[i + 2];
    for (int shift = 18; shift >= 0; shift -= 6) text += letters[bits >> shift & 63];
  }
  return text;
}

/// A verifier key with the right hash, whatever its bytes are.
std::string text_with_right_hash(const std::string& name, const Bytes& typed) {
  const Digest hash = Sha256().update(as_bytes(name + "\n")).update(typed).finish();
  return name + "+" + hash.hex().substr(0, 8) + "+" + base64_of(typed);
}

Bytes typed(std::uint8_t type, ByteView key) {
  Bytes bytes{type};
  bytes.insert(bytes.end(), key.begin(), key.end());
  return bytes;
}

}  // namespace

TEST_CASE("verifier keys of others are read, and written again as they were") {
  for (const std::string_view text : k_known) {
    INFO(text);
    const std::optional<NamedKey> key = read_vkey(text);
    REQUIRE(key.has_value());
    CHECK(vkey_of(key->name, key->key) == text);
    CHECK(key->name == text.substr(0, text.find('+')));
  }
}

TEST_CASE("a verifier key has one form only") {
  const PublicKey key = test::key_of("log").public_key();
  const std::string text = vkey_of("council.example/log", key);
  CHECK(text == text_with_right_hash("council.example/log", typed(1, key.bytes())));
  REQUIRE(read_vkey(text).has_value());
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string changed = text;
    changed[i] = changed[i] == 'x' ? 'y' : 'x';
    INFO(changed);
    CHECK_FALSE(read_vkey(changed).has_value());
  }
  const std::array<std::pair<const char*, std::string>, 8> corruptions = {{
      {"nothing", ""},
      {"no name", text.substr(text.find('+'))},
      {"no hash", "council.example/log+" + text.substr(text.rfind('+') + 1)},
      {"a letter less", text.substr(0, text.size() - 1)},
      {"a letter more", text + "A"},
      {"a line feed after", text + "\n"},
      {"a cosignature key", text_with_right_hash("council.example/log", typed(4, key.bytes()))},
      {"another name", "other" + text},
  }};
  for (const auto& [name, corrupt] : corruptions) {
    INFO(name);
    CHECK_FALSE(read_vkey(corrupt).has_value());
  }
}

TEST_CASE("C2SP CCTV: no weak key is read as a verifier key, though its hash is right") {
  const std::optional<json::Value> vectors = test::read_vectors("ed25519-cctv/ed25519vectors.json");
  if (!vectors) return;
  std::set<std::string> refused;
  std::set<std::string> admitted;
  for (const json::Value& vector : vectors->as_array()) {
    const Bytes key = test::bytes_at(vector, "key");
    const bool is_read = read_vkey(text_with_right_hash("log.example", typed(1, key))).has_value();
    (is_read ? admitted : refused).insert(vector.at("key").as_string());
  }
  CHECK(refused.size() == 21);
  CHECK(admitted.size() == 1);
}

}  // namespace octroi::crypto
