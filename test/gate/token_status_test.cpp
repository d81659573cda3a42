// SPDX-License-Identifier: Apache-2.0
#include "gate/token_status.hpp"

#include <set>

#include "catch.hpp"
#include "gate/audit.hpp"
#include "gate/sample_board.hpp"
#include "gate/verifying.hpp"
#include "json/write.hpp"
#include "registry/log.hpp"
#include "registry/statuses.hpp"

using namespace octroi;
using namespace octroi::gate;
using registry::TokenAct;
using sample::Board;
using sample::error_of;

namespace {

/// A board with a token, one day after its issue.
struct Released : Board {
  Released() {
    fill();
    request = granted();
    token = release(request);
    issued = now();
    pass(std::chrono::hours(24));
  }

  std::string release(const std::string& id) {
    return issue(database(), as("secretary-1"), seal(), id, false, context()).tokens.front().id;
  }
  TokenChanges change(TokenAct act, const std::string& reason, const TokenSelection& selection,
                      std::optional<Instant> from = {}, const std::string& member = "secretary-1",
                      const std::string& text = "") {
    const TokenChange wanted{act, reason, text, from};
    TokenChanges plan = plan_changes(database(), selection, wanted, now());
    return change_tokens(database(), as(member), std::move(plan), wanted, context());
  }
  TokenChanges change(TokenAct act, const std::string& reason, std::optional<Instant> from = {}) {
    return change(act, reason, one(), from);
  }
  [[nodiscard]] TokenSelection one() const {
    TokenSelection selection;
    selection.tokens = {token};
    return selection;
  }
  std::string status(std::optional<Instant> at = {}) {
    for (const TokenStatusRow& row : token_statuses(database(), at)) {
      if (row.id == token) return row.status;
    }
    return "none";
  }
  void require_sound() {
    const AuditReport report = audit(database(), now(), [](std::int64_t, std::int64_t) {});
    for (const AuditFault& fault : report.faults) FAIL_CHECK(fault.what);
  }

  std::string request;
  std::string token;
  Instant issued;
};

const std::pair<TokenAct, const char*> k_acts[] = {{TokenAct::revoked, "superseded"},
                                                   {TokenAct::suspended, "under-inquiry"},
                                                   {TokenAct::resumed, "inquiry-closed"}};

}  // namespace

TEST_CASE("from each state exactly the legal acts lead on") {
  const std::map<std::string, std::set<TokenAct>> legal = {
      {"valid", {TokenAct::revoked, TokenAct::suspended}},
      {"suspended", {TokenAct::revoked, TokenAct::resumed}},
      {"revoked", {}}};
  const std::map<TokenAct, std::string> after = {{TokenAct::revoked, "revoked"},
                                                 {TokenAct::suspended, "suspended"},
                                                 {TokenAct::resumed, "valid"}};
  for (const auto& [state, allowed] : legal) {
    for (const auto& [act, reason] : k_acts) {
      INFO(state << ", " << registry::name_of(act));
      Released board;
      if (state != "valid") {
        board.change(state == "revoked" ? TokenAct::revoked : TokenAct::suspended, "data-breach");
      }
      REQUIRE(board.status() == state);
      const Digest head = registry::read_head(board.database()).digest;
      if (allowed.contains(act)) {
        CHECK(board.change(act, reason).is_done);
        CHECK(board.status() == after.at(act));
        board.require_sound();
      } else {
        error_of(ErrorCode::not_allowed, [&] { board.change(act, reason); });
        CHECK(registry::read_head(board.database()).digest == head);
      }
    }
  }
}

