// SPDX-License-Identifier: Apache-2.0
#include "gate/trust.hpp"

#include "catch.hpp"
#include "gate/key_changes.hpp"
#include "gate/sample_board.hpp"
#include "json/write.hpp"
#include "paseto/v4_public.hpp"

using namespace octroi;
using namespace octroi::gate;
using sample::Board;
using sample::error_of;

namespace {

const std::chrono::hours k_hour(1);

/// A board with the trust file that somebody took away at first.
struct Known : Board {
  Known() : older(plain()) {}

  model::Document plain() {
    return sample::document(model::DocumentKind::trust, export_trust(database()));
  }
  TrustFile signed_by(const crypto::SecretKey& seal) {
    return read_trust(sign_trust(database(), seal), "new");
  }
  void rotate(const crypto::SecretKey& to, const crypto::SecretKey* from) {
    pass(k_hour);
    static_cast<void>(rotate_seal(database(), as("secretary-1"), to, from, context()));
    pass(k_hour);
  }
  model::Document older;
};

/// The first check that failed, or "".
std::string failed(const TrustCheck& check) {
  for (const TokenCheck& one : check.checks) {
    if (one.outcome == CheckOutcome::failed) return one.name;
  }
  CHECK(check.is_trusted());
  return "";
}

/// The same content, changed and signed again.
TrustFile forged(const TrustFile& file, const crypto::SecretKey& key,
                 const std::function<void(json::Value&)>& change) {
  json::Value value = file.document.value;
  change(value);
  return read_trust(
      paseto::sign(key, json::canonical(value), paseto::kid_footer(key.public_key().id())), "new");
}

json::Value& last_seal(json::Value& trust) {
  return trust.as_object()["seals"].as_array().back();
}

}  // namespace

TEST_CASE("a signed trust file is read as the plain one, by verify too") {
  Known board;
  const TrustFile file = board.signed_by(board.seal());
  CHECK(file.fault.empty());
  CHECK(file.document.value == board.older.value);
  CHECK(require_sound(file, "new").value == board.older.value);
  CHECK(failed(check_trust(file, board.older)).empty());
}

TEST_CASE("whoever holds an older trust file follows every rotation") {
  Known board;
  const crypto::SecretKey second = sample::key_of("second");
  const crypto::SecretKey third = sample::key_of("third");
  board.rotate(second, &board.seal());
  CHECK(failed(check_trust(board.signed_by(second), board.older)).empty());
  board.rotate(third, &second);
  const TrustFile newest = board.signed_by(third);
  CHECK(failed(check_trust(newest, board.older)).empty());
  error_of(ErrorCode::not_allowed, [&] { static_cast<void>(board.signed_by(second)); });
  // The other way round, it is older and lacks keys.
  CHECK_FALSE(
      check_trust({board.older, board.seal().public_key().id(), ""}, newest.document).is_trusted());
}

TEST_CASE("a seal that nobody handed over to is not believed") {
  Known board;
  const crypto::SecretKey second = sample::key_of("second");
  board.rotate(second, nullptr);
  CHECK(failed(check_trust(board.signed_by(second), board.older)) == "chain");
}

TEST_CASE("a handover by a seal that was compromised by then is worth nothing") {
  Known board;
  const crypto::SecretKey second = sample::key_of("second");
  const Instant stolen = board.now();
  board.rotate(second, &board.seal());
  CHECK(failed(check_trust(board.signed_by(second), board.older)).empty());
  static_cast<void>(retire_key(board.database(), board.as("secretary-1"),
                               board.seal().public_key().id(), stolen, board.context()));
  CHECK(failed(check_trust(board.signed_by(second), board.older)) == "chain");
}

TEST_CASE("forged trust files") {
  Known board;
  const crypto::SecretKey second = sample::key_of("second");
  const crypto::SecretKey thief = sample::key_of("thief");
  board.rotate(second, &board.seal());
  const TrustFile good = board.signed_by(second);
  const auto keep = [](json::Value&) {};
  const auto with_thief = [&](json::Value& trust) {
    json::Value seal = last_seal(trust);
    seal.set("key", thief.public_key().paserk());
    seal.set("kid", thief.public_key().id().text);
    seal.set("previous", second.public_key().id().text);
    trust.as_object()["seals"].push(std::move(seal));
  };
  SECTION("plain") {
    CHECK(failed(check_trust({good.document, {}, ""}, board.older)) == "form");
  }
  SECTION("by a key that it does not name") {
    CHECK(failed(check_trust(forged(good, thief, keep), board.older)) == "signature");
    error_of(ErrorCode::bad_input,
             [&] { static_cast<void>(require_sound(forged(good, thief, keep), "new")); });
  }
  SECTION("by a seal whose time is over") {
    CHECK(failed(check_trust(forged(good, board.seal(), keep), board.older)) == "signature");
  }
  SECTION("a thief's key added, with the handover of another") {
    CHECK(failed(check_trust(forged(good, thief, with_thief), board.older)) == "chain");
  }
  SECTION("a seal dropped") {
    const auto drop = [](json::Value& trust) {
      json::Value::Array& seals = trust.as_object()["seals"].as_array();
      seals.erase(seals.begin());
    };
    CHECK(failed(check_trust(forged(good, second, drop), board.older)) == "keys kept");
  }
  SECTION("a window opened again") {
    const auto open = [](json::Value& trust) {
      trust.as_object()["seals"].as_array().front().as_object().erase("until");
    };
    CHECK(failed(check_trust(forged(good, second, open), good.document)) == "keys kept");
  }
  SECTION("an older state under a new signature") {
    const auto age = [](json::Value& trust) { trust.set("events", 1); };
    CHECK(failed(check_trust(forged(good, second, age), good.document)) == "not older");
  }
  SECTION("of another board") {
    const auto rename = [](json::Value& trust) { trust.set("origin", "other.example/data"); };
    CHECK(failed(check_trust(forged(good, second, rename), board.older)) == "board");
  }
}

TEST_CASE("a release token is no trust file, and a trust file no release token") {
  Known board;
  board.fill();
  const std::string token = issue(board.database(), board.as("secretary-1"), board.seal(),
                                  board.granted(), false, board.context())
                                .tokens.front()
                                .text;
  error_of(ErrorCode::bad_input, [&] { static_cast<void>(read_trust(token, "new")); });
  Use any;
  any.is_for_any = true;
  CHECK(verify_token(sign_trust(board.database(), board.seal()), board.plain(), any, board.now())
            .answer == TokenAnswer::malformed);
}
