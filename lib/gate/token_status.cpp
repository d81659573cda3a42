// SPDX-License-Identifier: Apache-2.0
#include "gate/token_status.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "gate/acting.hpp"
#include "gate/conflict.hpp"
#include "gate/token.hpp"
#include "json/read.hpp"
#include "paseto/v4_public.hpp"
#include "registry/decisions.hpp"
#include "registry/documents.hpp"
#include "registry/erasures.hpp"
#include "registry/requests.hpp"

namespace octroi::gate {
namespace {

using json::Value;
using registry::TokenAct;
using registry::Transaction;

constexpr std::size_t k_tokens_of_event_max = 500;  // schemas/event.schema.json

/// A token of the registry and what it says: nothing once its text was erased.
struct ReadToken {
  registry::Token row;
  std::vector<std::string> datasets;
  std::vector<std::string> rulebooks;
  std::vector<std::string> users;
  std::string environment;
  std::string kid;
};

std::vector<std::string> rulebook_ids(const TokenClaims& claims) {
  std::vector<std::string> ids;
  for (const auto& [id, digest] : claims.rulebooks_sha256) ids.push_back(id);
  return ids;
}

ReadToken read_token(Database& database, const registry::Token& row) {
  if (registry::find_erasure(database, row.document)) return {row, {}, {}, {}, "", ""};
  const std::string text = registry::load_document(database, row.document, "token");
  const auto parts = paseto::parse(text);
  const auto kid = parts ? paseto::footer_kid(parts->footer) : std::nullopt;
  auto claims = parts ? read_claims(json::read(parts->message, "token")) : std::nullopt;
  if (!claims || !kid) throw Error(ErrorCode::damaged, fmt::format("token {} is damaged", row.id));
  return {row,           ids_of(claims->datasets), rulebook_ids(*claims),
          claims->users, claims->environment,      kid->text};
}

/// Whether nothing is asked for, or one of what is there.
bool fits(const std::vector<std::string>& asked, const std::vector<std::string>& there) {
  const auto is_there = [&there](const std::string& one) {
    return std::find(there.begin(), there.end(), one) != there.end();
  };
  return asked.empty() || std::any_of(asked.begin(), asked.end(), is_there);
}

bool is_selected(const TokenSelection& selection, const ReadToken& token) {
  return fits(selection.tokens, {token.row.id}) && fits(selection.requests, {token.row.request}) &&
         fits(selection.datasets, token.datasets) &&
         fits(selection.providers, {token.environment}) && fits(selection.users, token.users) &&
         fits(selection.rulebooks, token.rulebooks) && fits(selection.keys, {token.kid});
}

TokenStatusRow status_row(Database& database, const ReadToken& token, std::optional<Instant> at) {
  const registry::TokenStanding standing =
      registry::standing_of(registry::acts_on(database, token.row.id), at);
  TokenStatusRow row{token.row.id,
                     token.row.request,
                     token.row.holder,
                     token.datasets,
                     token.row.not_before,
                     token.row.expires,
                     std::string(registry::name_of(standing.state)),
                     "",
                     {}};
  if (standing.act) {
    row.reason = standing.act->reason;
    row.since = standing.act->from;
    const std::optional<std::string> text = reason_text(database, *standing.act);
    row.text = text.value_or("");
    row.is_text_erased = !text;
  }
  return row;
}

void require_known_tokens(Database& database, const std::vector<std::string>& ids) {
  std::set<std::string> known;
  for (const registry::Token& row : registry::all_tokens(database)) known.insert(row.id);
  for (const std::string& id : ids) {
    if (known.contains(id)) continue;
    throw Error(
        ErrorCode::bad_input,
        fmt::format("there is no token {}; 'octroi status show' shows them", in_quotes(id)));
  }
}

std::string lines_of(const std::vector<LeftToken>& left) {
  std::string text;
  for (const LeftToken& token : left) text += fmt::format("\n{} {}", token.id, token.why);
  return text;
}

/// A token that was named has to be one that it can be done to; of a group, one at least.
void require_some(const TokenSelection& selection, const TokenChanges& changes) {
  if (changes.tokens.empty() && changes.left.empty()) {
    throw Error(ErrorCode::bad_input,
                "no token fits all that was asked for; 'octroi status show' shows them");
  }
  if (changes.left.empty() || (selection.tokens.empty() && !changes.tokens.empty())) return;
  throw Error(ErrorCode::not_allowed,
              fmt::format("{} cannot be {}:{}",
                          selection.tokens.empty() ? "none of these tokens" : "these tokens",
                          registry::name_of(changes.act), lines_of(changes.left)));
}

void require_text(const std::string& text) {
  if (text.size() > k_reason_bytes_max) {
    throw Error(ErrorCode::bad_input, fmt::format("the text has {} bytes, expected at most {}",
                                                  text.size(), k_reason_bytes_max));
  }
  if (!is_utf8(text)) throw Error(ErrorCode::bad_input, "the text is not UTF-8");
}

/// The request of a token in the version that was decided on.
model::Document decided_request(Database& database, const std::string& request) {
  int version = 0;
  for (const registry::Decision& decision : registry::decisions_of(database, request)) {
    version = decision.version;
  }
  return load(database, registry::request_document(database, request, version),
              model::DocumentKind::request, request);
}

void require_other_persons_case(Database& database, const Actor& actor,
                                const TokenChanges& changes) {
  if (changes.act != TokenAct::resumed) return;
  std::set<std::string> requests;
  for (const TokenStatusRow& token : changes.tokens) requests.insert(token.request);
  for (const std::string& request : requests) {
    if (!is_named_in(database, actor.member, decided_request(database, request))) continue;
    throw Error(
        ErrorCode::not_allowed,
        fmt::format("{} is named in {} and may not resume its tokens", actor.member, request));
  }
}

/// The bodies of the events, each with as many tokens as one may hold.
std::vector<Value> bodies_of(const TokenChanges& changes, const std::optional<Digest>& text) {
  std::vector<Value> bodies;
  Value ids = Value::Array{};
  const auto close = [&] {
    Value body = json::object({{"tokens", std::move(ids)},
                               {"reason", changes.reason},
                               {"from", format_instant(*changes.from)}});
    if (text) body.set("document", text->hex());
    bodies.push_back(std::move(body));
    ids = Value::Array{};
  };
  for (const TokenStatusRow& token : changes.tokens) {
    if (ids.as_array().size() == k_tokens_of_event_max) close();
    ids.push(token.id);
  }
  close();
  return bodies;
}

}  // namespace

bool TokenSelection::is_empty() const {
  return tokens.empty() && requests.empty() && datasets.empty() && providers.empty() &&
         users.empty() && rulebooks.empty() && keys.empty();
}

TokenChanges plan_changes(Database& database, const TokenSelection& selection,
                          const TokenChange& change, Instant now) {
  if (selection.is_empty()) {
    throw Error(ErrorCode::usage,
                "say which tokens, with one or more of --token, --request, --dataset, --provider, "
                "--user, --rulebook and --key");
  }
  require_text(change.text);
  Transaction transaction(database, Transaction::Kind::read);
  require_known_tokens(database, selection.tokens);
  TokenChanges changes{change.act, change.reason, change.from, {}, {}};
  for (const registry::Token& row : registry::all_tokens(database)) {
    const ReadToken token = read_token(database, row);
    if (!is_selected(selection, token)) continue;
    std::string obstacle = registry::obstacle_to(database, change.act, change.reason, row.id,
                                                 change.from.value_or(now), now);
    if (obstacle.empty()) {
      changes.tokens.push_back(status_row(database, token, {}));
    } else {
      changes.left.push_back({row.id, std::move(obstacle)});
    }
  }
  require_some(selection, changes);
  return changes;
}

TokenChanges change_tokens(Database& database, const Actor& actor, TokenChanges plan,
                           const TokenChange& change, const Context& context) {
  require_text(change.text);
  Transaction transaction(database, Transaction::Kind::write);
  const Context fixed = at_one_moment(context);
  require_role(database, actor, "secretary");
  require_other_persons_case(database, actor, plan);
  plan.from = change.from.value_or(fixed.clock());
  std::optional<Digest> text;
  if (!change.text.empty()) {
    text = registry::store_document(database, registry::k_status_text_kind, change.text,
                                    context.random);
  }
  for (Value& body : bodies_of(plan, text)) {
    act(database, actor, registry::event_type(plan.act), std::move(body), fixed);
  }
  transaction.commit();
  plan.is_done = true;
  return plan;
}

std::optional<std::string> reason_text(Database& database, const registry::TokenActRow& act) {
  if (!act.document) return "";
  if (registry::find_erasure(database, *act.document)) return std::nullopt;
  return registry::load_document(database, *act.document, registry::k_status_text_kind);
}

std::vector<TokenStatusRow> token_statuses(Database& database, std::optional<Instant> at) {
  Transaction transaction(database, Transaction::Kind::read);
  std::vector<TokenStatusRow> rows;
  for (const registry::Token& token : registry::all_tokens(database)) {
    if (at && token.not_before > *at) continue;
    rows.push_back(status_row(database, read_token(database, token), at));
  }
  return rows;
}

}  // namespace octroi::gate