TEST_CASE("every reason serves the acts that it says, and no other") {
  for (const registry::StatusReason& reason : registry::status_reasons()) {
    const std::pair<TokenAct, bool> rows[] = {{TokenAct::revoked, reason.revokes},
                                              {TokenAct::suspended, reason.suspends},
                                              {TokenAct::resumed, reason.resumes}};
    for (const auto& [act, is_allowed] : rows) {
      INFO(reason.code << ", " << registry::name_of(act));
      Released board;
      if (act == TokenAct::resumed) board.change(TokenAct::suspended, "under-inquiry");
      const auto run = [&, wanted = act] { board.change(wanted, std::string(reason.code)); };
      if (is_allowed) {
        CHECK_NOTHROW(run());
      } else {
        error_of(ErrorCode::bad_input, run);
      }
    }
  }
  Released board;
  error_of(ErrorCode::bad_input, [&] { board.change(TokenAct::revoked, "because I say so"); });
}

TEST_CASE("an act counts from a moment between the issue and now") {
  Released board;
  const auto second = std::chrono::seconds(1);
  error_of(ErrorCode::not_allowed,
           [&] { board.change(TokenAct::revoked, "data-breach", board.issued - second); });
  error_of(ErrorCode::not_allowed,
           [&] { board.change(TokenAct::revoked, "data-breach", board.now() + second); });
  board.change(TokenAct::revoked, "data-breach", board.issued + second);
  CHECK(board.status() == "revoked");
  CHECK(board.status(board.issued) == "valid");
  CHECK(board.status(board.issued + second) == "revoked");
  CHECK(board.status(board.issued - second) == "none");
}

TEST_CASE("only a reason that lies in the past by nature reaches far back") {
  for (const registry::StatusReason& reason : registry::status_reasons()) {
    if (!reason.revokes) continue;
    INFO(reason.code);
    Released board;
    board.pass(std::chrono::hours(24 * 60));
    const std::string code(reason.code);
    if (reason.reaches_back) {
      CHECK_NOTHROW(board.change(TokenAct::revoked, code, board.issued));
    } else {
      error_of(ErrorCode::not_allowed,
               [&] { board.change(TokenAct::revoked, code, board.issued); });
      CHECK_NOTHROW(board.change(TokenAct::revoked, code, board.now() - std::chrono::days(31)));
    }
  }
}

TEST_CASE("a resumption never makes good what was done before it") {
  Released board;
  board.change(TokenAct::suspended, "under-inquiry");
  const Instant suspended = board.now();
  board.pass(std::chrono::hours(2));
  error_of(ErrorCode::not_allowed,
           [&] { board.change(TokenAct::resumed, "inquiry-closed", suspended); });
  board.change(TokenAct::resumed, "inquiry-closed");
  CHECK(board.status() == "valid");
  CHECK(board.status(suspended) == "suspended");
  CHECK(board.status(suspended + std::chrono::hours(1)) == "suspended");
  CHECK(board.status(board.now()) == "valid");
}

TEST_CASE("an expired token can only be revoked from before its end") {
  Released board;
  board.pass(std::chrono::days(365 * 3));
  error_of(ErrorCode::not_allowed, [&] { board.change(TokenAct::revoked, "superseded"); });
  TokenSelection all;
  all.requests = {board.request};
  error_of(ErrorCode::not_allowed, [&] { board.change(TokenAct::revoked, "superseded", all); });
  CHECK_NOTHROW(board.change(TokenAct::revoked, "decision-annulled", board.issued));
  CHECK(board.status(board.issued) == "revoked");
}

