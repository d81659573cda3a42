// SPDX-License-Identifier: Apache-2.0
#include "gate/replaying.hpp"

#include "catch.hpp"
#include "gate/acting.hpp"
#include "gate/audit.hpp"
#include "gate/erasing.hpp"
#include "gate/sample_board.hpp"
#include "json/pointer.hpp"

using namespace octroi;
using namespace octroi::gate;
using json::Value;
using model::DocumentKind;
using sample::Board;

namespace {

/// A board with a request that was assessed once.
struct Assessed : Board {
  Assessed() {
    fill();
    request = submit();
    static_cast<void>(assess(database(), as("secretary-1"), request, context()));
  }
  std::string request;
};

std::vector<ReplayedAssessment> replay_all(Board& board) {
  return replay_assessments(board.database(), {});
}

Value without(Value value, const char* name) {
  value.as_object().erase(name);
  return value;
}

/// What a secretary whose program was changed could record: the log takes it.
void record(Board& board, const std::string& request, const Value& assessment) {
  const model::Document document = sample::document(DocumentKind::assessment, assessment);
  registry::Transaction transaction(board.database(), registry::Transaction::Kind::write);
  Value datasets = Value::Array{};
  for (const auto& [id, verdict] : assessment.at("datasets").as_object()) {
    datasets.push(json::object({{"dataset", id}, {"verdict", verdict}, {"holder", "cnam"}}));
  }
  Value referred = Value::Array{};
  for (const Value& finding : assessment.at("findings").as_array()) {
    if (finding.text("outcome") != "refer") continue;
    Value one = json::object({{"finding", finding.text("id")}});
    if (finding.find("dataset") != nullptr) one.set("dataset", finding.text("dataset"));
    referred.push(std::move(one));
  }
  act(board.database(), board.as("secretary-1"), registry::EventType::request_assessed,
      json::object({{"request", request},
                    {"version", 1},
                    {"document", keep(board.database(), document, board.context())},
                    {"sha256", document.sha256.hex()},
                    {"as_of", assessment.text("as_of")},
                    {"verdict", assessment.text("verdict")},
                    {"datasets", std::move(datasets)},
                    {"referred", std::move(referred)}}),
      board.context());
  transaction.commit();
}

Value recorded_value(Board& board, const std::string& request) {
  return show_request(board.database(), request).assessment.value().to_json();
}

AuditReport audit_of(Board& board) {
  return audit(board.database(), board.now(), [](std::int64_t, std::int64_t) {});
}

bool is_sound(Board& board) {
  return audit_of(board).is_sound();
}

}  // namespace

TEST_CASE("what was assessed is computed again, byte for byte") {
  Assessed board;
  const auto replayed = replay_all(board);
  REQUIRE(replayed.size() == 1);
  INFO(replayed[0].what);
  CHECK(replayed[0].result == ReplayResult::same);
  CHECK(replayed[0].request == board.request);
  CHECK(replayed[0].engine == rules::this_engine());
  CHECK(replayed[0].is_same_engine);
}

TEST_CASE("what is added later changes nothing for an earlier assessment") {
  Assessed board;
  board.pass(std::chrono::hours(48));
  Value provider = sample::example("cnam-2021/provider-azure-hub.json");
  provider.set("name", "Another name");
  static_cast<void>(add_provider(board.database(), board.as("secretary-1"),
                                 sample::document(DocumentKind::provider, provider),
                                 board.context()));
  Value rulebook = sample::example("rulebooks/cnam-2021.json");
  rulebook.as_object()["rules"].as_array().pop_back();
  static_cast<void>(adopt_rulebook(board.database(), board.as("secretary-1"),
                                   sample::document(DocumentKind::rulebook, rulebook),
                                   parse_date("2026-01-01"), {}, board.context()));
  static_cast<void>(
      assess(board.database(), board.as("secretary-1"), board.request, board.context()));
  const auto replayed = replay_all(board);
  REQUIRE(replayed.size() == 2);
  for (const ReplayedAssessment& one : replayed) {
    INFO(one.what);
    CHECK(one.result == ReplayResult::same);
  }
  CHECK(replayed[0].sha256 != replayed[1].sha256);
  const ReplayWishes second{board.request, replayed[1].seq};
  CHECK(replay_assessments(board.database(), second).size() == 1);
}

