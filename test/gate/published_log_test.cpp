// SPDX-License-Identifier: Apache-2.0
#include "gate/published_log.hpp"

#include "catch.hpp"
#include "gate/logged_board.hpp"
#include "gate/publishing.hpp"
#include "merkle/bundle.hpp"
#include "merkle/tree.hpp"
#include "registry/log.hpp"
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
    {"a bit of the last event", "event 8 is not good",
     [](Published& one) { flip(one.entries(), 1); }},
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
    {"an event of nobody's, in a tree that the owner signed", "event 9 is not good",
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
    return audit_published(one.log(), sample::document(model::DocumentKind::trust, trust), nothing)
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
