// SPDX-License-Identifier: Apache-2.0
#include "gate/published_log.hpp"

#include <algorithm>

#include "catch.hpp"
#include "gate/logged_board.hpp"
#include "gate/publishing.hpp"
#include "merkle/bundle.hpp"
#include "merkle/tree.hpp"
#include "registry/log.hpp"
#include "registry/tree.hpp"
#include "support/temporary_folder.hpp"

using namespace octroi;
using namespace octroi::gate;
using sample::LoggedBoard;
namespace fs = std::filesystem;

namespace {

void nothing(std::int64_t, std::int64_t) {}

struct Published : LoggedBoard {
  Published() {
    static_cast<void>(token());
    static_cast<void>(sign());
    static_cast<void>(publish(database(), log(), false, nothing));
  }
  [[nodiscard]] fs::path log() const { return folder / "log"; }
  [[nodiscard]] fs::path entries() const { return log() / "tile/entries/000.p/9"; }
  [[nodiscard]] fs::path tile() const { return log() / "tile/0/000.p/9"; }
  /// Signs whatever head, with the log key: what only the log's owner can do.
  void sign_as_owner(std::uint64_t size, const Digest& root) {
    const note::Checkpoint checkpoint{"council.example/data-access", {{size}, root}, {}};
    test::write(log() / "checkpoint",
                note::format(note::sign_checkpoint(checkpoint, log_key).note));
  }
  test::TemporaryFolder folder;
};

struct Corruption {
  const char* name;
  const char* expected;  ///< part of one of the faults
  void (*make)(Published&);
};

void flip(const fs::path& file, std::size_t offset_from_end) {
  std::string bytes = test::content_of(file);
  bytes[bytes.size() - offset_from_end] ^= 1;
  test::write(file, bytes);
}

constexpr Corruption k_corruptions[] = {
    {"the events gone", "is missing", [](Published& one) { fs::remove(one.entries()); }},
    {"a tile gone", "is missing", [](Published& one) { fs::remove(one.tile()); }},
    {"a bit of the last event", "is not good: ", [](Published& one) { flip(one.entries(), 1); }},
    {"a bit of a tile", "not what the events give", [](Published& one) { flip(one.tile(), 40); }},
    {"a tile too long", "not what the events give",
     [](Published& one) { test::write(one.tile(), test::content_of(one.tile()) + "x"); }},
    {"a byte behind the events", "is no bundle",
     [](Published& one) { test::write(one.entries(), test::content_of(one.entries()) + "x"); }},
    {"the events cut off", "is no bundle",
     [](Published& one) {
       const std::string bytes = test::content_of(one.entries());
       test::write(one.entries(), bytes.substr(0, bytes.size() - 10));
     }},
    {"a checkpoint that another key signed", "did not sign the checkpoint",
     [](Published& one) {
       const note::SignedCheckpoint head =
           read_checkpoint(test::content_of(one.log() / "checkpoint"), "head");
       test::write(
           one.log() / "checkpoint",
           note::format(note::sign_checkpoint(head.checkpoint, sample::key_of("thief")).note));
     }},
    {"another root, signed by the owner", "their root is another",
     [](Published& one) { one.sign_as_owner(9, Digest{}); }},
    {"a size without end, signed by the owner", "is missing",
     [](Published& one) { one.sign_as_owner(std::uint64_t{1} << 60, Digest{}); }},
    {"no events at all, signed by the owner", "without events",
     [](Published& one) { one.sign_as_owner(0, merkle::root({}, {})); }},
    {"an event of nobody's, in a tree that the owner signed", "is not good: ",
     [](Published& one) {
       const std::string forged = registry::event_text(one.database(), 8);
       test::write(one.log() / "tile/entries/000.p/10",
                   test::content_of(one.entries()) + merkle::bundled(forged));
       one.sign_as_owner(10, Digest{});
     }},
};

}  // namespace

TEST_CASE("a published log is audited from its files alone") {
  Published one;
  const AuditReport report = audit_published(one.log(), {}, nothing);
  for (const AuditFault& fault : report.faults) FAIL_CHECK(fault.what);
  CHECK(report.events == 9);
  CHECK(report.tokens == 1);
  CHECK(report.origin == "council.example/data-access");
  CHECK(report.head == registry::read_head(one.database()).digest.hex());
}

