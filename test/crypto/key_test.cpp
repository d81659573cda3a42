// SPDX-License-Identifier: Apache-2.0
#include "crypto/key.hpp"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <concepts>
#include <ostream>
#include <type_traits>
#include <utility>

#include "base/error.hpp"
#include "catch.hpp"
#include "crypto/encoding.hpp"
#include "support/secret.hpp"

namespace octroi::crypto {
namespace {

using test::key_of;
using test::secret;

template <typename Type>
concept Printable = requires(std::ostream& out, const Type& value) {
  out << value;
};

static_assert(!std::is_copy_constructible_v<SecretBytes> && !std::equality_comparable<SecretBytes>);
static_assert(!std::is_copy_constructible_v<SecretKey> && !std::equality_comparable<SecretKey>);
static_assert(!Printable<SecretBytes> && !Printable<SecretKey>);
static_assert(!std::is_default_constructible_v<PublicKey>);
static_assert(!std::is_constructible_v<PublicKey, std::array<std::uint8_t, 32>>);

Bytes hex(std::string_view text) {
  return from_hex(text).value();
}

Bytes bytes_of(const SecretBytes& bytes) {
  return {bytes.reveal().begin(), bytes.reveal().end()};
}

}  // namespace

TEST_CASE("secret memory outlives the start of the library") {
  SecretBytes early(16);
  initialize();
  initialize();  // twice does no harm
  CHECK(bytes_of(early) == Bytes(16, 0));
}

TEST_CASE("secret bytes move, and are zero at first") {
  SecretBytes first(4);
  CHECK(bytes_of(first) == Bytes(4, 0));
  first.reveal()[3] = 7;
  SecretBytes second = std::move(first);
  CHECK(bytes_of(second) == Bytes{0, 0, 0, 7});
  SecretBytes third(1);
  third = std::move(second);
  CHECK(bytes_of(third) == Bytes{0, 0, 0, 7});
  CHECK(SecretBytes(0).reveal().empty());
}

TEST_CASE("truncated secret bytes are forgotten") {
  SecretBytes bytes = secret("12345678");
  const std::uint8_t* const data = bytes.reveal().data();
  bytes.truncate(3);
  CHECK(as_text(std::as_const(bytes).reveal()) == "123");
  CHECK(std::all_of(data + 3, data + 8, [](std::uint8_t byte) { return byte == 0; }));
  bytes.truncate(0);
  CHECK(bytes.size() == 0);
}

TEST_CASE("no memory for a secret is an error") {
  bool is_refused = false;
  try {
    const SecretBytes bytes(std::size_t{1} << 62);
  } catch (const Error& error) {
    is_refused = error.code() == ErrorCode::could_not;
  }
  CHECK(is_refused);
}

TEST_CASE("core dumps are forbidden") {
  const pid_t child = ::fork();
  if (child == 0) {
    forbid_core_dumps();
    rlimit limit{1, 1};
    const bool is_limited =
        ::getrlimit(RLIMIT_CORE, &limit) == 0 && limit.rlim_cur == 0 && limit.rlim_max == 0;
    ::_exit(is_limited && ::prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0 ? 0 : 1);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
}

// Source: RFC 8032 section 7.1, tests 1 and 3.
TEST_CASE("Ed25519: known answers") {
  const SecretKey first = SecretKey::from_seed(
      secret(hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")));
  CHECK(to_hex(first.public_key().bytes()) ==
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  CHECK(to_hex(first.sign({}).bytes) ==
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701c"
        "f9b46bd25bf5f0595bbe24655141438e7a100b");
  const SecretKey third = SecretKey::from_seed(
      secret(hex("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7")));
  CHECK(to_hex(third.public_key().bytes()) ==
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025");
  CHECK(to_hex(third.sign(hex("af82")).bytes) ==
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f76098"
        "4dc6594a7c15e9716ed28dc027beceea1ec40a");
}

TEST_CASE("a signature holds for its message and key alone, and not with any bit changed") {
  const SecretKey key = key_of("alice");
  const Signature signature = key.sign(as_bytes("message"));
  CHECK(key.public_key().verifies(as_bytes("message"), signature));
  CHECK_FALSE(key.public_key().verifies(as_bytes("Message"), signature));
  CHECK_FALSE(key.public_key().verifies({}, signature));
  CHECK_FALSE(key_of("bob").public_key().verifies(as_bytes("message"), signature));
  for (std::size_t bit = 0; bit < 8 * signature.bytes.size(); ++bit) {
    Signature changed = signature;
    changed.bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
    CHECK_FALSE(key.public_key().verifies(as_bytes("message"), changed));
  }
}

TEST_CASE("a signature whose scalar is not reduced is refused") {
  // S + L is the same scalar modulo the group order L, so a lax reader takes it for another
  // signature of the same message. Source: RFC 8032 section 5.1.7.
  const Bytes order = hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
  const SecretKey key = key_of("alice");
  Signature changed = key.sign(as_bytes("message"));
  unsigned carry = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    carry += static_cast<unsigned>(changed.bytes[32 + i]) + order[i];
    changed.bytes[32 + i] = static_cast<std::uint8_t>(carry);
    carry >>= 8;
  }
  CHECK_FALSE(key.public_key().verifies(as_bytes("message"), changed));
}

TEST_CASE("weak public keys are refused, by name") {
  const std::array<std::pair<const char*, const char*>, 6> corruptions = {{
      {"order 1", "0100000000000000000000000000000000000000000000000000000000000000"},
      {"order 2", "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"},
      {"order 4", "0000000000000000000000000000000000000000000000000000000000000000"},
      {"order 8", "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"},
      {"order 1, not canonical",
       "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"},
      {"not on the curve", "0200000000000000000000000000000000000000000000000000000000000000"},
  }};
  for (const auto& [name, text] : corruptions) {
    INFO(name);
    CHECK_FALSE(PublicKey::from_bytes(hex(text)).has_value());
    CHECK_FALSE(PublicKey::from_paserk("k4.public." + to_base64url(hex(text))).has_value());
  }
}

TEST_CASE("a public key has 32 bytes and comes back from its text") {
  const PublicKey key = key_of("alice").public_key();
  CHECK(PublicKey::from_paserk(key.paserk()) == key);
  const Bytes bytes(key.bytes().begin(), key.bytes().end());
  CHECK(PublicKey::from_bytes(bytes) == key);
  CHECK_FALSE(PublicKey::from_bytes({}).has_value());
  CHECK_FALSE(PublicKey::from_bytes(ByteView(bytes).first(31)).has_value());
  Bytes longer = bytes;
  longer.push_back(0);
  CHECK_FALSE(PublicKey::from_bytes(longer).has_value());
}

TEST_CASE("only k4.public is a public key's text") {
  const SecretKey key = key_of("alice");
  const std::string text = key.public_key().paserk();
  const std::string data = text.substr(10);
  const std::array<std::pair<const char*, std::string>, 14> corruptions = {{
      {"nothing", ""},
      {"the header alone", "k4.public."},
      {"no header", data},
      {"another version", "k3.public." + data},
      {"another kind", "k4.local." + data},
      {"a secret key's header", "k4.secret." + data},
      {"a name", key.public_key().id().text},
      {"upper case", "K4.PUBLIC." + data},
      {"a space before", " " + text},
      {"a line feed after", text + "\n"},
      {"padding", text + "="},
      {"one letter less", text.substr(0, text.size() - 1)},
      {"one letter more", text + "A"},
      {"two texts", text + text},
  }};
  for (const auto& [name, corrupt] : corruptions) {
    INFO(name);
    CHECK_FALSE(PublicKey::from_paserk(corrupt).has_value());
  }
}

TEST_CASE("public keys have different names, a key always the same") {
  const PublicKey alice = key_of("alice").public_key();
  CHECK(alice.id() == key_of("alice").public_key().id());
  CHECK(alice.id() != key_of("bob").public_key().id());
  CHECK(alice.id().text.starts_with("k4.pid."));
  CHECK(alice.id().text.size() == 7 + 44);
}

TEST_CASE("a secret key is made only of halves that belong together") {
  const SecretKey alice = key_of("alice");
  const std::optional<SecretKey> again = SecretKey::from_bytes(alice.reveal());
  REQUIRE(again.has_value());
  CHECK(again->public_key() == alice.public_key());
  SecretBytes mixed = secret(alice.reveal().reveal());
  const PublicKey bob = key_of("bob").public_key();
  std::copy(bob.bytes().begin(), bob.bytes().end(), mixed.reveal().begin() + 32);
  CHECK_FALSE(SecretKey::from_bytes(mixed).has_value());
  for (std::size_t i = 0; i < 64; ++i) {
    SecretBytes changed = secret(alice.reveal().reveal());
    changed.reveal()[i] ^= 1;
    CHECK_FALSE(SecretKey::from_bytes(changed).has_value());
  }
  CHECK_FALSE(SecretKey::from_bytes(secret(alice.reveal().reveal().first(63))).has_value());
  CHECK_FALSE(SecretKey::from_bytes(SecretBytes(65)).has_value());
  CHECK_FALSE(SecretKey::from_bytes(SecretBytes(0)).has_value());
}

TEST_CASE("new keys differ, and sign") {
  const SecretKey first = SecretKey::generate();
  const SecretKey second = SecretKey::generate();
  CHECK(first.public_key() != second.public_key());
  CHECK(first.public_key().verifies(as_bytes("x"), first.sign(as_bytes("x"))));
}

// As hashlib.blake2b(b"purpose\0message", key=bytes(range(32)), digest_size=32) of Python says it.
TEST_CASE("what is derived from a key depends on its seed, the purpose and the message") {
  SecretBytes seed(32);
  for (std::size_t i = 0; i < seed.size(); ++i) seed.reveal()[i] = static_cast<std::uint8_t>(i);
  const SecretKey key = SecretKey::from_seed(seed);
  const Digest derived = key.derive("purpose", as_bytes("message"));
  CHECK(derived.hex() == "235c6db7f98a896049af4886f02572839e94cc9cdf0619bd81895d477fe75039");
  CHECK(key.derive("purpose", as_bytes("message")) == derived);
  CHECK(key.derive("purposf", as_bytes("message")) != derived);
  CHECK(key.derive("purpos", as_bytes("emessage")) != derived);
  CHECK(key.derive("purpose", as_bytes("messagf")) != derived);
  CHECK(key_of("alice").derive("purpose", as_bytes("message")) != derived);
}

TEST_CASE("the system's randomness fills the whole buffer") {
  std::array<std::uint8_t, 64> buffer{};
  system_random()(buffer);
  const std::array<std::uint8_t, 64> before = buffer;
  system_random()(buffer);
  CHECK(buffer != before);
  CHECK(std::count(buffer.begin() + 32, buffer.end(), 0) < 16);
  CHECK(std::count(buffer.begin(), buffer.begin() + 32, 0) < 16);
}

}  // namespace octroi::crypto