TEST_CASE("tokens are selected by everything that they are for, and by all of it together") {
  Released board;
  const auto fits = [&board](const std::function<void(TokenSelection&)>& set) {
    TokenSelection selection;
    set(selection);
    try {
      return plan_changes(board.database(), selection, {TokenAct::revoked, "superseded", "", {}},
                          board.now())
                 .tokens.size() == 1;
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::bad_input);
      return false;
    }
  };
  using Selection = TokenSelection;
  const std::string kid = board.seal().public_key().id().text;
  CHECK(fits([&](Selection& s) { s.tokens = {board.token}; }));
  CHECK(fits([&](Selection& s) { s.requests = {"R-1999-0001", board.request}; }));
  CHECK(fits([](Selection& s) { s.datasets = {"snds-main-base"}; }));
  CHECK(fits([](Selection& s) { s.providers = {"azure-hub"}; }));
  CHECK(fits([](Selection& s) { s.users = {"analyst-2"}; }));
  CHECK(fits([](Selection& s) { s.rulebooks = {"cnam-2021"}; }));
  CHECK(fits([&](Selection& s) { s.keys = {kid}; }));
  CHECK(fits([&](Selection& s) {
    s.users = {"analyst-1"};
    s.keys = {kid};
  }));
  CHECK_FALSE(fits([](Selection& s) {
    s.users = {"analyst-1"};
    s.datasets = {"another"};
  }));
  CHECK_FALSE(fits([](Selection& s) { s.requests = {"R-1999-0001"}; }));
  CHECK_FALSE(fits([](Selection& s) { s.datasets = {"another"}; }));
  CHECK_FALSE(fits([](Selection& s) { s.providers = {"elsewhere"}; }));
  CHECK_FALSE(fits([](Selection& s) { s.users = {"analyst-3"}; }));
  CHECK_FALSE(fits([](Selection& s) { s.rulebooks = {"gdpr"}; }));
  CHECK_FALSE(fits([](Selection& s) { s.keys = {"k4.pid.other"}; }));
  CHECK_FALSE(fits([](Selection& s) { s.tokens = {"01932a5e-7c00-7000-8000-0123456789ab"}; }));
  error_of(ErrorCode::usage, [&] {
    static_cast<void>(
        plan_changes(board.database(), {}, {TokenAct::revoked, "superseded", "", {}}, board.now()));
  });
}

TEST_CASE("of many tokens, all or none; those that it cannot be done to are left") {
  Released board;
  const std::string second = board.release(board.granted());
  const std::string third = board.release(board.granted());
  board.change(TokenAct::revoked, "superseded");
  TokenSelection all;
  all.datasets = {"snds-main-base"};
  const TokenChange breach{TokenAct::revoked, "data-breach", "", {}};
  const TokenChanges plan = plan_changes(board.database(), all, breach, board.now());
  CHECK(plan.tokens.size() == 2);
  REQUIRE(plan.left.size() == 1);
  CHECK(plan.left.front().id == board.token);
  // One of them changes before the plan is carried out: nothing of it is.
  TokenSelection other;
  other.tokens = {third};
  board.change(TokenAct::revoked, "superseded", other);
  const Digest head = registry::read_head(board.database()).digest;
  error_of(ErrorCode::not_allowed, [&] {
    static_cast<void>(
        change_tokens(board.database(), board.as("secretary-1"), plan, breach, board.context()));
  });
  CHECK(registry::read_head(board.database()).digest == head);
  CHECK(board.change(TokenAct::revoked, "data-breach", all).tokens.size() == 1);
  error_of(ErrorCode::not_allowed, [&] { board.change(TokenAct::revoked, "data-breach", all); });
  board.require_sound();
}

TEST_CASE("nobody resumes a token of their own case; taking it back is open to them") {
  Released board;
  const std::string id = board.submit([](json::Value& request) {
    json::Value user = request.at("users").as_array().front();
    user.set("id", "secretary-2");
    request.as_object()["users"].push(std::move(user));
  });
  static_cast<void>(assess(board.database(), board.as("secretary-1"), id, board.context()));
  static_cast<void>(
      decide(board.database(), board.as("secretary-1"), board.grant(id), false, board.context()));
  TokenSelection own;
  own.tokens = {board.release(id)};
  CHECK_NOTHROW(board.change(TokenAct::suspended, "under-inquiry", own, {}, "secretary-2"));
  const std::string message = error_of(ErrorCode::not_allowed, [&] {
    board.change(TokenAct::resumed, "inquiry-closed", own, {}, "secretary-2");
  });
  CHECK(message.find("is named in") != std::string::npos);
  CHECK_NOTHROW(board.change(TokenAct::resumed, "inquiry-closed", own, {}, "secretary-1"));
}

