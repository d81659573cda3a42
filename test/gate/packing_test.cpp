// SPDX-License-Identifier: Apache-2.0
#include "gate/packing.hpp"

#include <algorithm>
#include <map>

#include "catch.hpp"
#include "crypto/hash.hpp"
#include "gate/logged_board.hpp"
#include "gate/published_log.hpp"
#include "gate/publishing.hpp"
#include "gate/status_publishing.hpp"
#include "gate/token_status.hpp"
#include "json/read.hpp"
#include "json/write.hpp"
#include "registry/documents.hpp"
#include "registry/event.hpp"
#include "registry/log.hpp"
#include "support/temporary_folder.hpp"

using namespace octroi;
using namespace octroi::gate;
using sample::LoggedBoard;
namespace fs = std::filesystem;

namespace {

std::string pack_of(LoggedBoard& board) {
  std::string bytes;
  static_cast<void>(pack_audit(board.database(), [&](std::string_view piece) { bytes += piece; }));
  return bytes;
}

/// The files of a tar archive, read as simply as can be.
std::map<std::string, std::string> files_in(const std::string& tar) {
  std::map<std::string, std::string> files;
  for (std::size_t at = 0; at + 512 <= tar.size() && tar[at] != '\0';) {
    const std::string name = tar.substr(at, 100).c_str();
    const std::size_t bytes = std::stoul(tar.substr(at + 124, 11), nullptr, 8);
    files[name] = tar.substr(at + 512, bytes);
    at += 512 + (bytes + 511) / 512 * 512;
  }
  return files;
}

/// Every text in the value that a person could be known by: everything but codes and dates.
void add_texts(const json::Value& value, std::vector<std::string>& texts) {
  if (value.is_string()) {
    texts.push_back(value.as_string());
  } else if (value.is_array()) {
    for (const json::Value& one : value.as_array()) add_texts(one, texts);
  } else if (value.is_object()) {
    for (const auto& [name, one] : value.as_object()) add_texts(one, texts);
  }
}

}  // namespace

TEST_CASE("a pack is the same bytes every time, and holds what an outsider needs") {
  LoggedBoard board;
  static_cast<void>(board.token());
  static_cast<void>(
      publish_status(board.database(), board.as("secretary-1"), board.seal(), {}, board.context()));
  sample::error_of(ErrorCode::not_yet, [&] { static_cast<void>(pack_of(board)); });
  static_cast<void>(board.sign());
  const std::string pack = pack_of(board);
  CHECK(pack == pack_of(board));
  const auto files = files_in(pack);
  for (const char* name : {"README.txt", "trust.json", "log/checkpoint", "status/1.paseto",
                           "log/tile/0/000.p/10", "log/tile/entries/000.p/10"}) {
    INFO(name);
    CHECK(files.contains(name));
  }
  // Every document is what its name says, with its salt.
  int documents = 0;
  for (const auto& [name, bytes] : files) {
    if (!name.starts_with("documents/") || !name.ends_with(".json")) continue;
    ++documents;
    const std::string digest = name.substr(10, 64);
    const std::string salt_hex = files.at("documents/" + digest + ".salt");
    std::string salt;
    for (std::size_t i = 0; i + 1 < salt_hex.size(); i += 2) {
      salt += static_cast<char>(std::stoi(salt_hex.substr(i, 2), nullptr, 16));
    }
    const std::string label("octroi/document/1\0", 18);
    CHECK(crypto::sha256(label + salt + bytes).hex() == digest);
  }
  CHECK(documents == 3);
}

