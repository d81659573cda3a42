// SPDX-License-Identifier: Apache-2.0
// An audit on several threads says what one on a single thread says, word for word and in the same
// order: of a registry that is sound, and of one with many faults in many places. Also what the
// thread sanitizer is run on.
#include "catch.hpp"
#include "gate/acting.hpp"
#include "gate/audit.hpp"
#include "gate/erasing.hpp"
#include "gate/sample_board.hpp"
#include "json/pointer.hpp"
#include "json/write.hpp"
#include "registry/assessments.hpp"
#include "registry/log.hpp"

namespace octroi::gate {
namespace {

using json::Value;
using sample::Board;

constexpr int k_requests = 8;

/// Requests by two members, each assessed twice, in between new versions of the host; one granted
/// and issued, one withdrawn and erased. At a small pace, its log is many rounds long.
struct Long : Board {
  Long() {
    fill();
    for (int number = 0; number < k_requests; ++number) {
      requests.push_back(submit());
      assess_again(requests.back());
      if (number % 4 == 3) change_host(number);
      assess_again(requests.front());
    }
    static_cast<void>(decide(database(), as("secretary-1"), grant(requests[1]), false, context()));
    static_cast<void>(issue(database(), as("secretary-1"), seal(), requests[1], false, context()));
    static_cast<void>(withdraw(database(), as("researcher-1"), requests[2], context()));
    static_cast<void>(erase_documents(database(), as("secretary-1"),
                                      {{}, requests[2], "data-subject", "gdpr-17"}, false,
                                      context()));
  }

  void assess_again(const std::string& request) {
    pass(std::chrono::seconds(1));
    static_cast<void>(assess(database(), as("secretary-1"), request, context()));
  }

  void change_host(int number) {
    pass(std::chrono::seconds(1));
    Value provider = sample::example("cnam-2021/provider-azure-hub.json");
    provider.set("name", "Host " + std::to_string(number));
    static_cast<void>(add_provider(database(), as("secretary-1"),
                                   sample::document(model::DocumentKind::provider, provider),
                                   context()));
    pass(std::chrono::seconds(1));
  }

  /// An assessment that says something else than the rules do, of a secretary whose program was
  /// changed: the log takes it.
  void record_otherwise(const std::string& request) {
    Value value = show_request(database(), request).assessment.value().to_json();
    REQUIRE(json::set_at(value, "/findings/0/because/en", "Other words."));
    const auto document = sample::document(model::DocumentKind::assessment, value);
    const auto last = registry::assessments_of(database(), request).back().row.seq;
    Value body = registry::read_event(registry::event_text(database(), last)).body;
    registry::Transaction transaction(database(), registry::Transaction::Kind::write);
    body.set("document", keep(database(), document, context()));
    body.set("sha256", document.sha256.hex());
    act(database(), as("secretary-1"), registry::EventType::request_assessed, body, context());
    transaction.commit();
  }

  std::vector<std::string> requests;
};

/// All that an audit at a pace says, and how it told of its progress.
std::string said_at(Board& board, const Pace& pace) {
  std::string progress;
  const auto note = [&progress](std::int64_t done, std::int64_t all) {
    progress += std::to_string(done) + "/" + std::to_string(all) + " ";
  };
  return json::canonical(to_json(audit(board.database(), board.now(), note, note, pace))) +
         progress;
}

constexpr Pace k_paces[] = {{1, 1}, {2, 7}, {4, 3}, {16, 1024}};

void check_all_paces(Board& board, std::size_t faults_min) {
  const Pace one_thread{1, 1024};
  const AuditReport report = audit(
      board.database(), board.now(), [](std::int64_t, std::int64_t) {}, {}, one_thread);
  CHECK(report.faults.size() >= faults_min);
  CHECK(report.is_sound() == (faults_min == 0));
  const std::string expected = said_at(board, one_thread);
  for (const Pace& pace : k_paces) {
    INFO(pace.threads << " threads, " << pace.at_once << " at once");
    CHECK(said_at(board, pace) == expected);
  }
}

}  // namespace

TEST_CASE("an audit of a sound registry says the same at every pace") {
  Long board;
  check_all_paces(board, 0);
}

TEST_CASE("an audit lists what is wrong in the same order at every pace") {
  Long board;
  for (const std::size_t number : {7U, 4U, 3U, 6U, 5U}) {
    board.record_otherwise(board.requests[number]);
    board.assess_again(board.requests[number]);
  }
  check_all_paces(board, 5);
  const AuditReport report =
      audit(board.database(), board.now(), [](std::int64_t, std::int64_t) {});
  for (std::size_t i = 1; i < report.faults.size(); ++i) {
    CHECK(report.faults[i - 1].seq < report.faults[i].seq);
  }
}

TEST_CASE("an audit of a damaged registry says the same at every pace") {
  for (const char* sql : {
           "DELETE FROM documents WHERE kind IN ('provider', 'decision')",
           "UPDATE documents SET bytes = x'7B7D' WHERE kind = 'request'",
           "UPDATE documents SET salt = zeroblob(length(salt)) WHERE kind = 'assessment'",
           "UPDATE events SET token = substr(token, 1, 40) || 'A' || substr(token, 42) "
           "WHERE seq = 17",
           "UPDATE keys SET key = 'k4.public.none'; UPDATE members SET roles = 'secretary'",
           "DELETE FROM events WHERE seq = 8",
       }) {
    INFO(sql);
    Long board;
    board.database().run_script("PRAGMA foreign_keys = OFF");
    board.database().run_script(sql);
    check_all_paces(board, 1);
  }
}

}  // namespace octroi::gate