TEST_CASE("an assessment that another program made up is found out, though its log is sound") {
  struct Forgery {
    const char* name;
    const char* pointer;
    Value content;
    const char* expected;
  };
  const Forgery forgeries[] = {
      {"a reason in other words", "/findings/0/because/en", "Nothing stands against it.",
       "/findings/0/because/en"},
      {"a fact that was not so", "/host/exclusively_eu_law", "yes", "/host/exclusively_eu_law"},
      {"another day", "/as_of", "2026-11-19", "the rulebooks that it names"},
      {"other bytes of the request", "/documents/request", std::string(64, '0'),
       "other bytes of the request"},
      {"another host", "/documents/provider", std::string(64, '0'), "the provider azure-hub"},
      {"another rulebook", "/documents/rulebooks/cnam-2021", std::string(64, '0'),
       "the rulebooks that it names"},
      {"another dataset", "/documents/datasets/snds-main-base", std::string(64, '0'),
       "the dataset snds-main-base"},
  };
  for (const Forgery& forgery : forgeries) {
    INFO(forgery.name);
    Assessed board;
    Value value = recorded_value(board, board.request);
    REQUIRE(json::set_at(value, forgery.pointer, forgery.content));
    record(board, board.request, value);
    const auto replayed = replay_all(board);
    REQUIRE(replayed.size() == 2);
    CHECK(replayed[0].result == ReplayResult::same);
    CHECK(replayed[1].result == ReplayResult::differs);
    INFO(replayed[1].what << " " << replayed[1].pointer);
    const std::string said = replayed[1].what + " " + replayed[1].pointer;
    CHECK(said.find(forgery.expected) != std::string::npos);
  }
}

TEST_CASE("an assessment without its findings is found out") {
  Assessed board;
  Value value = recorded_value(board, board.request);
  value.set("findings", Value::Array{});
  value.set("verdict", "clear");
  value.set("datasets", json::object({{"snds-main-base", "clear"}}));
  record(board, board.request, value);
  CHECK_FALSE(is_sound(board));
  const auto replayed = replay_all(board);
  REQUIRE(replayed.size() == 2);
  CHECK(replayed[1].result == ReplayResult::differs);
  CHECK(replayed[1].pointer.starts_with("/datasets/snds-main-base"));
  CHECK(replayed[1].recorded == Value("clear"));
  CHECK(replayed[1].computed == Value("refer"));
}

TEST_CASE("a host that was replaced before the assessment is not taken for the registry's") {
  Assessed board;
  const Value value = recorded_value(board, board.request);
  Value provider = sample::example("cnam-2021/provider-azure-hub.json");
  provider.set("name", "Another name");
  board.pass(std::chrono::seconds(60));
  static_cast<void>(add_provider(board.database(), board.as("secretary-1"),
                                 sample::document(DocumentKind::provider, provider),
                                 board.context()));
  board.pass(std::chrono::seconds(60));
  record(board, board.request, value);
  const auto replayed = replay_all(board);
  REQUIRE(replayed.size() == 2);
  CHECK(replayed[0].result == ReplayResult::same);
  CHECK(replayed[1].what.find("was not the registry's at that time") != std::string::npos);
}

TEST_CASE("who computed an assessment is said, and is not what is compared") {
  Assessed board;
  Value other = recorded_value(board, board.request);
  REQUIRE(json::set_at(other, "/engine/rules", "octroi/rules/0"));
  record(board, board.request, other);
  record(board, board.request, without(other, "engine"));
  REQUIRE(json::set_at(other, "/findings/0/because/en", "Other words."));
  record(board, board.request, other);
  const auto replayed = replay_all(board);
  REQUIRE(replayed.size() == 4);
  CHECK(replayed[1].result == ReplayResult::same);
  CHECK_FALSE(replayed[1].is_same_engine);
  CHECK(replayed[2].result == ReplayResult::same);
  CHECK_FALSE(replayed[2].engine.has_value());
  CHECK(replayed[3].result == ReplayResult::differs);
  CHECK_FALSE(replayed[3].is_same_engine);
}

