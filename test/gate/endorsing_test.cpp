// SPDX-License-Identifier: Apache-2.0
#include "gate/endorsing.hpp"

#include "catch.hpp"
#include "gate/audit.hpp"
#include "gate/key_changes.hpp"
#include "gate/sample_board.hpp"
#include "gate/token.hpp"
#include "json/read.hpp"
#include "paseto/v4_public.hpp"
#include "registry/log.hpp"

using namespace octroi;
using namespace octroi::gate;
using registry::EventType;
using sample::Board;
using sample::error_of;

namespace {

/// A board whose charter asks for endorsements, and a request that was granted; secretary-1
/// recorded the decision.
struct Granted : Board {
  explicit Granted(int endorsements = 1, const std::function<void(json::Value&)>& change = {})
      : Board(endorsements) {
    fill();
    id = submit(change);
    static_cast<void>(assess(database(), as("secretary-1"), id, context()));
    static_cast<void>(decide(database(), as("secretary-1"), grant(id), false, context()));
  }
  EndorsedRelease endorse_as(const char* member) {
    return endorse(database(), as(member), id, context());
  }
  Issue issue_as(const char* member) {
    return issue(database(), as(member), seal(), id, false, context());
  }
  void refuse_endorsement(ErrorCode code, const char* member) {
    const Digest before = registry::read_head(database()).digest;
    error_of(code, [&] { static_cast<void>(endorse_as(member)); });
    CHECK(registry::read_head(database()).digest == before);
  }
  void refuse_issue(const char* member) {
    const Digest before = registry::read_head(database()).digest;
    error_of(ErrorCode::not_yet, [&] { static_cast<void>(issue_as(member)); });
    CHECK(registry::read_head(database()).digest == before);
  }
  std::string id;
};

TokenClaims claims_of(const Issue& issue) {
  const auto parts = paseto::parse(issue.tokens.front().text);
  REQUIRE(parts.has_value());
  return read_claims(json::read(parts->message, "token")).value();
}

void check_sound(Board& board) {
  for (const AuditFault& fault :
       audit(board.database(), board.now(), [](std::int64_t, std::int64_t) {}).faults) {
    FAIL_CHECK(fault.what);
  }
}

}  // namespace

TEST_CASE("no token before the charter's endorsements are there; the token names them") {
  Granted board;
  board.refuse_issue("secretary-1");
  const EndorsedRelease release = board.endorse_as("secretary-2");
  CHECK(release.endorsers == std::vector<std::string>{"secretary-2"});
  CHECK(release.wanted == 1);
  board.refuse_issue("secretary-2");  // one's own does not count
  const TokenClaims claims = claims_of(board.issue_as("secretary-1"));
  REQUIRE(claims.endorsements.size() == 1);
  CHECK(claims.endorsements.front().hex() == release.event_sha256);
  CHECK(claims.assessment_sha256.hex() == release.assessment_sha256);
  board.refuse_endorsement(ErrorCode::not_allowed, "secretary-3");  // too late
  check_sound(board);
}

TEST_CASE("two endorsements are two persons") {
  Granted board(2);
  static_cast<void>(board.endorse_as("secretary-2"));
  board.refuse_endorsement(ErrorCode::not_allowed, "secretary-2");
  board.refuse_issue("secretary-1");
  static_cast<void>(board.endorse_as("secretary-3"));
  board.refuse_issue("secretary-3");
  CHECK(claims_of(board.issue_as("secretary-1")).endorsements.size() == 2);
  check_sound(board);
}

TEST_CASE("a member's new key does not make them a second person") {
  Granted board(2);
  static_cast<void>(board.endorse_as("secretary-2"));
  const crypto::SecretKey next = sample::key_of("next");
  static_cast<void>(rekey_member(board.database(), board.as("secretary-2"), "secretary-2", next,
                                 board.context()));
  error_of(ErrorCode::not_allowed, [&] {
    static_cast<void>(endorse(board.database(), {"secretary-2", next}, board.id, board.context()));
  });
  board.refuse_issue("secretary-1");
}