TEST_CASE("events of a published log that are dated after the auditor's now are named") {
  Published one;
  const auto audit_at = [&one](Instant now) {
    return audit_published(one.log(), {.now = now}, nothing);
  };
  const auto second = std::chrono::seconds(1);
  CHECK(audit_at(one.now()).is_sound());
  const AuditReport skewed = audit_at(one.now() - second);
  CHECK(skewed.is_sound());
  CHECK(skewed.not_checked.size() > audit_at(one.now()).not_checked.size());
  const AuditReport behind = audit_at(one.now() - k_clock_skew_max - second);
  REQUIRE(behind.faults.size() == 1);
  CHECK(behind.faults.front().what.ends_with("its time is made up, or a clock is wrong"));
}

TEST_CASE("whoever changes a published log is found out") {
  for (const Corruption& corruption : k_corruptions) {
    INFO(corruption.name);
    Published one;
    corruption.make(one);
    const AuditReport report = audit_published(one.log(), {}, nothing);
    std::string all;
    for (const AuditFault& fault : report.faults) all += fault.what + "\n";
    INFO(all);
    CHECK_FALSE(report.is_sound());
    CHECK(all.find(corruption.expected) != std::string::npos);
  }
}

TEST_CASE("what is no published log is not audited") {
  const test::TemporaryFolder folder;
  sample::error_of(ErrorCode::bad_input,
                   [&] { static_cast<void>(audit_published(folder.path(), {}, nothing)); });
  test::write(folder / "checkpoint", "nothing");
  sample::error_of(ErrorCode::bad_input,
                   [&] { static_cast<void>(audit_published(folder.path(), {}, nothing)); });
}

TEST_CASE("a trust file says whose log it must be, and who must have witnessed it") {
  Published one;
  const auto faults_under = [&](const json::Value& trust) {
    return audit_published(one.log(),
                           {.trust = sample::document(model::DocumentKind::trust, trust)}, nothing)
        .faults;
  };
  CHECK(faults_under(export_trust(one.database())).empty());
  LoggedBoard stranger("other log");
  CHECK(faults_under(export_trust(stranger.database())).size() == 1);
  sample::Board logless;
  CHECK(faults_under(export_trust(logless.database())).size() == 1);
  const LogDemands witnessed{.log_policy = "log " + one.vkey().text() + "\nwitness one " +
                                           sample::witness_vkey("witness.example/1").text() +
                                           "\nquorum one\n",
                             .requires_proof = false};
  CHECK(faults_under(export_trust(one.database(), witnessed)).size() == 1);
}

