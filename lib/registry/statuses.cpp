// SPDX-License-Identifier: Apache-2.0
#include "registry/statuses.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "registry/decisions.hpp"
#include "registry/requests.hpp"

namespace octroi::registry {
namespace {

constexpr std::string_view k_insert_entry =
    "INSERT INTO status_entries (list, idx, token) VALUES ($1, $2, $3)";
constexpr std::string_view k_is_taken = "SELECT 1 FROM status_entries WHERE list = $1 AND idx = $2";
// How many there are: rows are numbered from 1 as they are written, and none is ever taken away
// (a replay compares these numbers too). Counting them would read all of them for each token.
constexpr std::string_view k_count_entries = "SELECT coalesce(max(rowid), 0) FROM status_entries";
constexpr std::string_view k_entry = "SELECT list, idx FROM status_entries WHERE token = $1";
constexpr std::string_view k_entries =
    "SELECT idx, token FROM status_entries WHERE list = $1 ORDER BY idx";
constexpr std::string_view k_insert_act =
    "INSERT INTO token_acts (seq, token, act, reason, applies_from, recorded_at, recorded_by, "
    "document) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
constexpr std::string_view k_acts =
    "SELECT seq, token, act, reason, applies_from, recorded_at, recorded_by, document "
    "FROM token_acts WHERE token = $1 AND seq < $2 ORDER BY seq";
constexpr std::string_view k_token =
    "SELECT request, not_before, expires FROM tokens WHERE id = $1";
constexpr std::string_view k_insert_list =
    "INSERT INTO status_lists (seq, list, sha256, document, issued_at, next_update, expires) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7)";
constexpr std::string_view k_is_published = "SELECT 1 FROM status_lists WHERE sha256 = $1";
constexpr std::string_view k_lists =
    "SELECT seq, list, sha256, document, issued_at, next_update, expires FROM status_lists "
    "ORDER BY seq";

/// At most half of the entries are taken: so many misses in a row do not happen by chance.
constexpr int k_tries_max = 256;
constexpr int k_status_lists_max = 1 << 20;  // beyond, somebody altered the rows' numbers
constexpr std::int64_t k_every_seq = std::int64_t{1} << 53;

constexpr std::array<std::string_view, 3> k_act_names = {"revoked", "suspended", "resumed"};

// RFC 5280 section 5.3.1 gives certificates these reasons: keyCompromise, affiliationChanged,
// superseded, cessationOfOperation, privilegeWithdrawn, certificateHold and removeFromCRL; section
// 5.3.2 lets an invalidity date lie before the revocation. The rest is what ends a release of data.
constexpr StatusReason k_reasons[] = {
    // RFC 5280 affiliationChanged: a person or body that the token names is no longer part of it.
    {"affiliation-changed", true, true, false, false},
    // GDPR article 58(2)(f) and (j): an authority limits or forbids the processing.
    {"authority-order", true, true, false, false},
    // RFC 5280 removeFromCRL: what was held against it has been put right.
    {"cause-mended", false, false, true, false},
    // Regulation (EU) 2025/327 article 63(3): the permit's conditions are not kept to.
    {"conditions-breached", true, true, false, false},
    // GDPR article 33: a personal data breach, which is found after it began.
    {"data-breach", true, true, false, true},
    // The data holder, or persons by consent or objection (GDPR articles 7(3) and 21), withdraw.
    {"data-withdrawn", true, true, false, false},
    // The decision has been annulled: it is held never to have been taken.
    {"decision-annulled", true, false, false, true},
    // CRPA article L241-2: an act obtained by fraud may be withdrawn at any time.
    {"false-declaration", true, true, false, true},
    // The host no longer is what the request said of it: owners, places, certificates.
    {"host-changed", true, true, false, false},
    // RFC 5280 removeFromCRL: the inquiry found nothing.
    {"inquiry-closed", false, false, true, false},
    // The token says something else than the decision.
    {"issued-in-error", true, true, false, true},
    // RFC 5280 keyCompromise: the seal's, or that of who recorded the decision.
    {"key-compromise", true, true, false, true},
    // RFC 5280 removeFromCRL: the authority has lifted its order.
    {"order-lifted", false, false, true, false},
    // RFC 5280 cessationOfOperation: the study is over before its time.
    {"purpose-ended", true, false, false, false},
    // RFC 5280 superseded: another token takes its place.
    {"superseded", true, false, false, false},
    // RFC 5280 certificateHold: it is not known yet whether it has to be revoked.
    {"under-inquiry", false, true, false, false},
};

bool serves(const StatusReason& reason, TokenAct act) {
  switch (act) {
    case TokenAct::revoked:
      return reason.revokes;
    case TokenAct::suspended:
      return reason.suspends;
    case TokenAct::resumed:
      return reason.resumes;
  }
  broken_invariant("an act on a token that is none");
}

TokenAct act_of(EventType type) {
  for (const TokenAct act : {TokenAct::revoked, TokenAct::suspended, TokenAct::resumed}) {
    if (event_type(act) == type) return act;
  }
  broken_invariant("an event that is no act on a token");
}

Instant status_instant(const json::Value& text) {
  const std::optional<Instant> instant = parse_instant(text.as_string());
  if (!instant) throw Error(ErrorCode::damaged, "event: expected a time");
  return *instant;
}

const StatusReason& require_reason(const std::string& code, TokenAct act) {
  for (const StatusReason& reason : k_reasons) {
    if (reason.code == code && serves(reason, act)) return reason;
  }
  throw Error(ErrorCode::bad_input,
              fmt::format("reason: expected one of {}, got {}", fmt::join(reasons_for(act), ", "),
                          in_quotes(code)));
}

struct IssuedToken {
  std::string request;
  Instant not_before;
  Instant expires;
};

IssuedToken require_token(Database& database, const std::string& id) {
  const auto row = database.query(k_token, id);
  if (!row->step()) {
    throw Error(ErrorCode::bad_input, fmt::format("there is no token {}", in_quotes(id)));
  }
  return {row->text(0), read_instant(*row, 1), read_instant(*row, 2)};
}

/// valid → suspended → valid …, either → revoked; nothing after that.
bool is_legal(TokenState state, TokenAct act) {
  switch (act) {
    case TokenAct::revoked:
      return state != TokenState::revoked;
    case TokenAct::suspended:
      return state == TokenState::valid;
    case TokenAct::resumed:
      return state == TokenState::suspended;
  }
  broken_invariant("an act on a token that is none");
}

/// An act counts from a moment that is not before the token's issue, not after its end, and not in
/// the future; and not long past, unless its reason reaches back. A resumption never does: it would
/// make good what was done while the token was suspended.
std::string fault_of_effect(TokenAct act, const StatusReason& reason, const IssuedToken& token,
                            Instant from, Instant now) {
  if (from > now) return "lies in the future";
  if (from < token.not_before) return "is before its issue, " + format_instant(token.not_before);
  if (from > token.expires) return "is after its end, " + format_instant(token.expires);
  if (act == TokenAct::resumed && from != now) return "is past; a resumption counts from now on";
  if (from < now - std::chrono::days(k_backdating_days_max) && !reason.reaches_back) {
    return fmt::format("is more than {} days ago, which {} does not allow", k_backdating_days_max,
                       reason.code);
  }
  return "";
}

/// Nobody gives their own token back to themselves. (Whoever is named in the request is refused by
/// the gate, which can read it.)
void require_other_case(Database& database, const Member& member, TokenAct act,
                        const std::string& request) {
  if (act != TokenAct::resumed) return;
  if (require_request(database, request).submitter != member.id) return;
  throw Error(ErrorCode::not_allowed,
              fmt::format("{} submitted {} and may not resume its tokens", member.id, request));
}

TokenActRow read_act(const Statement& row) {
  const std::string name = row.text(2);
  const auto act = std::find(k_act_names.begin(), k_act_names.end(), name);
  if (act == k_act_names.end()) {
    throw Error(ErrorCode::damaged, "registry: unknown act on a token " + in_quotes(name));
  }
  TokenActRow result{row.integer(0),
                     row.text(1),
                     static_cast<TokenAct>(act - k_act_names.begin()),
                     row.text(3),
                     read_instant(row, 4),
                     read_instant(row, 5),
                     row.text(6),
                     {}};
  if (!row.is_null(7)) result.document = row.digest(7);
  return result;
}

std::vector<TokenActRow> acts_before(Database& database, const std::string& token,
                                     std::int64_t seq) {
  std::vector<TokenActRow> acts;
  const auto row = database.query(k_acts, token, seq);
  while (row->step()) acts.push_back(read_act(*row));
  return acts;
}

}  // namespace

std::string_view name_of(TokenAct act) {
  return k_act_names.at(static_cast<std::size_t>(act));
}

EventType event_type(TokenAct act) {
  switch (act) {
    case TokenAct::revoked:
      return EventType::token_revoked;
    case TokenAct::suspended:
      return EventType::token_suspended;
    case TokenAct::resumed:
      return EventType::token_resumed;
  }
  broken_invariant("an act on a token that is none");
}

std::string_view name_of(TokenState state) {
  constexpr std::array<std::string_view, 3> names = {"valid", "suspended", "revoked"};
  return names.at(static_cast<std::size_t>(state));
}

std::span<const StatusReason> status_reasons() {
  return k_reasons;
}

std::vector<std::string_view> reasons_for(TokenAct act) {
  std::vector<std::string_view> codes;
  for (const StatusReason& reason : k_reasons) {
    if (serves(reason, act)) codes.push_back(reason.code);
  }
  return codes;
}

TokenStanding standing_of(const std::vector<TokenActRow>& acts, std::optional<Instant> at) {
  TokenStanding standing;
  for (const TokenActRow& row : acts) {
    if (at && row.from > *at) continue;
    switch (row.act) {
      case TokenAct::revoked:
        return {TokenState::revoked, row};
      case TokenAct::suspended:
        standing = {TokenState::suspended, row};
        break;
      case TokenAct::resumed:
        standing = {TokenState::valid, row};
        break;
    }
  }
  return standing;
}

std::string obstacle_to(Database& database, TokenAct act, const std::string& reason,
                        const std::string& token, Instant from, Instant now) {
  const StatusReason& known = require_reason(reason, act);
  const IssuedToken issued = require_token(database, token);
  const TokenState state = standing_of(acts_on(database, token)).state;
  if (!is_legal(state, act))
    return fmt::format("is {}, and cannot be {}", name_of(state), name_of(act));
  const std::string fault = fault_of_effect(act, known, issued, from, now);
  return fault.empty() ? "" : fmt::format("from {}, which {}", format_instant(from), fault);
}

void apply_token_act(const Event& event, const Member& member, Database& database) {
  const json::Value& body = event.body;
  const TokenAct act = act_of(event.type);
  const std::string& reason = body.at("reason").as_string();
  const Instant from = status_instant(body.at("from"));
  std::optional<Digest> document;
  if (const json::Value* text = body.find("document")) document = read_digest(*text);
  std::set<std::string> requests;
  for (const std::string& id : json::to_strings(&body.at("tokens"))) {
    const IssuedToken token = require_token(database, id);
    require_other_case(database, member, act, token.request);
    const std::string obstacle = obstacle_to(database, act, reason, id, from, event.at);
    if (!obstacle.empty()) {
      throw Error(ErrorCode::not_allowed, fmt::format("token {}: {}", id, obstacle));
    }
    database.run(k_insert_act, event.seq, id, name_of(act), reason, format_instant(from),
                 format_instant(event.at), member.id, document);
    requests.insert(token.request);
  }
  for (const std::string& request : requests) {
    add_history(database, event, member, request, reason);
  }
}

void apply_status_published(const Event& event, Database& database) {
  const json::Value& body = event.body;
  const Instant next_update = status_instant(body.at("next_update"));
  const Instant expires = status_instant(body.at("expires"));
  const std::int64_t list = body.at("list").as_integer();
  if (list > status_list_in_use(database)) {
    throw Error(ErrorCode::bad_input, fmt::format("there is no status list {}", list));
  }
  if (next_update <= event.at || expires < next_update) {
    throw Error(ErrorCode::not_allowed,
                "a status list is followed by another one after its issue and before its end");
  }
  if (database.query(k_is_published, body.at("sha256").as_string())->step()) {
    throw Error(ErrorCode::not_allowed,
                "this very status list was published in this second; the next one is another a "
                "second later");
  }
  database.run(k_insert_list, event.seq, list, body.at("sha256").as_string(),
               read_digest(body.at("document")), format_instant(event.at),
               format_instant(next_update), format_instant(expires));
}

void apply_status_entry(const Event& event, Database& database) {
  const json::Value& entry = event.body.at("status");
  const std::int64_t list = entry.at("list").as_integer();
  const std::int64_t index = entry.at("index").as_integer();
  if (list != status_list_in_use(database)) {
    throw Error(ErrorCode::not_allowed,
                fmt::format("status: expected an entry of list {}, got one of list {}",
                            status_list_in_use(database), list));
  }
  if (database.query(k_is_taken, list, index)->step()) {
    throw Error(ErrorCode::not_allowed,
                fmt::format("status: entry {} of list {} is another token's", index, list));
  }
  database.run(k_insert_entry, list, index, event.body.at("token").as_string());
}

// 65 536 entries: two random bytes name each of them equally often.
StatusEntry choose_status_entry(Database& database, const Random& random) {
  const int list = status_list_in_use(database);
  for (int i = 0; i < k_tries_max; ++i) {
    std::array<std::uint8_t, 2> bytes{};
    random(bytes);
    const int index = bytes[0] * 256 + bytes[1];
    if (!database.query(k_is_taken, list, index)->step()) return {list, index};
  }
  throw Error(ErrorCode::could_not, "the random source gives the same bytes again and again");
}

int status_list_in_use(Database& database) {
  const auto row = database.query(k_count_entries);
  if (!row->step()) return 1;
  const std::int64_t entries = row->integer(0);
  if (entries < 0 || entries >= k_status_tokens_max * std::int64_t{k_status_lists_max}) {
    throw Error(ErrorCode::damaged,
                fmt::format("registry: a status entry is the {}th: run octroi audit", entries));
  }
  return static_cast<int>(entries / k_status_tokens_max) + 1;
}

StatusEntry status_entry_of(Database& database, const std::string& token) {
  const auto row = database.query(k_entry, token);
  if (!row->step()) {
    throw Error(ErrorCode::damaged, fmt::format("token {} is in no status list", token));
  }
  return {static_cast<int>(row->integer(0)), static_cast<int>(row->integer(1))};
}

std::vector<TokenActRow> acts_on(Database& database, const std::string& token) {
  return acts_before(database, token, k_every_seq);
}

std::vector<ListedToken> listed_tokens(Database& database, int list,
                                       std::optional<std::int64_t> before_seq) {
  std::vector<ListedToken> tokens;
  const auto row = database.query(k_entries, list);
  while (row->step()) {
    const auto acts = acts_before(database, row->text(1), before_seq.value_or(k_every_seq));
    tokens.push_back({static_cast<int>(row->integer(0)), standing_of(acts).state});
  }
  return tokens;
}

std::vector<PublishedListRow> published_lists(Database& database) {
  std::vector<PublishedListRow> lists;
  const auto row = database.query(k_lists);
  while (row->step()) {
    lists.push_back({row->integer(0), static_cast<int>(row->integer(1)), row->text(2),
                     row->digest(3), read_instant(*row, 4), read_instant(*row, 5),
                     read_instant(*row, 6)});
  }
  return lists;
}

}  // namespace octroi::registry
