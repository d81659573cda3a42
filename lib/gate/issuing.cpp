// SPDX-License-Identifier: Apache-2.0
#include "gate/issuing.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "gate/acting.hpp"
#include "gate/recording.hpp"
#include "gate/status_token.hpp"
#include "gate/token.hpp"
#include "gate/token_claims.hpp"
#include "gate/trusted_seal.hpp"
#include "json/read.hpp"
#include "json/write.hpp"
#include "paseto/v4_public.hpp"
#include "registry/decisions.hpp"
#include "registry/documents.hpp"
#include "registry/endorsements.hpp"
#include "registry/erasures.hpp"
#include "registry/keys.hpp"
#include "registry/log.hpp"
#include "registry/requests.hpp"
#include "registry/statuses.hpp"

namespace octroi::gate {
namespace {

using json::Value;
using registry::EventType;
using registry::Transaction;

constexpr std::string_view k_token_kind = "token";  // what the documents table calls a token

registry::Decision require_grant(Database& database, const registry::Request& request) {
  if (request.state == "withdrawn") {
    throw Error(ErrorCode::not_allowed, request.id + " was withdrawn");
  }
  std::optional<registry::Decision> decision =
      registry::last_decision(database, request.id, request.version);
  if (!decision) {
    throw Error(ErrorCode::not_yet,
                fmt::format("there is no decision on {} version {}; a secretary records it with "
                            "'octroi decide {}'",
                            request.id, request.version, request.id));
  }
  if (decision->result != "granted") {
    throw Error(ErrorCode::not_allowed, fmt::format("{} refused {}", decision->id, request.id));
  }
  return std::move(*decision);
}

Grant load_grant(Database& database, const Actor& actor, const registry::Request& request,
                 registry::Decision decision, const Context& context) {
  const RecordedAssessment recorded = standing_assessment(database, actor, request.id, context);
  const auto row = registry::last_assessment(database, request.id, request.version);
  registry::require_grantable(row.value(), decision.datasets, decision.resolves);
  model::Document decision_document =
      load(database, decision.document, model::DocumentKind::decision, decision.id);
  model::Document request_document =
      load(database, request.document, model::DocumentKind::request, request.id);
  return {std::move(decision),         std::move(decision_document),
          std::move(request_document), holders_of(*row),
          recorded.assessment,         Digest::from_hex(recorded.sha256).value()};
}

std::string seal_token(const crypto::SecretKey& seal, const TokenClaims& claims) {
  const Value payload = to_json(claims);
  if (!read_claims(payload)) {
    throw Error(ErrorCode::bad_input,
                fmt::format("a token of {} conditions, {} users and {} datasets is larger than its "
                            "schema allows (schemas/token.schema.json); release fewer at a time",
                            claims.conditions.size(), claims.users.size(), claims.datasets.size()));
  }
  return paseto::sign(seal, json::canonical(payload), paseto::kid_footer(seal.public_key().id()));
}

IssuedToken issue_one(Database& database, const Actor& actor, const crypto::SecretKey& seal,
                      const TokenClaims& claims, int list, const Context& context) {
  std::string text = seal_token(seal, claims);
  const Digest document = registry::store_document(database, k_token_kind, text, context.random);
  act(database, actor, EventType::token_issued,
      json::object({{"token", claims.id},
                    {"token_sha256", crypto::sha256(text).hex()},
                    {"request", claims.request},
                    {"version", claims.request_version},
                    {"decision", claims.decision},
                    {"holder", claims.holder},
                    {"document", document.hex()},
                    {"not_before", format_instant(claims.not_before)},
                    {"expires", format_instant(claims.expires)},
                    {"status", json::object({{"list", list}, {"index", claims.status.index}})}}),
      context);
  return {claims.id,
          claims.holder,
          std::move(text),
          claims.not_before,
          claims.expires,
          ids_of(claims.datasets),
          true};
}

/// The tokens that were issued under this decision before.
std::vector<IssuedToken> issued_before(Database& database, const registry::Decision& decision) {
  std::vector<IssuedToken> tokens;
  for (const registry::Token& row : registry::tokens_of(database, decision.request)) {
    if (row.decision != decision.id) continue;
    if (registry::find_erasure(database, row.document)) continue;
    std::string text = registry::load_document(database, row.document, k_token_kind);
    const auto parts = paseto::parse(text);
    const auto claims = parts ? read_claims(json::read(parts->message, "token")) : std::nullopt;
    if (!claims) throw Error(ErrorCode::damaged, fmt::format("token {} is damaged", row.id));
    tokens.push_back({row.id, row.holder, std::move(text), row.not_before, row.expires,
                      ids_of(claims->datasets), false});
  }
  return tokens;
}

/// A revoked token is not handed out again.
void leave_out_revoked(Database& database, Issue& issue) {
  std::erase_if(issue.tokens, [&database](const IssuedToken& token) {
    return registry::standing_of(registry::acts_on(database, token.id)).state ==
           registry::TokenState::revoked;
  });
  if (!issue.tokens.empty()) return;
  throw Error(
      ErrorCode::not_allowed,
      fmt::format("the tokens of {} were revoked; the case needs a new request", issue.request));
}

std::vector<Digest> endorsing_events(Database& database, const Grant& grant, const Actor& actor) {
  std::vector<Digest> events;
  for (const registry::Endorsement& endorsement :
       registry::require_endorsements(database,
                                      {grant.decision.request, grant.decision.version,
                                       grant.decision.id, grant.assessment_sha256.hex()},
                                      actor.member)) {
    events.push_back(endorsement.event);
  }
  return events;
}

void require_time_left(const Grant& grant, Instant now) {
  const Date last = last_day(grant);
  if (end_of(last) <= now) {
    throw Error(ErrorCode::not_allowed,
                fmt::format("the grant {} of {} ended on {}", grant.decision.id,
                            grant.decision.request, format_date(last)));
  }
}

}  // namespace

Issue issue(Database& database, const Actor& actor, const crypto::SecretKey& seal,
            const std::string& request_id, bool is_dry_run, const Context& context) {
  Transaction transaction(database, Transaction::Kind::write);
  const Context fixed = at_one_moment(context);  // tokens say the time of their events
  const Instant now = fixed.clock();
  require_role(database, actor, "secretary");
  require_seal(database, seal);
  const registry::Request request = registry::require_request(database, request_id);
  registry::Decision decision = require_grant(database, request);
  Issue result{request.id, decision.id, issued_before(database, decision)};
  if (!result.tokens.empty()) {
    leave_out_revoked(database, result);
    return result;
  }
  if (request.state == "issued") {
    throw Error(ErrorCode::not_allowed, "the tokens of " + request.id + " were erased");
  }
  const Grant grant = load_grant(database, actor, request, std::move(decision), fixed);
  require_time_left(grant, now);
  TokenClaims claims = common_claims(grant, registry::read_head(database).origin, now);
  claims.endorsements = endorsing_events(database, grant, actor);
  for (auto& [holder, datasets] : datasets_by_holder(grant)) {
    claims.holder = holder;
    claims.datasets = datasets;
    claims.users = users_for(grant, datasets);
    claims.id = registry::make_uuid(now, context.random);
    const registry::StatusEntry entry = registry::choose_status_entry(database, context.random);
    claims.status = {entry.index, status_list_uri(claims.issuer, entry.list)};
    result.tokens.push_back(issue_one(database, actor, seal, claims, entry.list, fixed));
    if (is_dry_run) result.tokens.back().text.clear();
  }
  if (!is_dry_run) transaction.commit();
  return result;
}

}  // namespace octroi::gate
