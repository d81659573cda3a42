// SPDX-License-Identifier: Apache-2.0
// verify with a status list: what it says, and every list that is refused.
#include "gate/status_check.hpp"

#include "catch.hpp"
#include "gate/logged_board.hpp"
#include "gate/status_publishing.hpp"
#include "gate/status_token.hpp"
#include "gate/token_status.hpp"
#include "gate/trust.hpp"
#include "gate/verifying.hpp"
#include "json/write.hpp"
#include "paseto/v4_public.hpp"

using namespace octroi;
using namespace octroi::gate;
using registry::TokenAct;
using sample::Board;
using sample::error_of;
using sample::LoggedBoard;

namespace {

/// A board with a token, and what a data holder has of it.
struct Holder : Board {
  Holder() {
    fill();
    token =
        issue(database(), as("secretary-1"), seal(), granted(), false, context()).tokens.front();
    trust = export_trust(database());
    Use use;
    use.is_for_any = true;
    entry = verify_token(token.text, document(), use, now()).claims.value().status;
    pass(std::chrono::hours(1));
  }

  [[nodiscard]] model::Document document() const {
    return sample::document(model::DocumentKind::trust, trust);
  }
  void change(TokenAct act, const std::string& reason) {
    TokenSelection selection;
    selection.tokens = {token.id};
    const TokenChange wanted{act, reason, "", {}};
    static_cast<void>(change_tokens(database(), as("secretary-1"),
                                    plan_changes(database(), selection, wanted, now()), wanted,
                                    context()));
  }
  std::string publish() {
    return publish_status(database(), as("secretary-1"), seal(), {}, context()).text;
  }
  Verification verify(std::optional<std::string> list, std::optional<int> age_days_max = {},
                      std::optional<Instant> at = {}) {
    Use use;
    use.datasets = {"snds-main-base"};
    return verify_token(token.text, document(), use, at.value_or(now()),
                        {std::move(list), age_days_max});
  }
  TokenAnswer answer(std::optional<std::string> list, std::optional<int> age_days_max = {},
                     std::optional<Instant> at = {}) {
    return verify(std::move(list), age_days_max, at).answer;
  }
  std::string detail(const std::string& list) {
    for (const TokenCheck& check : verify(list).checks) {
      if (check.name == "status") return check.detail;
    }
    return "";
  }

  /// The claims of a list as the board would make it, to be changed.
  StatusListClaims claims() {
    const std::string origin = trust.at("origin").as_string();
    return {origin,
            status_list_uri(origin, 1),
            now(),
            now() + std::chrono::days(1),
            now() + std::chrono::days(7),
            build_status_list(database(), 1)};
  }
  static std::string signed_by(const crypto::SecretKey& key, const json::Value& payload) {
    return paseto::sign(key, json::canonical(payload), paseto::kid_footer(key.public_key().id()));
  }
  std::string sealed(const StatusListClaims& list) { return signed_by(seal(), to_json(list)); }

  IssuedToken token;
  json::Value trust;
  StatusReference entry;
};

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a fresh list says valid, suspended, valid again and revoked") {
  Holder holder;
  CHECK(holder.answer(holder.publish()) == TokenAnswer::valid);
  holder.change(TokenAct::suspended, "under-inquiry");
  CHECK(holder.answer(holder.publish()) == TokenAnswer::suspended);
  holder.pass(std::chrono::hours(1));
  holder.change(TokenAct::resumed, "inquiry-closed");
  CHECK(holder.answer(holder.publish()) == TokenAnswer::valid);
  holder.change(TokenAct::revoked, "data-breach");
  CHECK(holder.answer(holder.publish() + "\n") == TokenAnswer::revoked);
}

TEST_CASE("without a list the status is skipped, or missing where the board demands one") {
  Holder holder;
  const Verification open = holder.verify(std::nullopt);
  CHECK(open.answer == TokenAnswer::valid);
  CHECK(std::count(open.checks.begin(), open.checks.end(),
                   TokenCheck{"status", CheckOutcome::skipped, "no status list given"}) == 1);
  holder.trust.set("requires_status", true);
  CHECK(holder.answer(std::nullopt) == TokenAnswer::status_missing);
  CHECK(holder.answer(holder.publish()) == TokenAnswer::valid);
}