namespace {

/// Another way in which a trust file of the very same board, by origin and log key, is not what the
/// log says.
struct WrongTrust {
  const char* name;
  const char* expected;  ///< part of one of the faults
  void (*change)(json::Value& trust);
};

json::Value& key_in(json::Value& trust, const char* list, std::size_t at) {
  return trust.as_object()[list].as_array().at(at);
}

void add_key(json::Value& trust, const char* list, json::Value key) {
  trust.as_object()[list].as_array().push_back(std::move(key));
}

constexpr WrongTrust k_wrong_trusts[] = {
    {"a seal that the log never named", "the log never named the key k4.public.",
     [](json::Value& trust) {
       const crypto::PublicKey thief = sample::key_of("thief").public_key();
       add_key(trust, "seals",
               json::object({{"key", thief.paserk()},
                             {"kid", thief.id().text},
                             {"from", "2025-01-01T00:00:00Z"}}));
     }},
    {"a log key that the log never named, named like it", "the log never named the key council.",
     [](json::Value& trust) {
       const note::VerifierKey thief("council.example/data-access", note::KeyType::ed25519,
                                     sample::key_of("thief").public_key());
       add_key(trust, "log_keys",
               json::object({{"vkey", thief.text()}, {"from", "2025-01-01T00:00:00Z"}}));
     }},
    {"a seal that is missing", "lacks the key k4.public.",
     [](json::Value& trust) {
       trust.as_object()["seals"].as_array().erase(trust.as_object()["seals"].as_array().begin());
     }},
    {"a log key that is missing", "lacks the key council.",
     [](json::Value& trust) {
       trust.as_object()["log_keys"].as_array().erase(
           trust.as_object()["log_keys"].as_array().begin());
     }},
    {"a seal that signs from earlier on", "the trust file says of the key k4.public.",
     [](json::Value& trust) { key_in(trust, "seals", 0).set("from", "2020-01-01T00:00:00Z"); }},
    {"a replaced seal without its end", "the trust file says of the key k4.public.",
     [](json::Value& trust) { key_in(trust, "seals", 0).as_object().erase("until"); }},
    {"a replaced seal with a later end", "the trust file says of the key k4.public.",
     [](json::Value& trust) { key_in(trust, "seals", 0).set("until", "2099-01-01T00:00:00Z"); }},
    {"a compromised log key that is said to be good", "the trust file says of the key council.",
     [](json::Value& trust) {
       key_in(trust, "log_keys", 0).as_object().erase("compromised_from");
     }},
    {"a seal that followed another one", "another one handed over to it",
     [](json::Value& trust) {
       key_in(trust, "seals", 1).set("previous", key_in(trust, "seals", 1).text("kid"));
     }},
    {"another hour of the last event", "the trust file is as of 2020",
     [](json::Value& trust) { trust.set("as_of", "2020-01-01T00:00:00Z"); }},
    {"fewer events than it knows of keys", "the log never named the key",
     [](json::Value& trust) { trust.set("events", std::int64_t{9}); }},
};

/// With a seal and a log key that were replaced, the log key because it was stolen.
struct Rotated : Published {
  Rotated() {
    const crypto::SecretKey next_seal = sample::key_of("next seal");
    const crypto::SecretKey next_log = sample::key_of("next log key");
    pass(std::chrono::hours(1));
    static_cast<void>(rotate_seal(database(), as("secretary-1"), next_seal, &seal(), context()));
    static_cast<void>(rotate_log_key(database(), as("secretary-1"), next_log, &log_key, context()));
    pass(std::chrono::hours(1));
    static_cast<void>(
        retire_key(database(), as("secretary-1"), log_key.public_key().id(), now(), context()));
    static_cast<void>(sign_head(database(), next_log));
    static_cast<void>(publish(database(), log(), false, nothing));
    trust = export_trust(database());
  }
  [[nodiscard]] AuditReport audit_under(const json::Value& value) const {
    return audit_published(log(), {.trust = sample::document(model::DocumentKind::trust, value)},
                           nothing);
  }
  json::Value trust;
};

std::string all_of(const AuditReport& report) {
  std::string all;
  for (const AuditFault& fault : report.faults) all += fault.what + "\n";
  return all;
}

bool leaves_out(const AuditReport& report, AuditGapKind kind) {
  return std::any_of(report.not_checked.begin(), report.not_checked.end(),
                     [kind](const AuditGap& gap) { return gap.kind == kind; });
}

}  // namespace

TEST_CASE("the keys of a trust file are those of the log, each when the log says") {
  const Rotated one;
  const AuditReport good = one.audit_under(one.trust);
  INFO(all_of(good));
  CHECK(good.is_sound());
  CHECK_FALSE(leaves_out(good, AuditGapKind::undated_trust));
  for (const WrongTrust& wrong : k_wrong_trusts) {
    json::Value changed = one.trust;
    wrong.change(changed);
    const AuditReport report = one.audit_under(changed);
    INFO(wrong.name << ": " << all_of(report));
    CHECK(all_of(report).find(wrong.expected) != std::string::npos);
  }
}

