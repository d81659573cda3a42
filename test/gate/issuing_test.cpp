// SPDX-License-Identifier: Apache-2.0
#include "gate/issuing.hpp"

#include "catch.hpp"
#include "gate/sample_board.hpp"
#include "gate/verifying.hpp"
#include "json/read.hpp"
#include "registry/log.hpp"

using namespace octroi;
using namespace octroi::gate;
using rules::Verdict;
using sample::Board;
using sample::error_of;

namespace {

Issue issue_it(Board& board, const std::string& request, bool is_dry_run = false) {
  return issue(board.database(), board.as("secretary-1"), board.seal(), request, is_dry_run,
               board.context());
}

TokenClaims claims_of(Board& board, const std::string& token) {
  const model::Document trust =
      sample::document(model::DocumentKind::trust, export_trust(board.database()));
  Use any;
  any.is_for_any = true;
  const Verification verification = verify_token(token, trust, any, board.now());
  REQUIRE(verification.claims.has_value());
  return *verification.claims;
}

}  // namespace

TEST_CASE("a token says the case, the data, the purpose, the place, the persons and the end") {
  Board board;
  board.fill();
  const std::string id = board.granted();
  const Issue issued = issue_it(board, id);
  REQUIRE(issued.tokens.size() == 1);
  CHECK(issued.tokens.front().holder == "cnam");
  const TokenClaims claims = claims_of(board, issued.tokens.front().text);
  CHECK(claims.issuer == "council.example/data-access");
  CHECK(claims.request == id);
  CHECK(claims.decision == "D-2026-0001");
  REQUIRE(claims.datasets.size() == 1);
  CHECK(claims.datasets.front() ==
        TokenDataset{"snds-main-base", {"PMSI-MCO", "DCIR"}, "extract", "pseudonymised"});
  CHECK(claims.purposes == std::vector<std::string>{"snds:6", "ehds:e", "duo:DUO:0000007"});
  CHECK(claims.environment == "azure-hub");
  CHECK(claims.users == std::vector<std::string>{"analyst-1", "analyst-2"});
  CHECK(claims.not_before == board.now());
  CHECK(format_instant(claims.expires) == "2028-11-20T23:59:59Z");
  CHECK(claims.rulebooks_sha256.count("cnam-2021") == 1);
  CHECK(show_request(board.database(), id).row.state == "issued");
}

TEST_CASE("a second issue gives the same token and writes nothing, even much later") {
  Board board;
  board.fill();
  const std::string id = board.granted();
  const Issue first = issue_it(board, id);
  const Digest head = registry::read_head(board.database()).digest;
  board.pass(std::chrono::hours(24 * 400));
  board.reopen();
  const Issue second = issue_it(board, id);
  REQUIRE(second.tokens.size() == 1);
  CHECK(second.tokens.front().text == first.tokens.front().text);
  CHECK_FALSE(second.tokens.front().is_new);
  CHECK(registry::read_head(board.database()).digest == head);
}

TEST_CASE("one token per data holder, each for that holder's datasets only") {
  Board board;
  board.fill();
  json::Value other = sample::example("cnam-2021/dataset-snds-main-base.json");
  other.set("id", "hospital-registry");
  other.set("collection", "hospital-registry");
  other.set("holder", json::object({{"id", "chu-rennes"}, {"name", "CHU Rennes"}}));
  static_cast<void>(add_dataset(board.database(), board.as("secretary-1"),
                                sample::document(model::DocumentKind::dataset, other),
                                board.context()));
  const std::string id = board.submit([](json::Value& request) {
    json::Value& datasets = request.as_object()["datasets"];
    json::Value use = datasets.as_array().front();
    use.set("dataset", "hospital-registry");
    datasets.push(std::move(use));
  });
  static_cast<void>(assess(board.database(), board.as("secretary-1"), id, board.context()));
  DecisionDraft draft = board.grant(id);
  draft.resolves = show_request(board.database(), id)
                       .assessment->referred({"hospital-registry", "snds-main-base"});
  SECTION("both granted") {
    static_cast<void>(
        decide(board.database(), board.as("secretary-1"), draft, false, board.context()));
    const Issue issued = issue_it(board, id);
    REQUIRE(issued.tokens.size() == 2);
    CHECK(issued.tokens[0].holder == "chu-rennes");
    CHECK(issued.tokens[0].datasets == std::vector<std::string>{"hospital-registry"});
    CHECK(issued.tokens[1].datasets == std::vector<std::string>{"snds-main-base"});
  }
  SECTION("the board keeps one") {
    draft.datasets = {"hospital-registry"};
    draft.resolves = show_request(board.database(), id).assessment->referred({"hospital-registry"});
    static_cast<void>(
        decide(board.database(), board.as("secretary-1"), draft, false, board.context()));
    const Issue issued = issue_it(board, id);
    REQUIRE(issued.tokens.size() == 1);
    CHECK(issued.tokens[0].holder == "chu-rennes");
  }
}

