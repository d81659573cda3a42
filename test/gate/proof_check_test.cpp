// SPDX-License-Identifier: Apache-2.0
#include "gate/proof_check.hpp"

#include <functional>

#include "catch.hpp"
#include "gate/logged_board.hpp"
#include "gate/trust.hpp"
#include "gate/verifying.hpp"
#include "note/tlog_proof.hpp"

using namespace octroi;
using namespace octroi::gate;
using sample::LoggedBoard;

namespace {

constexpr const char* k_one = "witness.example/1";
constexpr const char* k_two = "witness.example/2";

/// A token, its proof, and what a data holder knows of the board.
struct Proved : LoggedBoard {
  explicit Proved(const std::string& log_key_word = "log")
      : LoggedBoard(log_key_word), issued(token()) {
    static_cast<void>(sign());
    trust = export_trust(database());
  }

  std::string proof() { return prove_event(database(), event_of(database(), issued.id)).text; }
  [[nodiscard]] Verification verify(const std::optional<std::string>& given) {
    Use any;
    any.is_for_any = true;
    return verify_token(issued.text, sample::document(model::DocumentKind::trust, trust), any,
                        now(), {.status = {}, .proof = given});
  }
  [[nodiscard]] std::string detail(const std::string& given) {
    const Verification verification = verify(given);
    for (const TokenCheck& check : verification.checks) {
      if (check.name == "log") return check.detail;
    }
    return "not checked";
  }
  [[nodiscard]] note::TlogProof parts() {
    return std::get<note::TlogProof>(note::parse_tlog_proof(proof()));
  }
  void cosign_last(const std::string& name) {
    const note::SignedCheckpoint head = read_checkpoint(last_checkpoint(database()).note, "last");
    static_cast<void>(add_cosignatures(
        database(),
        note::format(note::cosign_note(head.note.text, name, sample::key_of(name), now())),
        note::Policy::read(policy("none"), "policy")));
  }
  [[nodiscard]] std::string policy(const std::string& quorum) {
    return "log " + vkey().text() + "\nwitness one " + sample::witness_vkey(k_one).text() +
           "\nwitness two " + sample::witness_vkey(k_two).text() +
           "\ngroup both all one two\ngroup either any both\nquorum " + quorum + "\n";
  }

  IssuedToken issued;
  json::Value trust;
};

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

struct Corruption {
  const char* name;
  const char* expected;  ///< part of the detail
  std::function<std::string(Proved&)> make;
};

std::string changed(const note::TlogProof& good,
                    const std::function<void(note::TlogProof&)>& change) {
  note::TlogProof proof = good;
  change(proof);
  return note::format(proof);
}

const std::vector<Corruption>& corruptions() {
  static const std::vector<Corruption> k_all = {
      {"nothing", "no proof: ", [](Proved&) { return std::string(); }},
      {"truncated",
       "no proof: ", [](Proved& good) { return good.proof().substr(0, good.proof().size() / 2); }},
      {"a byte behind it", "no proof: ", [](Proved& good) { return good.proof() + "\n"; }},
      {"without its event", "does not hold the event",
       [](Proved& good) {
         return changed(good.parts(), [](note::TlogProof& proof) { proof.extra.clear(); });
       }},
      {"with no event in it", "holds no event",
       [](Proved& good) {
         return changed(good.parts(), [](note::TlogProof& proof) { proof.extra = "nothing"; });
       }},
      {"of another act", "another act: request.submitted",
       [](Proved& good) {
         return prove_event(good.database(), event_of(good.database(), "R-2026-0001")).text;
       }},
      {"of another token", "about another token",
       [](Proved& good) {
         const IssuedToken other = good.token();
         static_cast<void>(good.sign());
         return prove_event(good.database(), event_of(good.database(), other.id)).text;
       }},
      {"at another position", "another position",
       [](Proved& good) {
         return changed(good.parts(), [](note::TlogProof& proof) { --proof.index.value; });
       }},
      {"two hashes swapped", "",
       [](Proved& good) {
         for (int i = 0; i < 3; ++i) good.submit();
         static_cast<void>(good.sign());
         return changed(good.parts(), [](note::TlogProof& proof) {
           REQUIRE(proof.hashes.size() >= 2);
           std::swap(proof.hashes[0], proof.hashes[1]);
         });
       }},
      {"a hash left out", "",
       [](Proved& good) {
         return changed(good.parts(), [](note::TlogProof& proof) { proof.hashes.pop_back(); });
       }},
      {"the event changed, the rest of the proof good", "",
       [](Proved& good) {
         return changed(good.parts(), [](note::TlogProof& proof) {
           char& last = proof.extra.back();
           last = last == 'A' ? 'Q' : 'A';
         });
       }},
      {"a checkpoint that another key signed", "",
       [](Proved& good) {
         return changed(good.parts(), [](note::TlogProof& proof) {
           proof.checkpoint =
               note::sign_checkpoint(proof.checkpoint.checkpoint, sample::key_of("thief"));
         });
       }},
      {"a checkpoint of another log", "",
       [](Proved& good) {
         return changed(good.parts(), [&good](note::TlogProof& proof) {
           note::Checkpoint other = proof.checkpoint.checkpoint;
           other.origin = "other.example";
           proof.checkpoint = note::sign_checkpoint(other, good.log_key);
         });
       }},
  };
  return k_all;
}

}  // namespace

