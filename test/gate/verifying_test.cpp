// SPDX-License-Identifier: Apache-2.0
#include "gate/verifying.hpp"

#include "catch.hpp"
#include "crypto/encoding.hpp"
#include "gate/sample_board.hpp"
#include "json/write.hpp"
#include "paseto/v4_public.hpp"

using namespace octroi;
using namespace octroi::gate;
using sample::Board;
using sample::error_of;

namespace {

/// A token as the gate issues it, and the trust file that goes with it.
struct Issued : Board {
  Issued()
      : token([this] {
          fill();
          return issue(database(), as("secretary-1"), Board::seal(), granted(), false, context())
              .tokens.front()
              .text;
        }()),
        trust(sample::document(model::DocumentKind::trust, export_trust(database()))) {}

  Verification verify(const std::string& text, const Use& use) {
    return verify_token(text, trust, use, now());
  }
  TokenAnswer answer(const std::string& text, const Use& use) { return verify(text, use).answer; }

  std::string token;
  model::Document trust;
};

Use right_use() {
  Use use;
  use.datasets = {"snds-main-base"};
  use.purposes = {"snds:6"};
  use.environment = "azure-hub";
  use.user = "analyst-1";
  return use;
}

Use any() {
  Use use;
  use.is_for_any = true;
  return use;
}

}  // namespace

TEST_CASE("a token is valid for its own use, and every check says that it passed") {
  Issued issued;
  const Verification verification = issued.verify(issued.token + "\n", right_use());
  CHECK(verification.answer == TokenAnswer::valid);
  for (const TokenCheck& check : verification.checks) {
    INFO(check.name);
    const bool is_open = check.name == "holder" || check.name == "status" || check.name == "log";
    CHECK(check.outcome == (is_open ? CheckOutcome::skipped : CheckOutcome::passed));
  }
}

TEST_CASE("a token is refused for another dataset, purpose, place, person or holder") {
  Issued issued;
  const std::pair<const char*, std::function<void(Use&)>> changes[] = {
      {"dataset", [](Use& use) { use.datasets.emplace_back("another"); }},
      {"purpose", [](Use& use) { use.purposes = {"snds:5"}; }},
      {"environment", [](Use& use) { use.environment = "elsewhere"; }},
      {"user", [](Use& use) { use.user = "analyst-3"; }},
      {"holder", [](Use& use) { use.holder = "chu-rennes"; }},
  };
  for (const auto& [name, change] : changes) {
    INFO(name);
    Use use = right_use();
    change(use);
    const Verification verification = issued.verify(issued.token, use);
    CHECK(verification.answer == TokenAnswer::other_use);
    for (const TokenCheck& check : verification.checks) {
      if (check.outcome == CheckOutcome::failed) CHECK(check.name == name);
    }
  }
}

TEST_CASE("a use must be stated, or any asked for; not both") {
  Issued issued;
  error_of(ErrorCode::usage, [&] { static_cast<void>(issued.verify(issued.token, {})); });
  Use both = right_use();
  both.is_for_any = true;
  error_of(ErrorCode::usage, [&] { static_cast<void>(issued.verify(issued.token, both)); });
  CHECK(issued.answer(issued.token, any()) == TokenAnswer::valid);
}

TEST_CASE("a token is valid to the last second of its end, and from its first") {
  Issued issued;
  const Instant expires = issued.verify(issued.token, any()).claims->expires;
  const Instant begins = issued.verify(issued.token, any()).claims->not_before;
  const auto at = [&](Instant moment) {
    return verify_token(issued.token, issued.trust, any(), moment).answer;
  };
  CHECK(at(expires) == TokenAnswer::valid);
  CHECK(at(expires + std::chrono::seconds(1)) == TokenAnswer::expired);
  CHECK(at(begins) == TokenAnswer::valid);
  CHECK(at(begins - std::chrono::seconds(1)) == TokenAnswer::not_yet_valid);
}

TEST_CASE("every single-bit change of a token is refused") {
  Issued issued;
  for (std::size_t i = 0; i < issued.token.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string changed = issued.token;
      changed[i] = static_cast<char>(changed[i] ^ (1 << bit));
      const TokenAnswer answer = issued.answer(changed, any());
      INFO("byte " << i << " bit " << bit);
      REQUIRE((answer == TokenAnswer::malformed || answer == TokenAnswer::bad_signature));
    }
  }
}