TEST_CASE("the decision's end and conditions narrow the token") {
  Board board;
  board.fill();
  const std::string id = board.submit();
  static_cast<void>(assess(board.database(), board.as("secretary-1"), id, board.context()));
  DecisionDraft draft = board.grant(id);
  draft.until = parse_date("2026-12-31");
  draft.conditions = {"results leave the space after review"};
  static_cast<void>(
      decide(board.database(), board.as("secretary-1"), draft, false, board.context()));
  SECTION("in time") {
    const TokenClaims claims = claims_of(board, issue_it(board, id).tokens.front().text);
    CHECK(format_instant(claims.expires) == "2026-12-31T23:59:59Z");
    CHECK(claims.conditions == draft.conditions);
  }
  SECTION("too late") {
    board.pass(std::chrono::hours(24 * 60));
    error_of(ErrorCode::not_allowed, [&] { static_cast<void>(issue_it(board, id)); });
  }
}

namespace {

/// A version of the example's dataset, or another dataset of a holder, with consent terms.
void add_terms(Board& board, const std::string& id, const std::string& terms) {
  json::Value dataset = sample::example("cnam-2021/dataset-snds-main-base.json");
  dataset.set("id", id);
  dataset.set("duo", json::read(terms, "terms"));
  static_cast<void>(add_dataset(board.database(), board.as("secretary-1"),
                                sample::document(model::DocumentKind::dataset, dataset),
                                board.context()));
}

void adopt_duo(Board& board) {
  static_cast<void>(adopt_rulebook(
      board.database(), board.as("secretary-1"),
      sample::document(model::DocumentKind::rulebook, sample::example("rulebooks/ga4gh-duo.json")),
      {}, {}, board.context()));
}

/// The example study, with what the terms of these tests ask for.
std::string submit_study(Board& board, const std::vector<std::string>& more_datasets = {}) {
  return board.submit([&](json::Value& request) {
    request.set("sensitivity", json::Value::Array{});
    json::Value use = request.at("datasets").as_array().front();
    for (const std::string& id : more_datasets) {
      use.set("dataset", id);
      request.as_object()["datasets"].push(use);
    }
  });
}

void grant(Board& board, const std::string& id, const std::vector<std::string>& datasets) {
  DecisionDraft draft = board.grant(id);
  draft.datasets = datasets;
  draft.resolves = show_request(board.database(), id).assessment->referred(datasets);
  static_cast<void>(
      decide(board.database(), board.as("secretary-1"), draft, false, board.context()));
}

Verdict verdict_of(Board& board, const std::string& id) {
  return assess(board.database(), board.as("secretary-1"), id, board.context()).assessment.verdict;
}

}  // namespace

TEST_CASE("consent terms shorten the token, drop users and add obligations") {
  Board board;
  board.fill();
  adopt_duo(board);
  add_terms(board, "snds-main-base", R"([
      {"code": "DUO:0000042"}, {"code": "DUO:0000025", "months": 6},
      {"code": "DUO:0000026", "users": ["analyst-2", "nobody-here"]},
      {"code": "DUO:0000019"}])");
  const std::string id = submit_study(board);
  CHECK(verdict_of(board, id) == Verdict::refer);
  grant(board, id, {"snds-main-base"});
  const TokenClaims claims = claims_of(board, issue_it(board, id).tokens.front().text);
  CHECK(format_instant(claims.expires) == "2027-05-20T23:59:59Z");
  CHECK(claims.users == std::vector<std::string>{"analyst-2"});
  CHECK(claims.conditions ==
        std::vector<std::string>{"Results are made available to the scientific community (DUO "
                                 "PUB)."});
}