namespace {

/// A pack in a folder, as tar unpacks it.
struct Unpacked {
  explicit Unpacked(const std::map<std::string, std::string>& files) {
    for (const auto& [name, bytes] : files) {
      fs::create_directories((folder / name).parent_path());
      test::write(folder / name, bytes);
    }
  }
  [[nodiscard]] AuditReport audit(const std::optional<json::Value>& trust = {}) const {
    KeptElsewhere kept;
    if (trust) kept.trust = sample::document(model::DocumentKind::trust, *trust);
    return audit_published(folder.path(), kept, [](std::int64_t, std::int64_t) {});
  }
  test::TemporaryFolder folder;
};

std::string faults_in(const AuditReport& report) {
  std::string all;
  for (const AuditFault& fault : report.faults) all += fault.what + "\n";
  return all;
}

std::vector<std::string> left_out(const AuditReport& report, AuditGapKind kind) {
  for (const AuditGap& gap : report.not_checked) {
    if (gap.kind == kind) return gap.names;
  }
  return {};
}

std::string first_document(const std::map<std::string, std::string>& files) {
  return files.lower_bound("documents/")->first;
}

using Files = std::map<std::string, std::string>;
struct PackCorruption {
  const char* name;
  const char* expected;  ///< part of one of the faults
  void (*make)(Files& files, const Files& older);
};

constexpr PackCorruption k_pack_corruptions[] = {
    {"a document changed", "its bytes are not those that its name says",
     [](Files& files, const Files&) { files[first_document(files)] += " "; }},
    {"another salt", "its bytes are not those that its name says",
     [](Files& files, const Files&) {
       files[first_document(files).substr(0, 74) + ".salt"] = std::string(32, '0') + "\n";
     }},
    {"no salt", ".salt",
     [](Files& files, const Files&) {
       files.erase(first_document(files).substr(0, 74) + ".salt");
     }},
    {"a document that no event names", "no event names it",
     [](Files& files, const Files&) {
       const std::string bytes = "{}";
       const Bytes salt(16, 0);
       const std::string name = "documents/" + registry::document_digest(salt, bytes).hex();
       files[name + ".json"] = bytes;
       files[name + ".salt"] = to_hex(salt) + "\n";
     }},
    {"the status list from before a revocation", "is not the last list 1 of the log",
     [](Files& files, const Files& older) {
       files["status/1.paseto"] = older.at("status/1.paseto");
     }},
    {"a changed status list", "is not the last list 1 of the log",
     [](Files& files, const Files&) { files["status/1.paseto"][100] ^= 1; }},
    {"the log from before a revocation", "trust.json: the trust file is of",
     [](Files& files, const Files& older) {
       for (const auto& [name, bytes] : older) {
         if (name.starts_with("log/")) files[name] = bytes;
       }
     }},
    {"a trust file with a key of somebody else's", "trust.json: the log never named",
     [](Files& files, const Files&) {
       json::Value trust = json::read(files["trust.json"], "trust");
       trust.as_object()["log_keys"].as_array().front().set(
           "vkey", note::VerifierKey("council.example/data-access", note::KeyType::ed25519,
                                     sample::key_of("thief").public_key())
                       .text());
       files["trust.json"] = json::pretty(trust);
     }},
};

}  // namespace

