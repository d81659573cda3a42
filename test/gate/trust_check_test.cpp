// SPDX-License-Identifier: Apache-2.0
#include "gate/trust_check.hpp"

#include "catch.hpp"
#include "gate/key_changes.hpp"
#include "gate/logged_board.hpp"
#include "gate/verifying.hpp"
#include "json/write.hpp"
#include "paseto/v4_public.hpp"
#include "registry/key_statement.hpp"

using namespace octroi;
using namespace octroi::gate;
using sample::Board;
using sample::error_of;
using sample::LoggedBoard;

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

TEST_CASE("the thief of a seal that was replaced cannot hand over to a seal of their own") {
  Known board;
  const crypto::SecretKey second = sample::key_of("second");
  const crypto::SecretKey third = sample::key_of("third");
  const crypto::SecretKey thief = sample::key_of("thief");
  board.rotate(second, &board.seal());
  const TrustFile held = board.signed_by(second);
  const auto handed = [&](json::Value& trust, const crypto::SecretKey& stolen, Instant from) {
    const std::string previous = stolen.public_key().id().text;
    const std::string key = thief.public_key().paserk();
    json::Value seal = json::object({{"key", key},
                                     {"kid", thief.public_key().id().text},
                                     {"from", format_instant(from)},
                                     {"previous", previous}});
    seal.set("handover",
             registry::sign_statement({trust.text("origin"), "seal", "", previous, key}, stolen));
    trust.as_object()["seals"].push(std::move(seal));
  };
  const Instant replaced = *window_of(held.document.value.at("seals").as_array().front()).until;
  SECTION("at the moment in which it was replaced") {
    const auto steal = [&](json::Value& trust) { handed(trust, board.seal(), replaced); };
    const TrustFile forgery = forged(held, thief, steal);
    REQUIRE(forgery.fault.empty());
    CHECK(failed(check_trust(forgery, held.document)) == "same account");
    const auto later = [&](json::Value& trust) {
      steal(trust);
      trust.set("events", trust.at("events").as_integer() + 1);
    };
    CHECK(failed(check_trust(forged(held, thief, later), held.document)) == "chain");
  }
  SECTION("beside the seal that goes on from the one in force") {
    board.rotate(third, &second);
    const auto steal = [&](json::Value& trust) { handed(trust, board.seal(), replaced); };
    CHECK(failed(check_trust(forged(board.signed_by(third), third, steal), held.document)) ==
          "chain");
  }
  SECTION("at another moment than the one in which the seal before it ended") {
    const Instant as_of = *parse_instant(held.document.value.text("as_of"));
    const auto steal = [&](json::Value& trust) {
      handed(trust, second, as_of + k_hour);
      trust.as_object()["seals"].as_array().at(1).set("until", format_instant(as_of + 2 * k_hour));
      trust.set("as_of", format_instant(as_of + 2 * k_hour));
      trust.set("events", trust.at("events").as_integer() + 1);
    };
    CHECK(failed(check_trust(forged(held, thief, steal), held.document)) == "chain");
  }
  SECTION("before the older file was made") {
    const Instant as_of = *parse_instant(held.document.value.text("as_of"));
    const auto steal = [&](json::Value& trust) {
      handed(trust, second, as_of - std::chrono::seconds(1));
      json::Value& robbed = trust.as_object()["seals"].as_array().at(1);
      robbed.set("until", format_instant(as_of - std::chrono::seconds(1)));
      robbed.set("from", format_instant(as_of - k_hour));
      trust.set("events", trust.at("events").as_integer() + 1);
    };
    model::Document older = held.document;
    older.value.as_object()["seals"].as_array().at(1).set("from", format_instant(as_of - k_hour));
    CHECK(failed(check_trust(forged(held, thief, steal), older)) == "chain");
  }
}