TEST_CASE("who recorded the decision, is named, or is no secretary does not endorse") {
  Granted board;
  board.refuse_endorsement(ErrorCode::not_allowed, "secretary-1");
  board.refuse_endorsement(ErrorCode::not_allowed, "researcher-1");
  board.refuse_endorsement(ErrorCode::not_allowed, "auditor-1");
  Granted named(1, [](json::Value& request) {
    request.as_object()["officers"].set("data_protection_officer", "secretary-2");
  });
  named.refuse_endorsement(ErrorCode::not_allowed, "secretary-2");
  CHECK(named.endorse_as("secretary-3").endorsers.size() == 1);
}

TEST_CASE("who submitted a request does not endorse its release") {
  Granted board;
  const crypto::SecretKey both = sample::key_of("both");
  for (const char* secretary : {"secretary-1", "secretary-2"}) {
    static_cast<void>(add_member(board.database(), board.as(secretary), "both", both.public_key(),
                                 {"researcher", "secretary"}, board.context()));
  }
  const std::string own =
      submit(board.database(), {"both", both},
             sample::document(model::DocumentKind::request,
                              sample::example("cnam-2021/request-treatment.json")),
             {}, board.context())
          .id;
  static_cast<void>(assess(board.database(), board.as("secretary-1"), own, board.context()));
  static_cast<void>(
      decide(board.database(), board.as("secretary-1"), board.grant(own), false, board.context()));
  error_of(ErrorCode::not_allowed, [&] {
    static_cast<void>(endorse(board.database(), {"both", both}, own, board.context()));
  });
}

TEST_CASE("an endorsement is worth nothing once version or decision changes") {
  Granted board;
  static_cast<void>(board.endorse_as("secretary-2"));
  SECTION("another decision on the same version") {
    static_cast<void>(decide(board.database(), board.as("secretary-1"), board.grant(board.id),
                             false, board.context()));
    board.refuse_issue("secretary-1");
  }
  SECTION("another version, granted as well") {
    static_cast<void>(submit(board.database(), board.as("researcher-1"),
                             sample::document(model::DocumentKind::request,
                                              sample::example("cnam-2021/request-treatment.json")),
                             board.id, board.context()));
    board.refuse_endorsement(ErrorCode::not_yet, "secretary-3");
    static_cast<void>(assess(board.database(), board.as("secretary-1"), board.id, board.context()));
    static_cast<void>(decide(board.database(), board.as("secretary-1"), board.grant(board.id),
                             false, board.context()));
    board.refuse_issue("secretary-1");
  }
  SECTION("another assessment: the provider has changed") {
    json::Value provider = sample::example("cnam-2021/provider-azure-hub.json");
    provider.set("name", "another name");
    static_cast<void>(add_provider(board.database(), board.as("secretary-1"),
                                   sample::document(model::DocumentKind::provider, provider),
                                   board.context()));
    board.refuse_issue("secretary-1");
    static_cast<void>(board.endorse_as("secretary-2"));
    CHECK(claims_of(board.issue_as("secretary-1")).endorsements.size() == 1);
  }
  check_sound(board);
}

TEST_CASE("an endorsement of one day holds on the next, while the assessment says the same") {
  Granted board;
  static_cast<void>(board.endorse_as("secretary-2"));
  board.pass(std::chrono::hours(24));
  CHECK(claims_of(board.issue_as("secretary-1")).endorsements.size() == 1);
  check_sound(board);
}

TEST_CASE("an endorsement by a key that was compromised by then does not count") {
  Granted board;
  static_cast<void>(board.endorse_as("secretary-2"));
  static_cast<void>(retire_key(board.database(), board.as("secretary-3"),
                               board.as("secretary-2").key.public_key().id(), board.now(),
                               board.context()));
  board.refuse_issue("secretary-1");
  static_cast<void>(board.endorse_as("secretary-3"));
  CHECK(claims_of(board.issue_as("secretary-1")).endorsements.size() == 1);
}

