// SPDX-License-Identifier: Apache-2.0
#include "gate/deciding.hpp"

#include "catch.hpp"
#include "gate/sample_board.hpp"
#include "registry/log.hpp"

using namespace octroi;
using namespace octroi::gate;
using sample::Board;
using sample::error_of;

namespace {

/// A board with one assessed request.
struct Assessed : Board {
  explicit Assessed(const std::function<void(json::Value&)>& change = {}) {
    fill();
    id = submit(change);
    static_cast<void>(assess(database(), as("secretary-1"), id, context()));
  }
  RecordedDecision record(const DecisionDraft& draft, const char* member = "secretary-1") {
    return decide(database(), as(member), draft, false, context());
  }
  std::string refusal(ErrorCode code, const DecisionDraft& draft,
                      const char* member = "secretary-1") {
    const Digest before = registry::read_head(database()).digest;
    const std::string message = error_of(code, [&] { record(draft, member); });
    CHECK(registry::read_head(database()).digest == before);
    return message;
  }
  std::string id;
};

void ask_for_everything(json::Value& request) {
  request.as_object()["datasets"].as_array().front().set("extent", "whole");
}

}  // namespace

TEST_CASE("unanimity of those who took a position carries, with abstentions and absences") {
  Assessed board;
  const RecordedDecision decision = board.record(board.grant(board.id));
  CHECK(decision.id == "D-2026-0001");
  CHECK(decision.result == "granted");
  CHECK(decision.rule == "unanimity-of-positions");
  CHECK(show_request(board.database(), board.id).row.state == "granted");
}

TEST_CASE("one vote against refuses, and a recorded grant that contradicts it is an error") {
  Assessed board;
  DecisionDraft draft = board.grant(board.id);
  draft.counts = BallotCounts{12, 1, 2, 5};
  draft.result = "granted";
  CHECK(board.refusal(ErrorCode::bad_input, draft).find("refused") != std::string::npos);
  draft.result = "refused";
  CHECK(board.record(draft).result == "refused");
}

TEST_CASE("ballots that make no decision are not recorded") {
  Assessed board;
  DecisionDraft draft = board.grant(board.id);
  draft.counts = BallotCounts{12, 0, 3, 4};
  CHECK(board.refusal(ErrorCode::bad_input, draft).find("add up to 19") != std::string::npos);
  draft.counts = BallotCounts{8, 0, 2, 10};
  CHECK(board.refusal(ErrorCode::not_yet, draft).find("no quorum") != std::string::npos);
  draft.counts.reset();
  board.refusal(ErrorCode::bad_input, draft);
  draft.by_name = {{"a", "for"}, {"b", "perhaps"}};
  CHECK(board.refusal(ErrorCode::bad_input, draft).find("perhaps") != std::string::npos);
}

TEST_CASE("ballots by name are counted, and who is not named is absent") {
  Assessed board;
  DecisionDraft draft = board.grant(board.id);
  draft.counts.reset();
  for (int i = 0; i < 11; ++i) draft.by_name["member " + std::to_string(i)] = "for";
  draft.by_name["member 11"] = "abstaining";
  const RecordedDecision decision = board.record(draft);
  CHECK(decision.counts.in_favour == 11);
  CHECK(decision.counts.absent == 8);
}

TEST_CASE("a grant resolves every referred finding by name, and nothing else") {
  Assessed board;
  DecisionDraft draft = board.grant(board.id);
  REQUIRE_FALSE(draft.resolves.empty());
  const std::string finding = draft.resolves.back();
  draft.resolves.pop_back();
  CHECK(board.refusal(ErrorCode::not_yet, draft).find(finding) != std::string::npos);
  draft.resolves = {finding, "no-such-finding"};
  board.refusal(ErrorCode::bad_input, draft);
}

TEST_CASE("no decision turns a refusal of the rules, nor an incomplete assessment") {
  Assessed refused(ask_for_everything);
  CHECK(refused.refusal(ErrorCode::not_allowed, refused.grant(refused.id)).find("rules refuse") !=
        std::string::npos);
  Assessed incomplete([](json::Value& request) { request.as_object().erase("disease_codes"); });
  const auto assessment = show_request(incomplete.database(), incomplete.id).assessment;
  if (assessment->verdict == rules::Verdict::incomplete) {
    incomplete.refusal(ErrorCode::not_yet, incomplete.grant(incomplete.id));
  } else {
    CHECK(assessment->verdict == rules::Verdict::refuse);
  }
  Assessed unknown([](json::Value& request) {
    request.as_object()["disease_codes"].set("codes", json::strings({"U07"}));
  });
  unknown.refusal(ErrorCode::not_yet, unknown.grant(unknown.id));
}

