// SPDX-License-Identifier: Apache-2.0
#include "gate/erasing.hpp"

#include <algorithm>

#include "base/file.hpp"
#include "catch.hpp"
#include "gate/audit.hpp"
#include "gate/sample_board.hpp"
#include "gate/token_status.hpp"
#include "registry/log.hpp"

using namespace octroi;
using namespace octroi::gate;
using sample::Board;
using sample::error_of;

namespace {

constexpr const char* k_secret_title = "A title that nobody else would ever have written";
constexpr std::size_t k_file_bytes_max = 64 * 1024 * 1024;

/// A board on which a request with a telltale title was submitted.
struct Told : Board {
  Told() {
    fill();
    id = submit([](json::Value& request) { request.set("title", k_secret_title); });
  }
  ErasedDocuments erase(const ErasureOrder& order, bool is_dry_run = false) {
    return erase_documents(database(), as("secretary-1"), order, is_dry_run, context());
  }
  ErasedDocuments erase_it() { return erase({{}, id, "data-subject", "gdpr-17"}); }
  std::string refusal(ErrorCode code, const ErasureOrder& order) {
    const Digest before = registry::read_head(database()).digest;
    const std::string message = error_of(code, [&] { static_cast<void>(erase(order)); });
    CHECK(registry::read_head(database()).digest == before);
    return message;
  }
  IssuedToken release() {
    static_cast<void>(assess(database(), as("secretary-1"), id, context()));
    static_cast<void>(decide(database(), as("secretary-1"), grant(id), false, context()));
    return issue(database(), as("secretary-1"), seal(), id, false, context()).tokens.front();
  }
  void act_on(const IssuedToken& token, registry::TokenAct act, const std::string& reason,
              const std::string& text = "") {
    const TokenSelection selection{{token.id}, {}, {}, {}, {}, {}, {}};
    const TokenChange change{act, reason, text, {}};
    static_cast<void>(change_tokens(database(), as("secretary-1"),
                                    plan_changes(database(), selection, change, now()), change,
                                    context()));
  }
  /// Next versions of dataset, provider and rulebook, from today on.
  void supersede_catalogue() {
    json::Value dataset = sample::example("cnam-2021/dataset-snds-main-base.json");
    dataset.set("whole_population", false);
    static_cast<void>(add_dataset(database(), as("secretary-1"),
                                  sample::document(model::DocumentKind::dataset, dataset),
                                  context()));
    json::Value provider = sample::example("cnam-2021/provider-azure-hub.json");
    provider.set("name", "another name");
    static_cast<void>(add_provider(database(), as("secretary-1"),
                                   sample::document(model::DocumentKind::provider, provider),
                                   context()));
    json::Value rulebook = sample::example("rulebooks/cnam-2021.json");
    rulebook.as_object()["title"].set("en", "another title");
    static_cast<void>(adopt_rulebook(database(), as("secretary-1"),
                                     sample::document(model::DocumentKind::rulebook, rulebook),
                                     date_of(now()), {}, context()));
  }
  /// The digest of the only (or first) document of that kind.
  std::string digest_of(const std::string& kind) {
    for (const DocumentRow& row : list_documents(database(), {})) {
      if (row.kind == kind) return row.digest;
    }
    FAIL("no document of kind " + kind);
    return {};
  }
  bool is_in_files(const std::string& text) {
    for (const char* suffix : {"", "-wal"}) {
      const std::filesystem::path file = path().string() + suffix;
      if (!std::filesystem::exists(file)) continue;
      if (read_input(file, k_file_bytes_max).find(text) != std::string::npos) return true;
    }
    return false;
  }
  std::string id;
};

void check_sound(Board& board) {
  for (const AuditFault& fault :
       audit(board.database(), board.now(), [](std::int64_t, std::int64_t) {}).faults) {
    FAIL_CHECK(fault.what);
  }
}

}  // namespace

