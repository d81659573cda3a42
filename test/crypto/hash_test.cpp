// SPDX-License-Identifier: Apache-2.0
#include "crypto/hash.hpp"

#include "catch.hpp"

namespace octroi::crypto {

// Source: FIPS 180-4, the examples of NIST's Cryptographic Standards and Guidelines.
TEST_CASE("SHA-256: known answers") {
  CHECK(sha256("").hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256("abc").hex() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq").hex() ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(sha256(std::string(1'000'000, 'a')).hex() ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("SHA-256 of pieces is that of the whole, wherever it is cut") {
  const std::string text(150, 'x');
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    const ByteView bytes = as_bytes(text);
    CHECK(Sha256().update(bytes.first(cut)).update(bytes.subspan(cut)).finish() == sha256(text));
  }
  CHECK(Sha256().finish() == sha256(""));
}

TEST_CASE("a copy of a half-fed SHA-256 goes its own way") {
  Sha256 first;
  first.update(as_bytes("ab"));
  Sha256 second = first;
  CHECK(first.update(as_bytes("c")).finish() == sha256("abc"));
  CHECK(second.update(as_bytes("d")).finish() == sha256("abd"));
}

}  // namespace octroi::crypto