TEST_CASE("a trust file is compared with the log as of the events that it knows") {
  Rotated one;
  // An older file knows nothing of what came later: here, that its first seal was stolen.
  static_cast<void>(retire_key(one.database(), one.as("secretary-1"), one.seal().public_key().id(),
                               one.now(), one.context()));
  static_cast<void>(sign_head(one.database(), sample::key_of("next log key")));
  static_cast<void>(publish(one.database(), one.log(), false, nothing));
  const AuditReport older = one.audit_under(one.trust);
  INFO(all_of(older));
  CHECK(older.is_sound());
  json::Value ahead = export_trust(one.database());
  CHECK(one.audit_under(ahead).is_sound());
  ahead.set("events", one.trust.at("events"));
  ahead.set("as_of", one.trust.at("as_of"));
  CHECK_FALSE(one.audit_under(ahead).is_sound());
  // A newer one is more than this publication has: an old one, or one that was cut.
  static_cast<void>(one.submit());
  const std::string all = all_of(one.audit_under(export_trust(one.database())));
  CHECK(all.find("of 14 events, and this log has 13") != std::string::npos);
  // One without a number says only what it says, and that is said.
  json::Value undated = one.trust;
  undated.as_object().erase("events");
  key_in(undated, "seals", 0).as_object().erase("until");
  const AuditReport report = one.audit_under(undated);
  INFO(all_of(report));
  CHECK(report.is_sound());
  CHECK(leaves_out(report, AuditGapKind::undated_trust));
  key_in(undated, "seals", 0).set("until", "2099-01-01T00:00:00Z");
  CHECK_FALSE(one.audit_under(undated).is_sound());
}

TEST_CASE("a checkpoint that was kept shows a publication that was cut or is of another history") {
  Rotated one;
  const auto audit_against = [&one](const std::string& note) {
    return audit_published(one.log(), {.trust = {}, .checkpoint = read_checkpoint(note, "kept")},
                           nothing);
  };
  const note::SignedCheckpoint last =
      read_checkpoint(test::content_of(one.log() / "checkpoint"), "last");
  const auto signed_by = [&](const crypto::SecretKey& key, std::uint64_t size, const Digest& root) {
    const note::Checkpoint head{"council.example/data-access", {{size}, root}, {}};
    return note::format(note::sign_checkpoint(head, key).note);
  };
  const Digest root9 = merkle::root({9}, registry::tree_reader(one.database()));
  CHECK(audit_against(signed_by(one.log_key, 9, root9)).is_sound());
  CHECK_FALSE(
      leaves_out(audit_against(signed_by(one.log_key, 9, root9)), AuditGapKind::no_checkpoint));
  CHECK(all_of(audit_against(signed_by(one.log_key, 13, Digest{}))).find("newest 1 are missing") !=
        std::string::npos);
  CHECK(all_of(audit_against(signed_by(one.log_key, 9, Digest{}))).find("a fork") !=
        std::string::npos);
  CHECK(leaves_out(audit_against(signed_by(sample::key_of("thief"), 9, root9)),
                   AuditGapKind::unknown_log_key));
  const note::Checkpoint other{"other.example/data", last.checkpoint.head, {}};
  sample::error_of(ErrorCode::bad_input, [&] {
    static_cast<void>(audit_against(note::format(note::sign_checkpoint(other, one.log_key).note)));
  });
}

TEST_CASE("what the files of a published log cannot show is said") {
  const Published one;
  const AuditReport report = audit_published(one.log(), {}, nothing);
  for (const AuditGapKind kind : {AuditGapKind::no_trust_file, AuditGapKind::no_checkpoint,
                                  AuditGapKind::no_documents, AuditGapKind::catalogue_files}) {
    INFO(name_of(kind));
    CHECK(leaves_out(report, kind));
  }
}

TEST_CASE("a retired log key signs no later publication") {
  Published one;
  const crypto::SecretKey next = sample::key_of("next log key");
  static_cast<void>(
      rotate_log_key(one.database(), one.as("secretary-1"), next, &one.log_key, one.context()));
  const LogCheckpoint head = sign_head(one.database(), next);
  static_cast<void>(publish(one.database(), one.log(), false, nothing));
  CHECK(audit_published(one.log(), {}, nothing).is_sound());
  one.sign_as_owner(static_cast<std::uint64_t>(head.size), head.root);
  CHECK_FALSE(audit_published(one.log(), {}, nothing).is_sound());
}