TEST_CASE("the proof of a token's issue is accepted, by the log's keys alone") {
  Proved good;
  CHECK(good.verify(good.proof()).answer == TokenAnswer::valid);
  CHECK(contains(good.detail(good.proof()), "no witness asked for"));
  CHECK(good.verify({}).answer == TokenAnswer::valid);
}

TEST_CASE("no other proof is accepted") {
  for (const Corruption& corruption : corruptions()) {
    INFO(corruption.name);
    Proved good;
    const std::string proof = corruption.make(good);
    CHECK(good.verify(proof).answer == TokenAnswer::bad_proof);
    INFO(good.detail(proof));
    CHECK(contains(good.detail(proof), corruption.expected));
  }
}

TEST_CASE("a trust file that demands a proof refuses a token without one") {
  Proved good;
  good.trust = export_trust(good.database(), {.log_policy = {}, .requires_proof = true});
  CHECK(good.verify({}).answer == TokenAnswer::bad_proof);
  CHECK(good.verify(good.proof()).answer == TokenAnswer::valid);
}

TEST_CASE("a trust file without a log proves nothing") {
  Proved good;
  sample::Board plain;
  good.trust.set("log_keys", json::Value::Array{});
  CHECK(good.verify(good.proof()).answer == TokenAnswer::bad_proof);
  CHECK(contains(good.detail(good.proof()), "says nothing of a log"));
}

TEST_CASE("a quorum of witnesses is asked for by the trust file's policy") {
  Proved good;
  good.trust =
      export_trust(good.database(), {.log_policy = good.policy("both"), .requires_proof = true});
  CHECK(good.verify(good.proof()).answer == TokenAnswer::bad_proof);
  good.cosign_last(k_one);
  CHECK(good.verify(good.proof()).answer == TokenAnswer::bad_proof);
  good.cosign_last(k_two);
  CHECK(good.verify(good.proof()).answer == TokenAnswer::valid);
  CHECK(contains(good.detail(good.proof()), "witnessed by one, two"));
}

TEST_CASE("a log key counts for no event after its end, and never once it was compromised") {
  struct Window {
    const char* name;
    const char* member;
    const char* moment;
    bool is_good;
  };
  for (const Window& window :
       {Window{"ended after the issue", "until", "2026-12-31T00:00:00Z", true},
        Window{"ended before the issue", "until", "2026-01-01T00:00:00Z", false},
        // The log key in force signs the whole log, also what came before it.
        Window{"began after the issue", "from", "2026-12-31T00:00:00Z", true},
        Window{"compromised before", "compromised_from", "2026-01-01T00:00:00Z", false},
        // Who has the key can write an earlier time: only a witness's time counts.
        Window{"compromised after", "compromised_from", "2026-12-31T00:00:00Z", false}}) {
    INFO(window.name);
    Proved good;
    json::Value key = good.trust.find("log_keys")->as_array().front();
    if (std::string(window.member) != "from") key.set("from", "2025-01-01T00:00:00Z");
    key.set(window.member, window.moment);
    good.trust.set("log_keys", json::Value::Array{key});
    CHECK((good.verify(good.proof()).answer == TokenAnswer::valid) == window.is_good);
  }
}