TEST_CASE("the reason in words stands beside the log, not in it") {
  Released board;
  const std::string words = "Analyst One told a newspaper.";
  board.change(TokenAct::revoked, "conditions-breached", board.one(), {}, "secretary-1", words);
  const std::vector<registry::TokenActRow> acts = registry::acts_on(board.database(), board.token);
  REQUIRE(acts.size() == 1);
  REQUIRE(acts.front().document.has_value());
  registry::visit_events(board.database(), [&](std::int64_t, const std::string& text) {
    CHECK(json::canonical(inspect_token(text).payload).find("newspaper") == std::string::npos);
  });
  board.require_sound();
  const std::string long_text(k_reason_bytes_max + 1, 'x');
  error_of(ErrorCode::bad_input, [&] {
    board.change(TokenAct::revoked, "superseded", board.one(), {}, "secretary-1", long_text);
  });
  error_of(ErrorCode::bad_input, [&] {
    board.change(TokenAct::revoked, "superseded", board.one(), {}, "secretary-1", "\xff");
  });
}

TEST_CASE("a revoked token is not handed out again; a suspended one is") {
  Released board;
  board.change(TokenAct::suspended, "under-inquiry");
  CHECK(board.release(board.request) == board.token);
  board.change(TokenAct::revoked, "data-breach");
  error_of(ErrorCode::not_allowed, [&] { board.release(board.request); });
}

TEST_CASE("a request shows how its tokens stand, and how they stood") {
  Released board;
  board.change(TokenAct::revoked, "data-breach");
  const IssuedRow now = show_request(board.database(), board.request).tokens.front();
  CHECK(now.status == "revoked");
  CHECK(now.reason == "data-breach");
  CHECK(now.since == board.now());
  const IssuedRow then = show_request(board.database(), board.request, board.issued).tokens.front();
  CHECK(then.status == "valid");
  CHECK_FALSE(then.since.has_value());
  CHECK(show_request(board.database(), board.request).history.back().type == "token.revoked");
}

TEST_CASE("entries of the status list are each taken once, and tell nothing of the order") {
  Released board;
  std::vector<int> indices;
  for (int i = 0; i < 12; ++i) {
    const std::string token = board.release(board.granted());
    const registry::StatusEntry entry = registry::status_entry_of(board.database(), token);
    CHECK(entry.list == 1);
    indices.push_back(entry.index);
  }
  CHECK(std::set<int>(indices.begin(), indices.end()).size() == indices.size());
  CHECK_FALSE(std::is_sorted(indices.begin(), indices.end()));
  CHECK(*std::max_element(indices.begin(), indices.end()) > 1000);
}

TEST_CASE("a random source that repeats itself is noticed, not waited for") {
  Released board;
  const Random zeros = [](std::span<std::uint8_t> buffer) {
    std::fill(buffer.begin(), buffer.end(), std::uint8_t{0});
  };
  CHECK(registry::choose_status_entry(board.database(), zeros).index == 0);
  board.database().run_script("UPDATE status_entries SET idx = 0");
  error_of(ErrorCode::could_not,
           [&] { static_cast<void>(registry::choose_status_entry(board.database(), zeros)); });
}

TEST_CASE("when half of a list is taken, the next one is begun") {
  Released board;
  board.database().run_script(
      "PRAGMA foreign_keys = OFF; WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n "
      "WHERE i < 32765) INSERT OR IGNORE INTO status_entries SELECT 1, i, 'filler-' || i FROM n");
  CHECK(registry::status_list_in_use(board.database()) == 1);
  board.database().run_script("INSERT INTO status_entries VALUES (1, 65535, 'x'), (1, 65534, 'y')");
  CHECK(registry::status_list_in_use(board.database()) == 2);
  const Random zeros = [](std::span<std::uint8_t> buffer) {
    std::fill(buffer.begin(), buffer.end(), std::uint8_t{0});
  };
  CHECK(registry::choose_status_entry(board.database(), zeros) == registry::StatusEntry{2, 0});
}