TEST_CASE("a pack is audited whole: documents, status lists and trust file beside the log") {
  LoggedBoard board;
  const IssuedToken token = board.token();
  const auto publish_list = [&] {
    static_cast<void>(publish_status(board.database(), board.as("secretary-1"), board.seal(), {},
                                     board.context()));
    static_cast<void>(board.sign());
  };
  publish_list();
  const Files older = files_in(pack_of(board));
  board.pass(std::chrono::hours(1));
  const TokenChange change{registry::TokenAct::revoked, "data-breach", "", {}};
  TokenSelection selected;
  selected.tokens = {token.id};
  static_cast<void>(change_tokens(board.database(), board.as("secretary-1"),
                                  plan_changes(board.database(), selected, change, board.now()),
                                  change, board.context()));
  // A pack never is behind the log: what was revoked since would look valid.
  sample::error_of(ErrorCode::not_yet, [&] { static_cast<void>(pack_of(board)); });
  static_cast<void>(board.sign());
  const Files behind = files_in(pack_of(board));
  CHECK(left_out(Unpacked(behind).audit(), AuditGapKind::later_acts) ==
        std::vector<std::string>{"status/1.paseto"});
  publish_list();
  const Files files = files_in(pack_of(board));
  const json::Value trust = export_trust(board.database());

  const AuditReport good = Unpacked(files).audit(trust);
  INFO(faults_in(good));
  CHECK(good.is_sound());
  CHECK(good.documents == 3);
  CHECK(good.not_checked.size() == 2);  // no checkpoint from elsewhere, no case documents
  for (const PackCorruption& corruption : k_pack_corruptions) {
    Files changed = files;
    corruption.make(changed, older);
    const std::string all = faults_in(Unpacked(changed).audit(trust));
    INFO(corruption.name << ": " << all);
    CHECK(all.find(corruption.expected) != std::string::npos);
  }
  // What was taken out of it, or put into it, is named.
  Files less = files;
  less.erase("status/1.paseto");
  less.erase(first_document(less));
  less["log/../notes.txt"] = "whatever";
  const AuditReport report = Unpacked(less).audit(trust);
  CHECK(left_out(report, AuditGapKind::status_lists) == std::vector<std::string>{"status list 1"});
  CHECK(left_out(report, AuditGapKind::catalogue_files).size() == 1);
  CHECK(left_out(report, AuditGapKind::other_files).size() == 2);  // the salt that stayed, too
  // Its log alone says that there is more.
  const Unpacked whole(files);
  const AuditReport part = audit_published(whole.folder / "log", {}, [](auto, auto) {});
  CHECK(std::any_of(part.not_checked.begin(), part.not_checked.end(),
                    [](const AuditGap& gap) { return gap.kind == AuditGapKind::pack_files; }));
}

TEST_CASE("events and packs hold nothing that requests, charters and reasons say of people") {
  // Everything that the story's people wrote: names, addresses, free text.
  std::vector<std::string> texts;
  for (const char* file : {"cnam-2021/request-treatment.json", "cnam-2021/request-whole-base.json",
                           "cnam-2021/request-european-host.json", "cnam-2021/charter.json"}) {
    add_texts(sample::example(file), texts);
  }
  texts.erase(std::remove_if(texts.begin(), texts.end(),
                             [](const std::string& text) {
                               // A code, an id or a date is no free text.
                               return text.find(' ') == std::string::npos &&
                                      text.find('@') == std::string::npos;
                             }),
              texts.end());
  REQUIRE(texts.size() > 10);
  // Organisations that the board's public documents name themselves.
  std::vector<std::string> named;
  add_texts(sample::example("cnam-2021/provider-azure-hub.json"), named);
  add_texts(sample::example("cnam-2021/dataset-snds-main-base.json"), named);
  add_texts(sample::example("rulebooks/cnam-2021.json"), named);
  std::string public_texts;
  for (const std::string& one : named) public_texts += one + "\n";
  const std::string board_name = sample::example("cnam-2021/charter.json").text("board");
  LoggedBoard board;
  static_cast<void>(board.token());
  static_cast<void>(
      withdraw(board.database(), board.as("researcher-1"), board.submit(), board.context()));
  static_cast<void>(board.sign());
  std::string events;
  std::int64_t count = 0;
  registry::visit_events(board.database(), [&](std::int64_t, const std::string& event) {
    events += json::canonical(registry::read_event(event).body) + "\n";
    ++count;
  });
  REQUIRE(count == board.sign().size);
  std::string pack;
  for (const auto& [name, bytes] : files_in(pack_of(board))) pack += bytes;
  // What the events do say is there: the search would find something.
  REQUIRE(events.find("snds-main-base") != std::string::npos);
  REQUIRE(pack.find(board_name) != std::string::npos);
  for (const std::string& text : texts) {
    INFO(text);
    CHECK(events.find(text) == std::string::npos);
    const bool is_public = text == board_name || public_texts.find(text) != std::string::npos;
    if (!is_public) CHECK(pack.find(text) == std::string::npos);
  }
  // Nor the people by the ids under which requests name them, or the minutes.
  for (const char* word : {"analyst-1", "analyst-2", "minutes.txt", "Name of "}) {
    INFO(word);
    CHECK(events.find(word) == std::string::npos);
    CHECK(pack.find(word) == std::string::npos);
  }
}