TEST_CASE("a request of which no user is left is refused, and no board can grant it") {
  Board board;
  board.fill();
  adopt_duo(board);
  add_terms(board, "snds-main-base",
            R"([{"code": "DUO:0000042"}, {"code": "DUO:0000026", "users": ["nobody-here"]}])");
  const std::string id = submit_study(board);
  CHECK(verdict_of(board, id) == Verdict::refuse);
  error_of(ErrorCode::not_allowed, [&] { grant(board, id, {"snds-main-base"}); });
}

TEST_CASE("a token for datasets that share no user is not issued, and one for each is") {
  Board board;
  board.fill();
  adopt_duo(board);
  add_terms(board, "snds-main-base",
            R"([{"code": "DUO:0000042"}, {"code": "DUO:0000026", "users": ["analyst-1"]}])");
  add_terms(board, "other-base",
            R"([{"code": "DUO:0000042"}, {"code": "DUO:0000026", "users": ["analyst-2"]}])");
  const std::string id = submit_study(board, {"other-base"});
  CHECK(verdict_of(board, id) == Verdict::refer);
  SECTION("both") {
    grant(board, id, {"other-base", "snds-main-base"});
    const Digest head = registry::read_head(board.database()).digest;
    const std::string message =
        error_of(ErrorCode::not_allowed, [&] { static_cast<void>(issue_it(board, id)); });
    CHECK(message.find("no user of " + id) != std::string::npos);
    CHECK(registry::read_head(board.database()).digest == head);
  }
  SECTION("one") {
    grant(board, id, {"other-base"});
    const TokenClaims claims = claims_of(board, issue_it(board, id).tokens.front().text);
    CHECK(claims.users == std::vector<std::string>{"analyst-2"});
  }
}

TEST_CASE("rules that have come into force since the decision count") {
  Board board;
  board.fill();
  const std::string id = board.granted();
  json::Value stricter = sample::example("rulebooks/cnam-2021.json");
  stricter.set("id", "stricter");
  json::Value& rule = stricter.as_object()["rules"].as_array().front();
  rule.set("id", "stricter.no-extract");
  rule.set("requires", "dataset.extent == 'sample'");
  stricter.set("rules", json::Value::Array{rule});
  static_cast<void>(adopt_rulebook(board.database(), board.as("secretary-1"),
                                   sample::document(model::DocumentKind::rulebook, stricter), {},
                                   {}, board.context()));
  const Digest head = registry::read_head(board.database()).digest;
  const std::string message =
      error_of(ErrorCode::not_allowed, [&] { static_cast<void>(issue_it(board, id)); });
  CHECK(message.find("refuse") != std::string::npos);
  CHECK(registry::read_head(board.database()).digest == head);
}

TEST_CASE("no token without a grant of exactly this version, nor under another seal") {
  Board board;
  board.fill();
  const std::string id = board.submit();
  error_of(ErrorCode::not_yet, [&] { static_cast<void>(issue_it(board, id)); });
  static_cast<void>(assess(board.database(), board.as("secretary-1"), id, board.context()));
  DecisionDraft refusal = board.grant(id);
  refusal.counts = BallotCounts{0, 20, 0, 0};
  refusal.resolves.clear();
  static_cast<void>(
      decide(board.database(), board.as("secretary-1"), refusal, false, board.context()));
  error_of(ErrorCode::not_allowed, [&] { static_cast<void>(issue_it(board, id)); });
  const std::string granted = board.granted();
  const crypto::SecretKey other = sample::key_of("other seal");
  error_of(ErrorCode::not_allowed, [&] {
    static_cast<void>(
        issue(board.database(), board.as("secretary-1"), other, granted, false, board.context()));
  });
}

TEST_CASE("a dry run shows the validity, no token, and writes nothing") {
  Board board;
  board.fill();
  const std::string id = board.granted();
  const Digest head = registry::read_head(board.database()).digest;
  const Issue issued = issue_it(board, id, true);
  REQUIRE(issued.tokens.size() == 1);
  CHECK(issued.tokens.front().text.empty());
  CHECK(registry::read_head(board.database()).digest == head);
}

TEST_CASE("a clock that runs behind the log stops every act") {
  Board board;
  board.fill();
  board.pass(-std::chrono::hours(1));
  error_of(ErrorCode::could_not, [&] { board.submit(); });
}
