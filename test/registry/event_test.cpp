// SPDX-License-Identifier: Apache-2.0
#include "registry/event.hpp"

#include "base/error.hpp"
#include "catch.hpp"
#include "crypto/hash.hpp"
#include "json/write.hpp"
#include "paseto/v4_public.hpp"

using namespace octroi;
using namespace octroi::registry;

namespace {

crypto::SecretKey key_of(const char* word) {
  const Digest digest = crypto::sha256(std::string_view(word));
  crypto::SecretBytes seed(32);
  std::copy(digest.bytes.begin(), digest.bytes.end(), seed.reveal().begin());
  return crypto::SecretKey::from_seed(seed);
}

Event sample_event() {
  return {EventType::member_retired,
          "019a0000-0000-7000-8000-000000000000",
          parse_instant("2026-11-20T10:00:00Z").value(),
          "board.example/log",
          3,
          crypto::sha256(std::string_view("before")),
          {},
          json::object({{"member", "auditor-1"}})};
}

bool is_damaged(const std::string& text, const crypto::SecretKey& key) {
  try {
    static_cast<void>(verify_event(text, key.public_key()));
  } catch (const Error& error) {
    return error.code() == ErrorCode::damaged;
  }
  return false;
}

/// The sample's payload, changed, signed by the key all the same.
std::string signed_payload(const crypto::SecretKey& key, const char* name, json::Value value) {
  const SignedEvent event = sign_event(sample_event(), key);
  json::Value payload = json::object({{"sub", "member.retired"},
                                      {"iss", key.public_key().id().text},
                                      {"jti", event.content().id},
                                      {"iat", "2026-11-20T10:00:00Z"},
                                      {"log", "board.example/log"},
                                      {"seq", 3},
                                      {"prev", event.content().previous.hex()},
                                      {"body", json::object({{"member", "auditor-1"}})}});
  payload.set(name, std::move(value));
  return paseto::sign(key, json::canonical(payload), paseto::kid_footer(key.public_key().id()));
}

}  // namespace

TEST_CASE("an event says what was signed, and names its key twice") {
  const crypto::SecretKey key = key_of("one");
  const SignedEvent event = sign_event(sample_event(), key);
  const SignedEvent read = verify_event(event.text(), key.public_key());
  CHECK(read.content().type == EventType::member_retired);
  CHECK(read.content().seq == 3);
  CHECK(read.content().signer == key.public_key().id());
  CHECK(read.content().previous == crypto::sha256(std::string_view("before")));
  CHECK(read.content().body == sample_event().body);
  CHECK(read.digest() == crypto::sha256(event.text()));
  CHECK(sign_event(sample_event(), key).text() == event.text());
}

TEST_CASE("every change of one character of an event is noticed") {
  const crypto::SecretKey key = key_of("one");
  const std::string text = sign_event(sample_event(), key).text();
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string changed = text;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    INFO(i);
    REQUIRE(is_damaged(changed, key));
  }
}

TEST_CASE("an event of another key, or outside the schema, is none") {
  const crypto::SecretKey key = key_of("one");
  CHECK(is_damaged(sign_event(sample_event(), key_of("two")).text(), key));
  CHECK_FALSE(is_damaged(signed_payload(key, "seq", 3), key));
  CHECK(is_damaged(signed_payload(key, "seq", -1), key));
  CHECK(is_damaged(signed_payload(key, "sub", "member.promoted"), key));
  CHECK(is_damaged(signed_payload(key, "sub", "member.added"), key));
  CHECK(is_damaged(signed_payload(key, "iat", "2026-11-20T10:00:00+01:00"), key));
  CHECK(is_damaged(signed_payload(key, "iat", "2026-02-30T10:00:00Z"), key));
  CHECK(is_damaged(signed_payload(key, "prev", "00"), key));
  CHECK(is_damaged(signed_payload(key, "iss", key_of("two").public_key().id().text), key));
  CHECK(is_damaged(signed_payload(key, "more", 1), key));
  CHECK(
      is_damaged(signed_payload(key, "body", json::object({{"member", "a"}, {"name", "A"}})), key));
  CHECK(is_damaged("", key));
  CHECK(is_damaged("v4.public.AAAA", key));
}