TEST_CASE("every truncation of a token is refused") {
  Issued issued;
  for (std::size_t size = 0; size < issued.token.size(); ++size) {
    const TokenAnswer answer = issued.answer(issued.token.substr(0, size), any());
    INFO(size);
    REQUIRE((answer == TokenAnswer::malformed || answer == TokenAnswer::bad_signature));
  }
}

TEST_CASE("forgeries") {
  Issued issued;
  const auto parts = paseto::parse(issued.token);
  REQUIRE(parts.has_value());
  const crypto::SecretKey stranger = sample::key_of("stranger");
  const std::string seal_footer = paseto::kid_footer(issued.seal().public_key().id());
  const std::string own_footer = paseto::kid_footer(stranger.public_key().id());
  const auto sealed = [&](const std::string& message) {
    return issued.answer(paseto::sign(issued.seal(), message, seal_footer), any());
  };
  const auto changed = [&](const char* name, json::Value value) {
    json::Value payload = to_json(*issued.verify(issued.token, any()).claims);
    payload.set(name, std::move(value));
    return json::canonical(payload);
  };
  SECTION("another key, honest about it") {
    CHECK(issued.answer(paseto::sign(stranger, parts->message, own_footer), any()) ==
          TokenAnswer::bad_signature);
  }
  SECTION("another key that names the seal's kid") {
    CHECK(issued.answer(paseto::sign(stranger, parts->message, seal_footer), any()) ==
          TokenAnswer::bad_signature);
  }
  SECTION("the seal's token with a footer that lies about the kid") {
    CHECK(issued.answer(paseto::sign(issued.seal(), parts->message, own_footer), any()) ==
          TokenAnswer::bad_signature);
  }
  SECTION("no footer, or one with more in it") {
    CHECK(issued.answer(paseto::sign(issued.seal(), parts->message), any()) ==
          TokenAnswer::malformed);
    const std::string more = seal_footer.substr(0, seal_footer.size() - 1) + R"(,"x":1})";
    CHECK(issued.answer(paseto::sign(issued.seal(), parts->message, more), any()) ==
          TokenAnswer::malformed);
  }
  SECTION("signed by the seal, but no release token") {
    CHECK(sealed("{}") == TokenAnswer::malformed);
    CHECK(sealed("not json") == TokenAnswer::malformed);
    CHECK(sealed(R"({"iss":"a","iss":"b"})") == TokenAnswer::malformed);
    CHECK(sealed(changed("extra", 1)) == TokenAnswer::malformed);
    CHECK(sealed(changed("exp", "2999-99-99T00:00:00Z")) == TokenAnswer::malformed);
  }
  SECTION("of another board") {
    CHECK(sealed(changed("iss", "other.example/board")) == TokenAnswer::bad_signature);
  }
  SECTION("issued before the seal was in force") {
    CHECK(sealed(changed("iat", "2020-01-01T00:00:00Z")) == TokenAnswer::bad_signature);
  }
}

TEST_CASE("a trust file whose kid is not that of its key is not believed") {
  Issued issued;
  json::Value trust = export_trust(issued.database());
  trust.as_object()["seals"].as_array().front().set(
      "key", sample::key_of("stranger").public_key().paserk());
  error_of(ErrorCode::bad_input,
           [&] { static_cast<void>(sample::document(model::DocumentKind::trust, trust)); });
  // Even a document that nobody validated: the key has to be the one that the kid names.
  model::Document unchecked = issued.trust;
  unchecked.value = trust;
  const Verification verification = verify_token(issued.token, unchecked, any(), issued.now());
  CHECK(verification.answer == TokenAnswer::bad_signature);
  CHECK_FALSE(verification.claims.has_value());
}

TEST_CASE("inspection reads a token that nobody verified") {
  Issued issued;
  CHECK(inspect_token(issued.token).payload.text("aud") == "cnam");
  error_of(ErrorCode::bad_input, [] { static_cast<void>(inspect_token("v4.local.x")); });
}