TEST_CASE("two accounts of the same events, or an earlier time, are a fault") {
  Known board;
  const crypto::SecretKey second = sample::key_of("second");
  board.rotate(second, &board.seal());
  const TrustFile good = board.signed_by(second);
  const model::Document held = good.document;
  REQUIRE(failed(check_trust(good, held)).empty());
  const auto answer = [&](const std::function<void(json::Value&)>& change) {
    return failed(check_trust(forged(good, second, change), held));
  };
  const Instant as_of = *parse_instant(held.value.text("as_of"));
  CHECK(answer([&](json::Value& trust) { trust.set("as_of", format_instant(as_of + k_hour)); }) ==
        "same account");
  CHECK(answer([](json::Value& trust) { trust.set("board", "Another"); }) == "same account");
  CHECK(answer([&](json::Value& trust) {
          trust.as_object()["seals"].as_array().front().set("compromised_from",
                                                            format_instant(as_of));
        }) == "same account");
  CHECK(answer([&](json::Value& trust) {
          const note::VerifierKey key(trust.text("origin"), note::KeyType::ed25519,
                                      sample::key_of("thief").public_key());
          trust.set("log_keys", json::Value::Array{json::object(
                                    {{"vkey", key.text()}, {"from", format_instant(as_of)}})});
        }) == "same account");
  // What people noted in their copy is no other account.
  model::Document noted = held;
  noted.value.as_object()["seals"].as_array().front().set("$comment", "the first one");
  CHECK(failed(check_trust(good, noted)).empty());
  // More events, and yet an earlier time.
  const auto earlier = [&](json::Value& trust) {
    trust.set("events", trust.at("events").as_integer() + 1);
    trust.set("as_of", format_instant(as_of));
  };
  model::Document later = held;
  later.value.set("as_of", format_instant(as_of + k_hour));
  CHECK(failed(check_trust(forged(good, second, earlier), later)) == "not older");
}

namespace {

struct Demanding : LoggedBoard {
  Demanding() : older(known({.log_policy = policy("both"), .requires_proof = true})) {}

  [[nodiscard]] std::string policy(const std::string& quorum, const std::string& logs = "",
                                   const std::string& both = "all one two") {
    return "log " + vkey().text() + "\n" + logs + "witness one " +
           sample::witness_vkey("witness.example/1").text() + "\nwitness two " +
           sample::witness_vkey("witness.example/2").text() + "\nwitness thief " +
           sample::witness_vkey("thief.example/1").text() + "\ngroup both " + both + "\nquorum " +
           quorum + "\n";
  }
  model::Document known(const LogDemands& demands) {
    return sample::document(model::DocumentKind::trust, export_trust(database(), demands));
  }
  /// The check that fails of what the board itself signs, or "".
  std::string answer(const LogDemands& demands) {
    return failed(check_trust(read_trust(sign_trust(database(), seal(), demands), "newer"), older));
  }
  std::string answer_policy(const std::string& text) {
    return answer({.log_policy = text, .requires_proof = true});
  }
  model::Document older;
};

}  // namespace

TEST_CASE("a newer trust file asks for no less than the one that is trusted") {
  Demanding board;
  const std::string strict = board.policy("both");
  CHECK(board.answer_policy(strict).empty());
  CHECK(board.answer({.log_policy = strict, .requires_proof = false}) == "demands kept");
  CHECK(board.answer({.log_policy = {}, .requires_proof = true}) == "demands kept");
  CHECK(board.answer({}) == "demands kept");
  // Every way to want fewer or other witnesses.
  CHECK(board.answer_policy(board.policy("none")) == "demands kept");
  CHECK(board.answer_policy(board.policy("one")) == "demands kept");
  CHECK(board.answer_policy(board.policy("both", "", "any one two")) == "demands kept");
  CHECK(board.answer_policy(board.policy("both", "", "2 one two thief")) == "demands kept");
  CHECK(board.answer_policy(board.policy("both", "", "all one thief")) == "demands kept");
  std::string other_key = strict;
  const std::string two = sample::witness_vkey("witness.example/2").text();
  other_key.replace(other_key.find(two), two.size(),
                    sample::witness_vkey("witness.example/3").text());
  CHECK(board.answer_policy(other_key) == "demands kept");
  // The same, said otherwise.
  CHECK(board.answer_policy("# ours\n" + board.policy("both", "", "2 two one")).empty());
}

TEST_CASE("a newer log policy takes further log keys only from the seal's own list") {
  Demanding board;
  const note::VerifierKey stranger("council.example/data-access", note::KeyType::ed25519,
                                   sample::key_of("stranger").public_key());
  CHECK(board.answer_policy(board.policy("both", "log " + stranger.text() + "\n")) ==
        "demands kept");
  const note::VerifierKey old_key = board.vkey();
  const crypto::SecretKey next = sample::key_of("next log");
  board.pass(k_hour);
  static_cast<void>(
      rotate_log_key(board.database(), board.as("secretary-1"), next, nullptr, board.context()));
  const note::VerifierKey next_key(old_key.name(), note::KeyType::ed25519, next.public_key());
  CHECK(board.answer_policy(board.policy("both", "log " + next_key.text() + "\n")).empty());
}

TEST_CASE("a trust file that asked for no witness may come to ask for some") {
  Demanding board;
  board.older = board.known({});
  CHECK(board.answer({}).empty());
  CHECK(board.answer_policy(board.policy("both")).empty());
  board.older = board.known({.log_policy = board.policy("none"), .requires_proof = false});
  CHECK(board.answer_policy(board.policy("both")).empty());
}