TEST_CASE("a document that is gone or changed cannot be replayed, and says so") {
  for (const char* sql : {"DELETE FROM documents WHERE kind = 'provider'",
                          "DELETE FROM documents WHERE kind = 'rulebook'",
                          "DELETE FROM documents WHERE kind = 'assessment'",
                          "UPDATE documents SET bytes = x'7B7D' WHERE kind = 'request'"}) {
    INFO(sql);
    Assessed board;
    board.database().run_script("PRAGMA foreign_keys = OFF");
    board.database().run_script(sql);
    const auto replayed = replay_all(board);
    REQUIRE(replayed.size() == 1);
    CHECK(replayed[0].result == ReplayResult::unavailable);
    CHECK_FALSE(replayed[0].what.empty());
  }
}

TEST_CASE("what cannot be replayed is named") {
  Assessed board;
  const auto replay_of = [&board](ReplayWishes wishes) {
    return [&board, wishes] { static_cast<void>(replay_assessments(board.database(), wishes)); };
  };
  CHECK(sample::error_of(ErrorCode::bad_input, replay_of({"R-1999-0001", {}}))
            .find("there is no request") != std::string::npos);
  CHECK(sample::error_of(ErrorCode::bad_input, replay_of({board.request, 1})) ==
        "event 1 recorded no assessment of " + board.request);
  const std::string second = board.submit();
  static_cast<void>(sample::error_of(ErrorCode::not_yet, replay_of({second, {}})));
}

TEST_CASE("an assessment whose documents were erased is said to be so, and is no fault") {
  Assessed board;
  const std::string kept = board.submit();
  static_cast<void>(assess(board.database(), board.as("secretary-1"), kept, board.context()));
  static_cast<void>(
      withdraw(board.database(), board.as("researcher-1"), board.request, board.context()));
  static_cast<void>(erase_documents(board.database(), board.as("secretary-1"),
                                    {{}, board.request, "data-subject", "gdpr-17"}, false,
                                    board.context()));
  const auto replayed = replay_all(board);
  REQUIRE(replayed.size() == 2);
  CHECK(replayed[0].result == ReplayResult::erased);
  CHECK(replayed[0].what.find("was erased") != std::string::npos);
  CHECK(replayed[1].result == ReplayResult::same);
  const AuditReport report = audit_of(board);
  CHECK(report.is_sound());
  CHECK(report.assessments == 1);
  CHECK(report.erased_assessments == 1);
}

TEST_CASE("an audit names the request and event of every assessment that is not reproduced") {
  Assessed board;
  Value value = recorded_value(board, board.request);
  REQUIRE(json::set_at(value, "/findings/0/because/en", "Other words."));
  record(board, board.request, value);
  // A good one after it does not hide it.
  static_cast<void>(board.submit());
  const AuditReport report = audit_of(board);
  REQUIRE(report.faults.size() == 1);
  CHECK(report.faults[0].seq == replay_all(board)[1].seq);
  CHECK(report.faults[0].what.find(board.request) == 0);
  CHECK(report.faults[0].what.find("/findings/0/because/en") != std::string::npos);
}

TEST_CASE("naming another engine does not excuse what comes out otherwise") {
  Assessed board;
  Value value = recorded_value(board, board.request);
  REQUIRE(json::set_at(value, "/engine/rules", "octroi/rules/0"));
  REQUIRE(json::set_at(value, "/findings/0/because/en", "Other words."));
  record(board, board.request, value);
  const AuditReport report = audit_of(board);
  REQUIRE(report.faults.size() == 1);
  CHECK(report.faults[0].seq.has_value());
  CHECK(report.faults[0].what.find("octroi/rules/0") != std::string::npos);
}