TEST_CASE("a board may record that it refuses what the rules refuse") {
  Assessed board(ask_for_everything);
  DecisionDraft draft = board.grant(board.id);
  draft.counts = BallotCounts{0, 15, 0, 5};
  draft.resolves.clear();
  CHECK(board.record(draft).result == "refused");
}

TEST_CASE("nobody records a decision on a request they are named in") {
  struct Row {
    const char* name;
    std::function<void(json::Value&)> change;
  };
  const auto user_named = [](const char* key, const char* value) {
    return [=](json::Value& request) {
      request.as_object()["users"].as_array().front().set(key, value);
    };
  };
  const Row rows[] = {
      {"as a user, by id", user_named("id", "secretary-1")},
      {"as a user, by name in other case", user_named("name", " NAME of Secretary-1 ")},
      {"as an officer",
       [](json::Value& request) {
         request.as_object()["officers"].set("data_protection_officer", "secretary-1");
       }},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    Assessed board(row.change);
    board.refusal(ErrorCode::not_allowed, board.grant(board.id));
    CHECK(board.record(board.grant(board.id), "secretary-2").result == "granted");
  }
}

TEST_CASE("nobody records a decision on their own request, nor votes on one that names them") {
  Assessed board;
  static_cast<void>(add_member(board.database(), board.as("secretary-1"), "both",
                               sample::key_of("both").public_key(), {"researcher", "secretary"},
                               board.context()));
  const crypto::SecretKey both = sample::key_of("both");
  const std::string own =
      submit(board.database(), {"both", both},
             sample::document(model::DocumentKind::request,
                              sample::example("cnam-2021/request-treatment.json")),
             {}, board.context())
          .id;
  static_cast<void>(assess(board.database(), {"both", both}, own, board.context()));
  error_of(ErrorCode::not_allowed, [&] {
    static_cast<void>(
        decide(board.database(), {"both", both}, board.grant(own), false, board.context()));
  });
  DecisionDraft draft = board.grant(board.id);
  draft.counts.reset();
  for (int i = 0; i < 12; ++i) draft.by_name["member " + std::to_string(i)] = "for";
  draft.by_name["Analyst-1"] = "abstaining";
  board.refusal(ErrorCode::not_allowed, draft);
  draft.by_name["Analyst-1"] = "absent";
  CHECK(board.record(draft).result == "granted");
}

TEST_CASE("days: not in the future, and a grant does not end before it begins") {
  Assessed board;
  DecisionDraft draft = board.grant(board.id);
  draft.date += std::chrono::days(1);
  board.refusal(ErrorCode::bad_input, draft);
  draft = board.grant(board.id);
  draft.until = draft.date - std::chrono::days(1);
  board.refusal(ErrorCode::bad_input, draft);
}

TEST_CASE("a dry run says the same and writes nothing") {
  Assessed board;
  const Digest before = registry::read_head(board.database()).digest;
  const RecordedDecision decision = decide(board.database(), board.as("secretary-1"),
                                           board.grant(board.id), true, board.context());
  CHECK(decision.id.empty());
  CHECK(decision.result == "granted");
  CHECK(registry::read_head(board.database()).digest == before);
}

TEST_CASE("a new version of a request asks for a new assessment and decision") {
  Assessed board;
  static_cast<void>(board.record(board.grant(board.id)));
  static_cast<void>(submit(board.database(), board.as("researcher-1"),
                           sample::document(model::DocumentKind::request,
                                            sample::example("cnam-2021/request-treatment.json")),
                           board.id, board.context()));
  DecisionDraft draft = board.grant(board.id);
  board.refusal(ErrorCode::not_yet, draft);
  error_of(ErrorCode::not_yet, [&] {
    static_cast<void>(issue(board.database(), board.as("secretary-1"), board.seal(), board.id,
                            false, board.context()));
  });
}