TEST_CASE("the registry itself asks for them: an event past the gate is refused") {
  Granted board;
  const auto append = [&](EventType type, json::Value body, const char* member) {
    registry::Transaction transaction(board.database(), registry::Transaction::Kind::write);
    registry::append(board.database(), type, std::move(body), board.as(member).key, board.now(),
                     board.context().random);
    transaction.commit();
  };
  error_of(ErrorCode::not_yet, [&] {
    append(EventType::token_issued,
           json::object({{"token", "01932a5e-7c00-7000-8000-0123456789ab"},
                         {"token_sha256", std::string(64, 'a')},
                         {"request", board.id},
                         {"version", 1},
                         {"decision", "D-2026-0001"},
                         {"holder", "cnam"},
                         {"document", std::string(64, 'a')},
                         {"not_before", format_instant(board.now())},
                         {"expires", "2027-01-01T00:00:00Z"},
                         {"status", json::object({{"list", 1}, {"index", 5}})}}),
           "secretary-1");
  });
  const auto endorsement = [&](const char* decision, int version, const std::string& assessment) {
    return json::object({{"request", board.id},
                         {"version", version},
                         {"decision", decision},
                         {"assessment_sha256", assessment}});
  };
  const std::string other(64, 'a');
  error_of(ErrorCode::not_allowed, [&] {
    append(EventType::release_endorsed, endorsement("D-2026-0001", 1, other), "secretary-2");
  });
  error_of(ErrorCode::not_allowed, [&] {
    append(EventType::release_endorsed, endorsement("D-2026-0002", 1, other), "secretary-2");
  });
  error_of(ErrorCode::not_allowed, [&] {
    append(EventType::release_endorsed, endorsement("D-2026-0001", 2, other), "secretary-2");
  });
}

TEST_CASE("no more endorsements than there can be, and none where the charter asks for none") {
  error_of(ErrorCode::bad_input, [] { const Board board(3); });
  Board board;
  board.fill();
  const std::string id = board.granted();
  error_of(ErrorCode::not_allowed, [&] {
    static_cast<void>(endorse(board.database(), board.as("secretary-2"), id, board.context()));
  });
}

namespace {

/// A secretary of that name and key, as one of the board's adds them.
MemberRow add_secretary(Board& board, const char* by, const std::string& id,
                        std::vector<std::string> roles = {"secretary"}) {
  return add_member(board.database(), board.as(by), id, sample::key_of(id).public_key(), roles,
                    board.context());
}

}  // namespace

TEST_CASE("a secretary whom one secretary added is none: no endorsing, deciding, issuing, adding") {
  Granted board;
  CHECK(add_secretary(board, "secretary-1", "second-key").proposed_by == "secretary-1");
  const Actor second{"second-key", sample::key_of("second-key")};
  const auto refused = [&](const std::function<void()>& call) {
    const Digest before = registry::read_head(board.database()).digest;
    const std::string message = error_of(ErrorCode::not_allowed, call);
    CHECK(message.find("role secretary") != std::string::npos);
    CHECK(registry::read_head(board.database()).digest == before);
  };
  refused([&] { static_cast<void>(endorse(board.database(), second, board.id, board.context())); });
  refused([&] {
    static_cast<void>(
        decide(board.database(), second, board.grant(board.id), false, board.context()));
  });
  refused([&] {
    static_cast<void>(
        issue(board.database(), second, board.seal(), board.id, false, board.context()));
  });
  const auto append = [&](EventType type, json::Value body) {
    registry::Transaction transaction(board.database(), registry::Transaction::Kind::write);
    registry::append(board.database(), type, std::move(body), second.key, board.now(),
                     board.context().random);
  };
  const json::Value third =
      json::object({{"member", "third-key"},
                    {"key", sample::key_of("third-key").public_key().paserk()},
                    {"roles", json::strings({"secretary"})}});
  refused([&] { append(EventType::member_added, third); });
  refused([&] { append(EventType::member_retired, json::object({{"member", "secretary-3"}})); });
  // They cannot add themselves, nor can who added them do it twice.
  refused([&] {
    append(EventType::member_added, json::object({{"member", "second-key"},
                                                  {"key", second.key.public_key().paserk()},
                                                  {"roles", json::strings({"secretary"})}}));
  });
  error_of(ErrorCode::not_allowed,
           [&] { static_cast<void>(add_secretary(board, "secretary-1", "second-key")); });
  check_sound(board);
}