TEST_CASE("after a rotation of the log key, a new proof of an older token is good") {
  Proved good;
  const std::string old_proof = good.proof();
  good.pass(std::chrono::hours(1));
  const crypto::SecretKey next = sample::key_of("next log");
  static_cast<void>(
      rotate_log_key(good.database(), good.as("secretary-1"), next, &good.log_key, good.context()));
  static_cast<void>(sign_head(good.database(), next));
  good.trust = export_trust(good.database());
  const std::string new_proof = good.proof();
  REQUIRE(new_proof != old_proof);
  CHECK(good.verify(new_proof).answer == TokenAnswer::valid);
  CHECK(good.verify(old_proof).answer == TokenAnswer::valid);
  // The new key as well: what it signed is worth nothing once it was compromised.
  const auto compromise = [&](std::size_t key) {
    good.trust = export_trust(good.database());
    good.trust.as_object()["log_keys"].as_array().at(key).set("compromised_from",
                                                              "2025-01-02T00:00:00Z");
  };
  compromise(1);
  CHECK(good.verify(new_proof).answer == TokenAnswer::bad_proof);
  CHECK(good.verify(old_proof).answer == TokenAnswer::valid);
  compromise(0);
  CHECK(good.verify(old_proof).answer == TokenAnswer::bad_proof);
}

TEST_CASE("a compromised log key counts where the quorum of witnesses saw the head before") {
  Proved good;
  const auto compromised = [&](const std::string& quorum, std::chrono::seconds after_now) {
    good.trust =
        export_trust(good.database(), {.log_policy = good.policy(quorum), .requires_proof = false});
    good.trust.as_object()["log_keys"].as_array().front().set(
        "compromised_from", format_instant(good.now() + after_now));
    return good.verify(good.proof()).answer;
  };
  const std::chrono::seconds second(1);
  good.cosign_last(k_one);
  CHECK(compromised("one", second) == TokenAnswer::valid);
  CHECK(compromised("one", -second) == TokenAnswer::bad_proof);
  CHECK(compromised("one", 0 * second) == TokenAnswer::bad_proof);
  // One of two is no quorum of both, and nobody's word is none.
  CHECK(compromised("none", second) == TokenAnswer::bad_proof);
  good.pass(std::chrono::hours(1));
  good.cosign_last(k_two);
  CHECK(compromised("both", second) == TokenAnswer::valid);
  CHECK(compromised("both", -second) == TokenAnswer::bad_proof);
  CHECK(compromised("one", -second) == TokenAnswer::valid);  // an hour ago
  CHECK(compromised("two", -second) == TokenAnswer::bad_proof);
}

TEST_CASE("a checkpoint is carried by the log keys of the trust file, with a policy or without") {
  Proved good;
  const note::SignedCheckpoint head = read_checkpoint(good.sign().note, "head");
  const auto fault = [&] {
    const auto policy = policy_of(good.trust);
    const auto verified = note::verify_checkpoint(head, *policy);
    return log_key_fault(good.trust, *policy, head, std::get<note::TrustedCheckpoint>(verified));
  };
  CHECK(fault().empty());
  json::Value& key = good.trust.as_object()["log_keys"].as_array().front();
  key.set("until", "2025-01-02T00:00:00Z");  // its checkpoints stay, without an event to date
  CHECK(fault().empty());
  key.set("compromised_from", "2026-12-31T00:00:00Z");
  CHECK(contains(fault(), "compromised from 2026-12-31"));
}

TEST_CASE("a policy alone does not say when a log key signs, so it proves nothing") {
  Proved good;
  good.trust =
      export_trust(good.database(), {.log_policy = good.policy("none"), .requires_proof = true});
  CHECK(good.verify(good.proof()).answer == TokenAnswer::valid);
  good.trust.as_object().erase("log_keys");
  CHECK(good.verify(good.proof()).answer == TokenAnswer::bad_proof);
  CHECK(contains(good.detail(good.proof()), "has no log_keys"));
}

TEST_CASE("a log key of the very same name that the trust file does not date carries nothing") {
  Proved good;
  Proved thief("thief's log key");  // a board of the same origin, whose log key has the same name
  REQUIRE(good.vkey().name() == thief.vkey().name());
  const note::SignedCheckpoint forged = read_checkpoint(thief.sign().note, "head");
  const note::Policy both = note::Policy::read(
      "log " + good.vkey().text() + "\nlog " + thief.vkey().text() + "\nquorum none\n", "policy");
  const auto trusted = note::verify_checkpoint(forged, both);
  REQUIRE(std::holds_alternative<note::TrustedCheckpoint>(trusted));
  const auto fault = [&](const json::Value& trust) {
    return log_key_fault(trust, both, forged, std::get<note::TrustedCheckpoint>(trusted));
  };
  CHECK(contains(fault(good.trust), "no log key of the trust file signed it"));
  CHECK(fault(thief.trust).empty());
  // Both windows count for their own key alone.
  json::Value two = good.trust;
  two.as_object()["log_keys"].as_array().push_back(
      json::object({{"vkey", thief.vkey().text()},
                    {"from", "2025-01-01T00:00:00Z"},
                    {"compromised_from", "2025-01-01T00:00:00Z"}}));
  CHECK(contains(fault(two), "compromised from 2025-01-01"));
  two.as_object()["log_keys"] = json::Value::Array{};
  CHECK(contains(fault(two), "has no log_keys"));
}

