// SPDX-License-Identifier: Apache-2.0
#include "crypto/paserk.hpp"

#include <array>
#include <utility>

#include "catch.hpp"
#include "crypto/encoding.hpp"
#include "support/secret.hpp"

namespace octroi::crypto {
namespace {

using test::k_cheap;
using test::key_of;
using test::secret;

constexpr std::string_view k_header = "k4.secret-pw.";

Bytes data_of(std::string_view wrapped) {
  return from_base64url(wrapped.substr(k_header.size())).value();
}

std::string text_of(const Bytes& data) {
  return std::string(k_header) + to_base64url(data);
}

/// The text with big-endian `value` of that many bytes written over its data.
std::string with_number(const std::string& wrapped, std::size_t at, std::size_t size,
                        std::uint64_t value) {
  Bytes data = data_of(wrapped);
  for (std::size_t i = 0; i < size; ++i) {
    data[at + i] = static_cast<std::uint8_t>(value >> (8 * (size - 1 - i)));
  }
  return text_of(data);
}

std::string with_memory(const std::string& wrapped, std::uint64_t bytes) {
  return with_number(wrapped, 16, 8, bytes);
}

std::string with_passes(const std::string& wrapped, std::uint64_t passes) {
  return with_number(wrapped, 24, 4, passes);
}

std::string with_lanes(const std::string& wrapped, std::uint64_t lanes) {
  return with_number(wrapped, 28, 4, lanes);
}

/// The text with one byte changed to one that libsodium itself reads as the letter '_'.
std::string with_top_bit(std::string text, std::size_t at) {
  text.at(at) = '\xdf';
  return text;
}

/// What opening gives: a key, or why not.
std::string outcome(std::string_view text, std::string_view passphrase = "open sesame") {
  const auto opened = unwrap_with_passphrase(text, secret(passphrase));
  if (std::holds_alternative<SecretKey>(opened)) return "key";
  switch (std::get<UnwrapFailure>(opened)) {
    case UnwrapFailure::malformed:
      return "malformed";
    case UnwrapFailure::too_expensive:
      return "too expensive";
    case UnwrapFailure::wrong_passphrase:
      return "wrong passphrase";
  }
  return "?";
}

std::string wrapped_alice() {
  return wrap_with_passphrase(key_of("alice"), secret("open sesame"), k_cheap);
}

}  // namespace

TEST_CASE("a wrapped key opens with its passphrase, to the same key") {
  const std::string text = wrapped_alice();
  CHECK(text.size() == k_header.size() + 203);
  const auto opened = unwrap_with_passphrase(text, secret("open sesame"));
  REQUIRE(std::holds_alternative<SecretKey>(opened));
  CHECK(std::get<SecretKey>(opened).public_key() == key_of("alice").public_key());
  const Signature signature = std::get<SecretKey>(opened).sign(as_bytes("x"));
  CHECK(signature == key_of("alice").sign(as_bytes("x")));
}

TEST_CASE("a wrapped key says what it costs, and never looks the same twice") {
  const std::string text = wrap_with_passphrase(key_of("alice"), secret("p"), {16'384, 2});
  CHECK(with_lanes(with_passes(with_memory(text, 16'384), 2), 1) == text);
  const Bytes first = data_of(text);
  const Bytes second = data_of(wrap_with_passphrase(key_of("alice"), secret("p"), {16'384, 2}));
  const auto differ = [&](std::size_t at, std::size_t size) {
    return !std::equal(first.begin() + static_cast<std::ptrdiff_t>(at),
                       first.begin() + static_cast<std::ptrdiff_t>(at + size),
                       second.begin() + static_cast<std::ptrdiff_t>(at));
  };
  CHECK(differ(0, 16));    // salt
  CHECK(differ(32, 24));   // nonce
  CHECK(differ(56, 64));   // encrypted key
  CHECK(differ(120, 32));  // tag
}

TEST_CASE("another passphrase opens nothing") {
  const std::string text = wrapped_alice();
  for (const char* passphrase : {"", "open sesamE", "open sesame ", "open sesam", "Open sesame"}) {
    INFO(passphrase);
    CHECK(outcome(text, passphrase) == "wrong passphrase");
  }
  CHECK(outcome(text, std::string_view("open sesame\0", 12)) == "wrong passphrase");
}

TEST_CASE("any passphrase is taken as its bytes") {
  for (const std::string& passphrase :
       {std::string(), std::string("\0\n\xff", 3), std::string(1024, 'x')}) {
    const std::string text = wrap_with_passphrase(key_of("alice"), secret(passphrase), k_cheap);
    CHECK(outcome(text, passphrase) == "key");
  }
}

TEST_CASE("a wrapped key with any byte changed opens nothing") {
  const std::string text = wrapped_alice();
  const Bytes data = data_of(text);
  for (std::size_t i = 0; i < data.size(); ++i) {
    Bytes changed = data;
    changed[i] ^= 1;
    const bool is_cost = i >= 16 && i < 32;  // those bytes may ask for something out of range
    INFO(i);
    if (is_cost) {
      CHECK(outcome(text_of(changed)) != "key");
    } else {
      CHECK(outcome(text_of(changed)) == "wrong passphrase");
    }
  }
}

TEST_CASE("what is no wrapped key is malformed") {
  const std::string text = wrapped_alice();
  const std::string data = text.substr(k_header.size());
  const std::array<std::pair<const char*, std::string>, 13> corruptions = {{
      {"nothing", ""},
      {"a letter with its top bit set", with_top_bit(text, 20)},
      {"the header alone", std::string(k_header)},
      {"no header", data},
      {"another version", "k3.secret-pw." + data},
      {"another kind", "k4.local-pw." + data},
      {"a public key", key_of("alice").public_key().paserk()},
      {"a line feed after", text + "\n"},
      {"padding", text + "="},
      {"one letter less", text.substr(0, text.size() - 1)},
      {"four letters less", text.substr(0, text.size() - 4)},
      {"four letters more", text + "AAAA"},
      {"trailing bits", text.substr(0, text.size() - 1) + "_"},
  }};
  for (const auto& [name, corrupt] : corruptions) {
    INFO(name);
    CHECK(outcome(corrupt) == "malformed");
  }
}

// Were any of these worked on, this test would take hours or fail for lack of memory.
TEST_CASE("a cost out of range is refused before any work") {
  const std::string text = wrapped_alice();
  CHECK(outcome(with_lanes(text, 0)) == "malformed");
  CHECK(outcome(with_lanes(text, 2)) == "malformed");
  CHECK(outcome(with_lanes(text, 0x01000001)) == "malformed");
  CHECK(outcome(with_passes(text, 0)) == "malformed");
  CHECK(outcome(with_memory(text, 0)) == "malformed");
  CHECK(outcome(with_memory(text, 7168)) == "malformed");
  CHECK(outcome(with_memory(text, 8193)) == "malformed");
  CHECK(outcome(with_memory(text, ~std::uint64_t{0})) == "malformed");
  CHECK(outcome(with_memory(text, k_passphrase_cost_max.memory_bytes + 1024)) == "too expensive");
  CHECK(outcome(with_memory(text, std::uint64_t{1} << 62)) == "too expensive");
  CHECK(outcome(with_memory(text, (std::uint64_t{1} << 32) + 8192)) == "too expensive");
  CHECK(outcome(with_passes(text, k_passphrase_cost_max.passes + 1)) == "too expensive");
  CHECK(outcome(with_passes(text, 0xffffffff)) == "too expensive");
}

TEST_CASE("the dearest cost that is allowed is worked on") {
  CHECK(outcome(with_passes(wrapped_alice(), k_passphrase_cost_max.passes)) == "wrong passphrase");
}

// Both were made by another program, with a tag that is right; the second holds alice's seed and
// bob's public key. Signing with it would give alice's key away.
TEST_CASE("a wrapped key whose halves do not belong together is no key") {
  constexpr std::string_view k_alice =
      "k4.secret-pw.AAECAwQFBgcICQoLDA0ODwAAAAAAACAAAAAAAQAAAAFkZWZnaGlqa2xtbm9wcXJzdHV2d3h"
      "5entJJGIAfiXh9Y_Qp6DVWGweddU6ltMacn8ZTMBu2E-GZLutWD0wXGQ7wN1PzSq4nSH3RIl21HIu0Zd3mgS"
      "atjmxVB6qaGKXchfNVZV0pBH7dQ8BNCwKpBQgtaLyz60hjAM";
  constexpr std::string_view k_mixed =
      "k4.secret-pw.AAECAwQFBgcICQoLDA0ODwAAAAAAACAAAAAAAQAAAAFkZWZnaGlqa2xtbm9wcXJzdHV2d3h"
      "5entJJGIAfiXh9Y_Qp6DVWGweddU6ltMacn8ZTMBu2E-GZILTp4XbSIKgycIL8P2YwYnoUQd27BTNRGQnrj8"
      "Fv3YZiZ5p_XBoWfnUHiFgVr-L-202R5Mdxh2qeyRt6i-X2dg";
  const auto opened = unwrap_with_passphrase(k_alice, secret("open sesame"));
  REQUIRE(std::holds_alternative<SecretKey>(opened));
  CHECK(std::get<SecretKey>(opened).public_key() == key_of("alice").public_key());
  CHECK(outcome(k_mixed) == "malformed");
  CHECK(outcome(k_mixed, "open barley") == "wrong passphrase");
}

TEST_CASE("a secret text whose halves do not belong together is no key") {
  const SecretBytes written = secret_paserk(key_of("alice"));
  const Bytes data = from_base64url(as_text(written.reveal()).substr(10)).value();
  for (std::size_t i = 0; i < data.size(); ++i) {
    Bytes mixed = data;
    mixed[i] ^= 1;
    const std::string text = "k4.secret." + to_base64url(mixed);
    CHECK_FALSE(read_secret_paserk(secret(text)).has_value());
  }
}

TEST_CASE("only k4.secret is a secret key's text") {
  const SecretBytes written = secret_paserk(key_of("alice"));
  const std::string text(as_text(written.reveal()));
  const std::string data = text.substr(10);
  const std::array<std::pair<const char*, std::string>, 12> corruptions = {{
      {"nothing", ""},
      {"a letter with its top bit set", with_top_bit(text, text.find('_'))},
      {"the header alone", "k4.secret."},
      {"no header", data},
      {"another version", "k2.secret." + data},
      {"another kind", "k4.public." + data},
      {"a seed alone", "k4.secret." + data.substr(0, 43)},
      {"a line feed after", text + "\n"},
      {"padding", text + "=="},
      {"one letter less", text.substr(0, text.size() - 1)},
      {"four letters more", text + "AAAA"},
      {"a space before", " " + text},
  }};
  for (const auto& [name, corrupt] : corruptions) {
    INFO(name);
    CHECK_FALSE(read_secret_paserk(secret(corrupt)).has_value());
  }
}

TEST_CASE("a secret text is not filled up with the zeros that it lacks") {
  int number = 0;
  while (key_of(std::to_string(number)).public_key().bytes().back() != 0) ++number;
  const SecretKey key = key_of(std::to_string(number));
  const ByteView bytes = key.reveal().reveal();
  REQUIRE(bytes.back() == 0);
  const auto read = [](ByteView part) {
    return read_secret_paserk(secret("k4.secret." + to_base64url(part))).has_value();
  };
  CHECK(read(bytes));
  CHECK_FALSE(read(bytes.first(63)));
}

TEST_CASE("secret keys have names of their own") {
  CHECK(secret_key_id(key_of("alice")) == secret_key_id(key_of("alice")));
  CHECK(secret_key_id(key_of("alice")) != secret_key_id(key_of("bob")));
  CHECK(secret_key_id(key_of("alice")).substr(7) !=
        key_of("alice").public_key().id().text.substr(7));
}

}  // namespace octroi::crypto