TEST_CASE("an erased request is in no file any more, and everything says so instead of failing") {
  Told board;
  static_cast<void>(assess(board.database(), board.as("secretary-1"), board.id, board.context()));
  static_cast<void>(
      withdraw(board.database(), board.as("researcher-1"), board.id, board.context()));
  REQUIRE(board.is_in_files(k_secret_title));
  CHECK(board.erase_it().documents.size() == 2);
  CHECK_FALSE(board.is_in_files(k_secret_title));
  const RequestDetails details = show_request(board.database(), board.id);
  CHECK(details.row.is_erased);
  CHECK_FALSE(details.document.has_value());
  CHECK_FALSE(details.assessment.has_value());
  CHECK(details.is_assessment_erased);
  CHECK(list_requests(board.database(), {}).front().is_erased);
  const auto rows = list_documents(board.database(), board.id);
  REQUIRE(rows.size() == 2);
  CHECK(rows.front().reason == "data-subject");
  CHECK(rows.front().authority == "gdpr-17");
  check_sound(board);
  board.reopen();
  check_sound(board);
  board.refusal(ErrorCode::not_allowed, {{}, board.id, "data-subject", "gdpr-17"});
}

TEST_CASE("what a token rests on is kept until the token has ended") {
  Told board;
  const std::string dataset = board.digest_of("dataset");
  const std::string provider = board.digest_of("provider");
  const std::string rulebook = board.digest_of("rulebook");
  const IssuedToken token = board.release();
  board.pass(std::chrono::hours(24));
  board.supersede_catalogue();
  const std::vector<std::string> rested_on = {board.digest_of("request"),
                                              board.digest_of("assessment"),
                                              board.digest_of("decision"),
                                              board.digest_of("token"),
                                              dataset,
                                              provider,
                                              rulebook};
  for (const std::string& digest : rested_on) {
    const std::string message =
        board.refusal(ErrorCode::not_allowed, {{digest}, {}, "mistake", "board"});
    INFO(message);
    CHECK(message.find("token " + token.id + " of " + board.id) != std::string::npos);
    CHECK(message.find(format_instant(token.expires)) != std::string::npos);
  }
  board.refusal(ErrorCode::not_allowed, {{}, board.id, "data-subject", "gdpr-17"});
  SECTION("a suspended one may be taken up again") {
    board.act_on(token, registry::TokenAct::suspended, "under-inquiry");
    board.refusal(ErrorCode::not_allowed, {{provider}, {}, "mistake", "board"});
    return;
  }
  SECTION("it is past its end") {
    board.pass(std::chrono::hours(24 * 366 * 12));
  }
  SECTION("it is revoked") {
    board.act_on(token, registry::TokenAct::revoked, "purpose-ended");
  }
  static_cast<void>(board.erase({rested_on, {}, "retention-ended", "board"}));
  CHECK_FALSE(board.is_in_files(k_secret_title));
  CHECK(show_request(board.database(), board.id).decisions.front().is_erased);
  CHECK(token_statuses(board.database(), {}).front().id == token.id);
  // No other token takes its place.
  error_of(ErrorCode::not_allowed, [&] {
    static_cast<void>(issue(board.database(), board.as("secretary-1"), board.seal(), board.id,
                            false, board.context()));
  });
  check_sound(board);
}

TEST_CASE("versions that a token does not rest on are erased while it lives") {
  Told board;
  const std::string first = board.digest_of("dataset");
  const std::string provider = board.digest_of("provider");
  const std::string rulebook = board.digest_of("rulebook");
  board.pass(std::chrono::hours(24));
  board.supersede_catalogue();
  board.pass(std::chrono::hours(24));
  static_cast<void>(board.release());
  CHECK(board.erase({{first, provider, rulebook}, {}, "mistake", "board"}).documents.size() == 3);
  check_sound(board);
}

TEST_CASE("the registry itself keeps what a token rests on: an event past the gate is refused") {
  Told board;
  const std::string dataset = board.digest_of("dataset");
  static_cast<void>(board.release());
  board.pass(std::chrono::hours(24));
  board.supersede_catalogue();
  for (const std::string& digest : {dataset, board.digest_of("request")}) {
    error_of(ErrorCode::not_allowed, [&] {
      registry::Transaction transaction(board.database(), registry::Transaction::Kind::write);
      registry::append(
          board.database(), registry::EventType::document_erased,
          json::object(
              {{"erased", json::strings({digest})}, {"reason", "mistake"}, {"authority", "board"}}),
          board.as("secretary-1").key, board.now(), board.context().random);
    });
  }
}

