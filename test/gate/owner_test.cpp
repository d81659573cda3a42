// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "catch.hpp"
#include "crypto/hash.hpp"
#include "gate/acting.hpp"
#include "gate/erasing.hpp"
#include "gate/forged_log.hpp"
#include "gate/key_changes.hpp"
#include "gate/status_publishing.hpp"
#include "gate/status_token.hpp"
#include "json/write.hpp"
#include "paseto/v4_public.hpp"
#include "registry/documents.hpp"
#include "registry/log.hpp"
#include "registry/members.hpp"
#include "registry/sqlite_database.hpp"
#include "registry/statuses.hpp"

// An owner who holds every key writes a log whose signatures, roles and tables are all good, and
// whose events say something else than the documents that they name.

using namespace octroi;
using namespace octroi::gate;
using json::Value;
using model::DocumentKind;
using registry::EventType;
using sample::Board;
using sample::faults_of;
using sample::last_body;
using sample::log_event;
using sample::with;

namespace {

const std::string k_digest(64, 'a');

void check_has(const std::string& faults, const std::string& part) {
  INFO("expected: " << part << "\ngot: " << faults);
  CHECK(faults.find(part) != std::string::npos);
}

std::string keep_document(Board& board, DocumentKind kind, const Value& value) {
  registry::Transaction transaction(board.database(), registry::Transaction::Kind::write);
  std::string digest = keep(board.database(), sample::document(kind, value), board.context());
  transaction.commit();
  return digest;
}

struct Assessed : Board {
  Assessed() {
    fill();
    request = submit();
    static_cast<void>(assess(database(), as("secretary-1"), request, context()));
    body = last_body(*this, EventType::request_assessed);
  }
  void log(const char* list, const char* member, const char* value) {
    Value changed = body.at(list);
    REQUIRE_FALSE(changed.as_array().empty());
    changed.as_array()[0].set(member, value);
    log_event(*this, "secretary-1", EventType::request_assessed,
              with(body, list, std::move(changed)));
  }
  std::string request;
  Value body;
};

}  // namespace

TEST_CASE("the event of an assessment cannot name another holder than the dataset") {
  Assessed board;
  CHECK(faults_of(board).empty());
  board.log("datasets", "holder", "somebody-else");
  check_has(faults_of(board), "another holder of snds-main-base than the dataset");
  // Erasing what would show it does not help.
  static_cast<void>(
      withdraw(board.database(), board.as("researcher-1"), board.request, board.context()));
  static_cast<void>(erase_documents(board.database(), board.as("secretary-1"),
                                    {{}, board.request, "data-subject", "gdpr-17"}, false,
                                    board.context()));
  check_has(faults_of(board), "another holder of snds-main-base than the registry had");
}

TEST_CASE("the event of an assessment cannot turn a finding to a dataset that is not granted") {
  Assessed board;
  board.log("referred", "dataset", "another-base");
  check_has(faults_of(board), "refers other findings than its event");
}

TEST_CASE("the event of a decision says what the board's paper says") {
  Board board;
  board.fill();
  static_cast<void>(board.granted());
  const Value body = last_body(board, EventType::decision_recorded);
  const Value paper = load(board.database(), Digest::from_hex(body.text("document")).value(),
                           DocumentKind::decision, "decision")
                          .value;
  const Value counts = json::object(
      {{"counts", json::object({{"for", 11}, {"against", 0}, {"abstaining", 4}, {"absent", 5}})}});
  const std::pair<const char*, Value> changes[] = {
      {"request", "R-2026-0009"},
      {"version", 2},
      {"result", "refused"},
      {"date", "2026-11-01"},
      {"until", "2027-01-01"},
      {"ballots", counts},
      {"minutes", with(paper.at("minutes"), "sha256", k_digest)},
      {"datasets", json::strings({"another-base"})},
      {"resolves", Value(Value::Array{})}};
  int number = 1;
  const auto log_decision = [&](const Value& document) {
    const std::string id = fmt::format("D-2026-{:04}", ++number);
    log_event(board, "secretary-1", EventType::decision_recorded,
              with(with(body, "decision", id), "document",
                   keep_document(board, DocumentKind::decision, document)));
    return id;
  };
  std::vector<std::string> expected;
  for (const auto& [name, value] : changes) {
    REQUIRE((paper.find(name) == nullptr || *paper.find(name) != value));
    expected.push_back(log_decision(with(paper, name, value)) +
                       ": the decision's document says something else than its event: its " + name +
                       "\n");
  }
  const std::string faults = faults_of(board);
  for (const std::string& one : expected) check_has(faults, one);
  CHECK(faults.find("D-2026-0001:") == std::string::npos);
}

TEST_CASE("nobody who is named in the request voted on it by name") {
  Board board;
  board.fill();
  static_cast<void>(board.granted());
  const Value body = last_body(board, EventType::decision_recorded);
  Value paper = load(board.database(), Digest::from_hex(body.text("document")).value(),
                     DocumentKind::decision, "decision")
                    .value;
  Value by_name = Value::Array{};
  for (int voter = 1; voter <= 20; ++voter) {
    const char* vote = voter <= 12 ? "for" : voter <= 15 ? "abstaining" : "absent";
    by_name.push(json::object(
        {{"name", voter == 1 ? "analyst-1" : "m-" + std::to_string(voter)}, {"vote", vote}}));
  }
  paper.set("ballots", with(paper.at("ballots"), "by_name", std::move(by_name)));
  log_event(board, "secretary-1", EventType::decision_recorded,
            with(with(body, "decision", "D-2026-0002"), "document",
                 keep_document(board, DocumentKind::decision, paper)));
  check_has(faults_of(board), "analyst-1");
}