TEST_CASE("a list is good to the second of its end, and no older than asked for") {
  Holder holder;
  const std::string list = holder.publish();
  const Instant made = holder.now();
  const auto second = std::chrono::seconds(1);
  const auto day = std::chrono::days(1);
  CHECK(holder.answer(list, {}, made + 7 * day) == TokenAnswer::valid);
  CHECK(holder.answer(list, {}, made + 7 * day + second) == TokenAnswer::status_stale);
  CHECK(holder.answer(list, 2, made + 2 * day) == TokenAnswer::valid);
  CHECK(holder.answer(list, 2, made + 2 * day + second) == TokenAnswer::status_stale);
  CHECK(holder.answer(list, 0, made) == TokenAnswer::valid);
  CHECK(holder.answer(list, 0, made + second) == TokenAnswer::status_stale);
  CHECK(holder.answer(list, 30, made + 8 * day) == TokenAnswer::status_stale);
  holder.pass(std::chrono::hours(24));
  CHECK_FALSE(contains(holder.detail(list), "was due"));
  holder.pass(second);
  CHECK(contains(holder.detail(list), "a newer one was due"));
}

TEST_CASE("a revocation counts however old its list is, a suspension does not") {
  Holder holder;
  holder.change(TokenAct::suspended, "under-inquiry");
  const std::string suspended = holder.publish();
  holder.change(TokenAct::revoked, "data-breach");
  const std::string revoked = holder.publish();
  holder.pass(std::chrono::days(100));
  CHECK(holder.answer(revoked) == TokenAnswer::revoked);
  CHECK(holder.answer(suspended) == TokenAnswer::status_stale);
}

TEST_CASE("the end of the token comes before its status, its use after it") {
  Holder holder;
  holder.change(TokenAct::revoked, "data-breach");
  const std::string list = holder.publish();
  CHECK(holder.answer(list, {}, holder.token.expires + std::chrono::seconds(1)) ==
        TokenAnswer::expired);
  Use other;
  other.datasets = {"another"};
  CHECK(
      verify_token(holder.token.text, holder.document(), other, holder.now(), {list, {}}).answer ==
      TokenAnswer::revoked);
}

TEST_CASE("a clock that is set back revives nothing") {
  Holder holder;
  holder.change(TokenAct::revoked, "data-breach");
  const std::string list = holder.publish();
  const Instant made = holder.now();
  const auto second = std::chrono::seconds(1);
  CHECK(holder.answer(list, {}, made - second) == TokenAnswer::status_missing);
  CHECK(holder.answer(list, {}, holder.token.not_before - second) == TokenAnswer::not_yet_valid);
  // Without a list, the trust file tells that the clock is behind it.
  const json::Value trust = export_trust(holder.database());
  CHECK_NOTHROW(require_clock(trust, "trust.json", holder.now()));
  CHECK_NOTHROW(require_clock(trust, "trust.json", holder.now() - k_clock_skew_max));
  const std::string error = error_of(ErrorCode::could_not, [&] {
    require_clock(trust, "trust.json", holder.now() - k_clock_skew_max - second);
  });
  CHECK(error.starts_with("trust.json was made at "));
  // The board itself signs nothing behind its log.
  holder.pass(-std::chrono::hours(24));
  error_of(ErrorCode::could_not, [&] { holder.publish(); });
}