TEST_CASE("a trust file's log keys and policy are of its own log") {
  Proved good;
  const note::VerifierKey other("other.example/data", note::KeyType::ed25519,
                                good.log_key.public_key());
  good.trust.set(
      "log_keys",
      json::Value::Array{json::object({{"vkey", other.text()}, {"from", "2025-01-01T00:00:00Z"}})});
  CHECK(contains(
      sample::error_of(ErrorCode::bad_input, [&] { static_cast<void>(policy_of(good.trust)); }),
      "expected keys of the log council.example/data-access"));
}

TEST_CASE("a proof of another log is refused by the trust file's origin, whatever the token says") {
  Proved good;
  Proved other;
  const std::string origin = other.trust.at("origin").as_string();
  json::Value trust = good.trust;
  trust.set("origin", "other.example/data");
  const note::VerifierKey key("other.example/data", note::KeyType::ed25519,
                              good.log_key.public_key());
  trust.as_object()["log_keys"].as_array().front().set("vkey", key.text());
  const TokenClaims claims = good.verify({}).claims.value();
  REQUIRE(claims.issuer == origin);
  const ProofFinding found = look_up_issue(claims, good.issued.text, good.proof(), trust);
  CHECK_FALSE(found.is_good);
  CHECK(contains(found.detail, "its event is of the log"));
}

TEST_CASE("every claim that the event of an issue names is compared") {
  Proved good;
  const TokenClaims claims = good.verify({}).claims.value();
  const std::string proof = good.proof();
  const auto detail = [&](const std::function<void(TokenClaims&)>& change) {
    TokenClaims changed = claims;
    change(changed);
    const ProofFinding found = look_up_issue(changed, good.issued.text, proof, good.trust);
    return found.is_good ? "good" : found.detail;
  };
  const std::chrono::seconds second(1);
  CHECK(detail([](TokenClaims&) {}) == "good");
  CHECK(contains(detail([&](TokenClaims& claim) { claim.issued -= second; }),
                 "the token says that it was issued"));
  CHECK(contains(detail([](TokenClaims& claim) { claim.request = "R-2026-0002"; }), "request"));
  CHECK(contains(detail([](TokenClaims& claim) { ++claim.request_version; }), "version"));
  CHECK(contains(detail([](TokenClaims& claim) { claim.decision = "D-2026-0002"; }), "decision"));
  CHECK(contains(detail([](TokenClaims& claim) { claim.holder = "other"; }), "holder"));
  CHECK(contains(detail([&](TokenClaims& claim) { claim.not_before += second; }), "not_before"));
  CHECK(contains(detail([&](TokenClaims& claim) { claim.expires += second; }), "expires"));
  CHECK(contains(detail([](TokenClaims& claim) { ++claim.status.index; }), "status"));
  CHECK(contains(
      detail([](TokenClaims& claim) { claim.status.uri = status_list_uri(claim.issuer, 2); }),
      "status"));
}

TEST_CASE("too few witnesses: the answer says what the board does next") {
  Proved good;
  good.trust =
      export_trust(good.database(), {.log_policy = good.policy("both"), .requires_proof = true});
  CHECK(contains(good.detail(good.proof()), "octroi checkpoint --cosigned FILE"));
  CHECK(contains(good.detail(good.proof()), "octroi prove"));
}

TEST_CASE("a trust file never demands what nobody could prove") {
  sample::Board plain;
  sample::error_of(ErrorCode::not_yet, [&] {
    static_cast<void>(export_trust(plain.database(), {.log_policy = {}, .requires_proof = true}));
  });
  Proved good;
  const auto refused = [&](const std::string& policy) {
    return sample::error_of(ErrorCode::bad_input, [&] {
      static_cast<void>(
          export_trust(good.database(), {.log_policy = policy, .requires_proof = false}));
    });
  };
  CHECK(contains(refused("nothing"), "log_policy"));
  CHECK(contains(refused("quorum none\n"), "it has no log council.example/data-access"));
  const note::VerifierKey other("council.example/data-access", note::KeyType::ed25519,
                                sample::key_of("other").public_key());
  CHECK(contains(refused("log " + other.text() + "\nquorum none\n"), "log key in force"));
}