TEST_CASE("the events of the catalogue say what its documents say") {
  Board board;
  board.fill();
  const Value dataset = last_body(board, EventType::dataset_added);
  const Value provider = last_body(board, EventType::provider_added);
  const Value rulebook = with(last_body(board, EventType::rulebook_adopted), "from", "2027-01-01");
  const auto log = [&board](EventType type, Value body) {
    log_event(board, "secretary-1", type, std::move(body));
  };
  log(EventType::dataset_added, with(with(dataset, "version", 2), "holder", "somebody-else"));
  log(EventType::dataset_added, with(dataset, "dataset", "twin-base"));
  log(EventType::provider_added, with(provider, "provider", "azure-twin"));
  log(EventType::hierarchy_added,
      json::object({{"hierarchy", "twin"},
                    {"version", 1},
                    {"document", keep_document(board, DocumentKind::hierarchy,
                                               sample::example("hierarchies/"
                                                               "mondo-covid-19.json"))}}));
  log(EventType::rulebook_adopted, with(rulebook, "sha256", k_digest));
  log(EventType::rulebook_adopted, with(rulebook, "rulebook", "twin-rules"));
  const std::string faults = faults_of(board);
  const std::string other = ": its document says something else than its event: its ";
  check_has(faults, "dataset snds-main-base version 2" + other + "holder");
  check_has(faults, "dataset twin-base version 1" + other + "id");
  check_has(faults, "provider azure-twin version 1" + other + "id");
  check_has(faults, "hierarchy twin version 1" + other + "id");
  check_has(faults, "rulebook cnam-2021" + other + "SHA-256");
  check_has(faults, "rulebook twin-rules" + other + "id");
}

TEST_CASE("a board is founded on the rule and the members of its charter") {
  Board board(1);
  const model::Document charter =
      load(board.database(), registry::read_charter(board.database()).document,
           DocumentKind::charter, "charter");
  Value member = charter.value.at("members").as_array()[0];
  const Value founding = last_body(board, EventType::board_founded);
  const auto faults_with = [&](const char* name, Value value) {
    const auto database = registry::open_sqlite_in_memory();
    registry::Transaction transaction(*database, registry::Transaction::Kind::write);
    registry::make_log(*database, charter.value.text("origin"));
    const std::string document = keep(*database, charter, board.context());
    Value body = with(founding, "document", document);
    if (name != nullptr) body.set(name, std::move(value));
    static_cast<void>(registry::append(*database, EventType::board_founded, std::move(body),
                                       board.as("secretary-1").key, board.now(),
                                       board.context().random));
    transaction.commit();
    std::string faults;
    for (const AuditFault& fault :
         audit(*database, board.now(), [](std::int64_t, std::int64_t) {}).faults) {
      faults += fault.what + "\n";
    }
    return faults;
  };
  CHECK(faults_with(nullptr, {}).empty());
  Value members = founding.at("members");
  members.as_array()[0].set("roles", json::strings({"auditor", "secretary"}));
  check_has(faults_with("members", members), "its members");
  check_has(faults_with("majority", "simple"), "its majority");
  check_has(faults_with("seats", 19), "its seats");
  check_has(faults_with("present_min", 1), "its present_min");
  check_has(faults_with("endorsements", 2), "its endorsements");
}

TEST_CASE("a status list that a seal signed after its time is found") {
  Board board;
  board.fill();
  board.pass(std::chrono::seconds(60));
  static_cast<void>(rotate_seal(board.database(), board.as("secretary-1"),
                                sample::key_of("next seal"), &board.seal(), board.context()));
  board.pass(std::chrono::seconds(60));
  const StatusListClaims claims{"council.example/data-access",
                                status_list_uri("council.example/data-access", 1),
                                board.now(),
                                board.now() + std::chrono::days(1),
                                board.now() + std::chrono::days(7),
                                build_status_list(board.database(), 1)};
  const std::string text = paseto::sign(board.seal(), json::canonical(to_json(claims)),
                                        paseto::kid_footer(board.seal().public_key().id()));
  const Digest document = registry::store_document(board.database(), registry::k_status_list_kind,
                                                   text, board.context().random);
  log_event(board, "secretary-1", EventType::status_published,
            json::object({{"list", 1},
                          {"sha256", crypto::sha256(text).hex()},
                          {"document", document.hex()},
                          {"next_update", format_instant(claims.next_update)},
                          {"expires", format_instant(claims.expires)}}));
  check_has(faults_of(board), "its seal was not in use when it was issued");
}

TEST_CASE("an event that is dated after now is a fault, or a gap where clocks may differ") {
  Board board;
  board.fill();
  board.pass(std::chrono::minutes(1));
  board.submit();
  const auto audit_at = [&board](std::chrono::seconds before) {
    return audit(board.database(), board.now() - before, [](std::int64_t, std::int64_t) {});
  };
  CHECK(audit_at(std::chrono::seconds(0)).not_checked.empty());
  const AuditReport close = audit_at(std::chrono::seconds(1));
  CHECK(close.is_sound());
  const std::vector<AuditGap> gaps = {{AuditGapKind::clock, {"event 4 of 2026-11-20T10:01:00Z"}}};
  CHECK(close.not_checked == gaps);
  CHECK(audit_at(std::chrono::minutes(5)).is_sound());
  const AuditReport later = audit_at(std::chrono::seconds(301));
  REQUIRE(later.faults.size() == 1);
  CHECK(later.faults.front().seq == 4);
  check_has(later.faults.front().what, "it is dated 2026-11-20T10:01:00Z, and now is");
  CHECK(audit_at(std::chrono::hours(1)).faults.front().seq == 0);
}