TEST_CASE("each list that is not the board's for this token now is refused with its reason") {
  Holder holder;
  const crypto::SecretKey stranger = sample::key_of("stranger");
  const std::string good = holder.publish();
  REQUIRE(holder.answer(good) == TokenAnswer::valid);
  const auto payload = [&holder](const char* name, json::Value value) {
    json::Value changed = to_json(holder.claims());
    changed.set(name, std::move(value));
    return Holder::signed_by(holder.seal(), changed);
  };
  const auto with = [&holder](const std::function<void(StatusListClaims&)>& change) {
    StatusListClaims list = holder.claims();
    change(list);
    return holder.sealed(list);
  };
  const std::string future = format_instant(holder.now() + std::chrono::seconds(1));
  const std::pair<std::string, std::string> rows[] = {
      {Holder::signed_by(stranger, to_json(holder.claims())), "which the trust file does not have"},
      {paseto::sign(stranger, json::canonical(to_json(holder.claims())),
                    paseto::kid_footer(holder.seal().public_key().id())),
       "is not what"},
      {paseto::sign(holder.seal(), json::canonical(to_json(holder.claims()))), "names its key"},
      {good.substr(0, good.size() - 2), "status list is no"},
      {"", "is no v4.public token"},
      {holder.token.text, "it is no status list"},
      {payload("iss", "other.example/board"), "is of other.example/board"},
      {with([](StatusListClaims& list) { list.uri = "https://council.example/x/status/1"; }),
       "is https://council.example/x/status/1, expected https://"},
      {with([&](StatusListClaims& list) { list.uri = status_list_uri(list.issuer, 2); }),
       "/status/2, expected"},
      {with([](StatusListClaims& list) {
         list.issued += std::chrono::seconds(1);
         list.next_update += std::chrono::seconds(1);
       }),
       "is of the future: made " + future},
      {with([](StatusListClaims& list) {
         list.issued -= std::chrono::days(400);
         list.next_update -= std::chrono::days(400);
         list.expires -= std::chrono::days(400);
       }),
       "seal was not in force"},
      {with([](StatusListClaims& list) { list.list = status::StatusList(1, 65'536); }),
       "has 1 bits an entry, expected 2"},
      {with([](StatusListClaims& list) { list.list = status::StatusList(4, 65'536); }),
       "has 4 bits an entry"},
      {with([&](StatusListClaims& list) {
         list.list = status::StatusList(2, static_cast<std::size_t>(holder.entry.index / 4) * 4 +
                                               (holder.entry.index < 4 ? 4 : 0));
       }),
       holder.entry.index < 4 ? "status list of" : "ends before entry"},
      {with([&](StatusListClaims& list) {
         list.list.set(static_cast<std::size_t>(holder.entry.index), 3);
       }),
       "the status 3, which is not known"},
      {payload("ttl", 5), "it is no status list"},
      {payload("exp", format_instant(holder.now())), "it is no status list"},
      {payload("exp", "2999-13-01T00:00:00Z"), "it is no status list"},
      {payload("extra", 1), "it is no status list"},
      {payload("status_list", json::object({{"bits", 2}, {"lst", "AAAA"}})),
       "it is no status list"},
  };
  for (const auto& [list, expected] : rows) {
    INFO(expected);
    INFO(holder.detail(list));
    CHECK(holder.answer(list) == TokenAnswer::status_missing);
    CHECK(contains(holder.detail(list), expected));
  }
}

TEST_CASE("a list of the old seal counts as long as the seal signed, one made later does not") {
  Holder holder;
  const std::string list = holder.publish();
  const auto until = [&](Instant moment) {
    holder.trust = export_trust(holder.database());
    holder.trust.as_object()["seals"].as_array().front().set("until", format_instant(moment));
  };
  until(holder.now());
  CHECK(holder.answer(list) == TokenAnswer::valid);
  until(holder.now() - std::chrono::seconds(1));
  CHECK(holder.answer(list) == TokenAnswer::status_missing);
}

TEST_CASE("a list says that it ends within 366 days, or it is none") {
  Holder holder;
  StatusListClaims list = holder.claims();
  list.expires = list.issued + std::chrono::days(366);
  CHECK(holder.answer(holder.sealed(list)) == TokenAnswer::valid);
  list.expires += std::chrono::seconds(1);
  CHECK(holder.answer(holder.sealed(list)) == TokenAnswer::status_missing);
  CHECK(contains(holder.detail(holder.sealed(list)), "it is no status list"));
}

namespace {

/// A board whose seal was replaced, and its thief.
struct Robbed : LoggedBoard {
  Robbed() : issued(token()) {
    pass(std::chrono::hours(1));
    published = publish_status(database(), as("secretary-1"), seal(),
                               {.list = {}, .valid_days = 90}, context());
    pass(std::chrono::hours(1));
    static_cast<void>(sign());
    proof = prove_event(database(), published.event).text;
    static_cast<void>(
        rotate_seal(database(), as("secretary-1"), sample::key_of("second"), &seal(), context()));
    replaced = now();
    trust = export_trust(database());
  }
  /// What the thief dates back: "valid", and good for a year.
  std::string forged() {
    const std::string origin = trust.at("origin").as_string();
    const StatusListClaims claims{origin,
                                  status_list_uri(origin, 1),
                                  replaced,
                                  replaced + std::chrono::days(365),
                                  replaced + std::chrono::days(365),
                                  build_status_list(database(), 1)};
    return Holder::signed_by(seal(), to_json(claims));
  }
  [[nodiscard]] Verification verify(const std::string& list, std::optional<std::string> shown,
                                    Instant at) const {
    Use use;
    use.is_for_any = true;
    const model::Document document = sample::document(model::DocumentKind::trust, trust);
    Verification one =
        verify_token(issued.text, document, use, at, {.status = {list, {}, shown}, .proof = {}});
    // A batch says the same.
    const TokenVerifier verifier(document, {list, {}, shown});
    CHECK(verifier.verify(issued.text, use, at).answer == one.answer);
    return one;
  }

  IssuedToken issued;
  PublishedList published;
  std::string proof;
  Instant replaced;
  json::Value trust;
};

std::string detail_of(const Verification& verification) {
  for (const TokenCheck& check : verification.checks) {
    if (check.name == "status") return check.detail;
  }
  return "";
}

}  // namespace

TEST_CASE("the thief of a replaced seal cannot date a list back once the grace is over") {
  Robbed board;
  const Instant end = board.replaced + k_replaced_seal_grace;
  const std::chrono::seconds second(1);
  CHECK(board.verify(board.published.text, {}, end).answer == TokenAnswer::valid);
  CHECK(board.verify(board.published.text, {}, end + second).answer == TokenAnswer::status_missing);
  const Verification refused = board.verify(board.forged(), {}, end + second);
  CHECK(refused.answer == TokenAnswer::status_missing);
  CHECK(contains(detail_of(refused), "--status-proof"));
}

TEST_CASE("a list of a replaced seal counts on where it is shown to be in the log") {
  Robbed board;
  const Instant later = board.replaced + std::chrono::days(30);
  const Verification good = board.verify(board.published.text, board.proof, later);
  CHECK(good.answer == TokenAnswer::valid);
  CHECK(contains(detail_of(good), "logged: event"));
  CHECK(board.verify(board.published.text + "\n", board.proof, later).answer == TokenAnswer::valid);
  // Neither another list with that proof, nor another proof with that list; at any time.
  CHECK(contains(detail_of(board.verify(board.forged(), board.proof, board.replaced)),
                 "about another status list"));
  const std::string issue = prove_event(board.database(), 7).text;
  for (const std::string& other : {issue, std::string(), board.published.text}) {
    const Verification bad = board.verify(board.published.text, other, board.replaced);
    CHECK(bad.answer == TokenAnswer::status_missing);
    CHECK(contains(detail_of(bad), "nothing shows that the status list is in the log"));
  }
  // And only while the log key is believed.
  board.trust.as_object()["log_keys"].as_array().front().set("compromised_from",
                                                             "2026-12-31T00:00:00Z");
  CHECK(board.verify(board.published.text, board.proof, later).answer ==
        TokenAnswer::status_missing);
}

TEST_CASE("one changed bit anywhere in a list is refused") {
  Holder holder;
  holder.change(TokenAct::suspended, "under-inquiry");
  const std::string list = holder.publish();
  for (std::size_t i = 0; i < list.size(); ++i) {
    std::string changed = list;
    changed[i] = static_cast<char>(changed[i] ^ (1 << (i % 7)));
    INFO(i);
    REQUIRE(holder.answer(changed) == TokenAnswer::status_missing);
  }
}