TEST_CASE("a secretary whom two secretaries added is one") {
  Granted board;
  static_cast<void>(add_secretary(board, "secretary-1", "fourth"));
  CHECK(add_secretary(board, "secretary-2", "fourth").proposed_by.empty());
  const Actor fourth{"fourth", sample::key_of("fourth")};
  CHECK(endorse(board.database(), fourth, board.id, board.context()).endorsers.size() == 1);
  error_of(ErrorCode::not_allowed,
           [&] { static_cast<void>(add_secretary(board, "secretary-3", "fourth")); });
  CHECK(claims_of(board.issue_as("secretary-1")).endorsements.size() == 1);
  check_sound(board);
}

TEST_CASE("between the two who add a secretary, nobody changes the key or the roles") {
  Granted board;
  static_cast<void>(add_secretary(board, "secretary-1", "fourth"));
  const crypto::SecretKey other = sample::key_of("other");
  error_of(ErrorCode::not_allowed, [&] {
    static_cast<void>(
        rekey_member(board.database(), board.as("secretary-1"), "fourth", other, board.context()));
  });
  error_of(ErrorCode::not_allowed, [&] {
    static_cast<void>(add_member(board.database(), board.as("secretary-2"), "fourth",
                                 other.public_key(), {"secretary"}, board.context()));
  });
  error_of(ErrorCode::not_allowed, [&] {
    static_cast<void>(add_secretary(board, "secretary-2", "fourth", {"researcher", "secretary"}));
  });
  // Who was proposed changes their own key: the second secretary then has to name that one.
  static_cast<void>(rekey_member(board.database(), {"fourth", sample::key_of("fourth")}, "fourth",
                                 other, board.context()));
  error_of(ErrorCode::not_allowed,
           [&] { static_cast<void>(add_secretary(board, "secretary-2", "fourth")); });
  // One secretary takes the proposal back; the id is never used again.
  CHECK(retire_member(board.database(), board.as("secretary-2"), "fourth", board.context())
            .retired.has_value());
  error_of(ErrorCode::not_allowed,
           [&] { static_cast<void>(add_secretary(board, "secretary-2", "fourth")); });
  check_sound(board);
}

TEST_CASE("two secretaries retire another one, or they do it themselves") {
  Granted board;
  const auto retire_as = [&](const char* by, const char* id) {
    return retire_member(board.database(), board.as(by), id, board.context());
  };
  const MemberRow asked = retire_as("secretary-1", "secretary-3");
  CHECK_FALSE(asked.retired.has_value());
  CHECK(asked.retiring_by == "secretary-1");
  error_of(ErrorCode::not_allowed,
           [&] { static_cast<void>(retire_as("secretary-1", "secretary-3")); });
  static_cast<void>(board.endorse_as("secretary-3"));  // still a secretary
  CHECK(retire_as("secretary-2", "secretary-3").retired.has_value());
  // Two are left, and a release takes two.
  error_of(ErrorCode::not_allowed,
           [&] { static_cast<void>(retire_as("secretary-1", "secretary-1")); });
  CHECK(retire_as("secretary-1", "researcher-2").retired.has_value());
  check_sound(board);
  Granted other;
  CHECK(retire_as("secretary-1", "auditor-1").retired.has_value());
  CHECK(retire_member(other.database(), other.as("secretary-3"), "secretary-3", other.context())
            .retired.has_value());
  check_sound(other);
}

TEST_CASE("retiring the keys of all others leaves one secretary without an endorsement") {
  Granted board;
  for (const char* other : {"secretary-2", "secretary-3"}) {
    static_cast<void>(retire_key(board.database(), board.as("secretary-1"),
                                 board.as(other).key.public_key().id(), board.now(),
                                 board.context()));
  }
  static_cast<void>(add_secretary(board, "secretary-1", "second-key"));
  error_of(ErrorCode::not_allowed, [&] {
    static_cast<void>(rekey_member(board.database(), board.as("secretary-1"), "secretary-2",
                                   sample::key_of("mine"), board.context()));
  });
  error_of(ErrorCode::not_allowed, [&] {
    static_cast<void>(endorse(board.database(), {"second-key", sample::key_of("second-key")},
                              board.id, board.context()));
  });
  board.refuse_issue("secretary-1");
}

TEST_CASE("a board without endorsements adds and retires secretaries by one") {
  Board board;
  CHECK(add_secretary(board, "secretary-1", "third").proposed_by.empty());
  CHECK(retire_member(board.database(), board.as("secretary-1"), "third", board.context())
            .retired.has_value());
}