TEST_CASE("the text of a revocation is erased, and the token stays revoked") {
  Told board;
  const IssuedToken token = board.release();
  board.act_on(token, registry::TokenAct::suspended, "under-inquiry",
               "Jane Doe, whom nobody else would write of");
  REQUIRE(board.is_in_files("Jane Doe, whom"));
  const auto rows = list_documents(board.database(), board.id);
  CHECK(std::count_if(rows.begin(), rows.end(),
                      [](const DocumentRow& row) { return row.kind == "status-text"; }) == 1);
  const ErasedDocuments erased =
      board.erase({{board.digest_of("status-text")}, {}, "data-subject", "gdpr-17"});
  CHECK(erased.documents.size() == 1);
  CHECK_FALSE(board.is_in_files("Jane Doe, whom"));
  CHECK(token_statuses(board.database(), {}).front().status == "suspended");
  check_sound(board);
}

TEST_CASE("what is still needed is not erased, and the reason is said") {
  Told board;
  const auto refused = [&](const std::string& digest, const char* why) {
    const std::string message =
        board.refusal(ErrorCode::not_allowed, {{digest}, {}, "mistake", "board"});
    CHECK(message.find(why) != std::string::npos);
  };
  refused(board.digest_of("charter"), "charter");
  refused(board.digest_of("rulebook"), "in force");
  refused(board.digest_of("dataset"), "names snds-main-base");
  refused(board.digest_of("provider"), "names azure-hub");
  refused(board.digest_of("request"), "is submitted");
  board.refusal(ErrorCode::bad_input, {{std::string(64, 'a')}, {}, "mistake", "board"});
  board.refusal(ErrorCode::bad_input, {{"abc"}, {}, "mistake", "board"});
  board.refusal(ErrorCode::bad_input, {{}, "R-1999-0001", "mistake", "board"});
  board.refusal(ErrorCode::bad_input, {{board.digest_of("request")}, {}, "because", "board"});
  board.refusal(ErrorCode::bad_input,
                {{board.digest_of("request")}, {}, "mistake", "The Board, for Jane Doe"});
}

TEST_CASE("a provider that no open request needs is erased, and a next version takes its place") {
  Told board;
  const std::string provider = board.digest_of("provider");
  static_cast<void>(
      withdraw(board.database(), board.as("researcher-1"), board.id, board.context()));
  static_cast<void>(board.erase({{provider}, {}, "mistake", "board"}));
  CHECK(list_providers(board.database()).front().is_erased);
  error_of(ErrorCode::not_allowed,
           [&] { static_cast<void>(show_provider(board.database(), "azure-hub")); });
  error_of(ErrorCode::not_allowed, [&] { board.submit(); });
  const CatalogueRow next =
      add_provider(board.database(), board.as("secretary-1"),
                   sample::document(model::DocumentKind::provider,
                                    sample::example("cnam-2021/provider-azure-hub.json")),
                   board.context());
  CHECK(next.version == 2);
  board.submit();
  check_sound(board);
}

TEST_CASE("an older version of a dataset is erased while requests are open") {
  Told board;
  const std::string first = board.digest_of("dataset");
  json::Value again = sample::example("cnam-2021/dataset-snds-main-base.json");
  again.set("whole_population", false);
  static_cast<void>(add_dataset(board.database(), board.as("secretary-1"),
                                sample::document(model::DocumentKind::dataset, again),
                                board.context()));
  CHECK(board.erase({{first}, {}, "mistake", "board"}).documents.front().kind == "dataset");
  check_sound(board);
}

TEST_CASE("a dry run says what would go, and nothing goes") {
  Told board;
  static_cast<void>(
      withdraw(board.database(), board.as("researcher-1"), board.id, board.context()));
  const Digest before = registry::read_head(board.database()).digest;
  const ErasedDocuments planned = board.erase({{}, board.id, "data-subject", "gdpr-17"}, true);
  CHECK(planned.is_dry_run);
  CHECK(planned.documents.size() == 1);
  CHECK(registry::read_head(board.database()).digest == before);
  CHECK(show_request(board.database(), board.id).document.has_value());
}

TEST_CASE("an erased document that somebody puts back is found") {
  Told board;
  static_cast<void>(
      withdraw(board.database(), board.as("researcher-1"), board.id, board.context()));
  board.database().run_script("CREATE TEMP TABLE kept AS SELECT * FROM documents");
  static_cast<void>(board.erase_it());
  board.database().run_script(
      "INSERT INTO documents SELECT * FROM kept WHERE kind = 'request'; DROP TABLE kept");
  const AuditReport report =
      audit(board.database(), board.now(), [](std::int64_t, std::int64_t) {});
  REQUIRE_FALSE(report.is_sound());
  CHECK(report.faults.front().what.find("was erased, and is still there") != std::string::npos);
}
