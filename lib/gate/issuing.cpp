// SPDX-License-Identifier: Apache-2.0
#include "gate/issuing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "gate/acting.hpp"
#include "gate/case_documents.hpp"
#include "gate/recording.hpp"
#include "gate/status_token.hpp"
#include "gate/token.hpp"
#include "gate/trusted_seal.hpp"
#include "json/read.hpp"
#include "json/write.hpp"
#include "model/request.hpp"
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

/// Everything that goes into the tokens of one grant.
struct Grant {
  registry::Request request;
  registry::Decision decision;
  model::Document decision_document;
  CaseDocuments documents;
  rules::Assessment assessment;
  Digest assessment_sha256;
};

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
  CaseDocuments documents = load_case(
      database, load(database, request.document, model::DocumentKind::request, request.id));
  return {request,
          std::move(decision),
          std::move(decision_document),
          std::move(documents),
          recorded.assessment,
          Digest::from_hex(recorded.sha256).value()};
}

bool is_granted(const Grant& grant, const std::string& dataset) {
  const std::vector<std::string>& granted = grant.decision.datasets;
  return dataset.empty() || std::find(granted.begin(), granted.end(), dataset) != granted.end();
}

/// The last day of validity: the duration asked for, counted from the decision; shortened by the
/// decision's own end and by the rules that narrow.
Date last_day(const Grant& grant) {
  const Value& duration = grant.documents.request.value.at("duration");
  std::int64_t months = duration.at("months").as_integer();
  for (const rules::Narrowing& narrowing : grant.assessment.narrowings) {
    if (narrowing.months_max && is_granted(grant, narrowing.dataset)) {
      months = std::min(months, std::int64_t{*narrowing.months_max});
    }
  }
  const Date asked = add_months(grant.decision.decided_on, static_cast<int>(months));
  return grant.decision.valid_until ? std::min(asked, *grant.decision.valid_until) : asked;
}

/// Granted datasets by holder.
std::map<std::string, std::vector<TokenDataset>> datasets_by_holder(const Grant& grant) {
  std::map<std::string, std::string> holders;
  for (const model::Document& dataset : grant.documents.datasets) {
    holders.emplace(dataset.value.at("id").as_string(),
                    dataset.value.at("holder").at("id").as_string());
  }
  std::map<std::string, std::vector<TokenDataset>> result;
  for (const Value& use : grant.documents.request.value.at("datasets").as_array()) {
    const std::string& id = use.at("dataset").as_string();
    if (!is_granted(grant, id)) continue;
    result[holders.at(id)].push_back({id, json::to_strings(use.find("components")),
                                      use.at("extent").as_string(), use.at("format").as_string()});
  }
  return result;
}

/// The users of the request whom the rules that narrow leave for these datasets.
std::vector<std::string> users_for(const Grant& grant, const std::vector<TokenDataset>& datasets) {
  std::vector<std::string> names;
  for (const TokenDataset& one : datasets) names.push_back(one.id);
  const auto left = grant.assessment.users_left(names);
  std::vector<std::string> ids;
  for (const Value& user : grant.documents.request.value.at("users").as_array()) {
    const std::string id = user.text("id");
    if (!left || std::binary_search(left->begin(), left->end(), id)) ids.push_back(id);
  }
  if (ids.empty()) {
    throw Error(ErrorCode::not_allowed,
                fmt::format("no user of {} may work on all of {}: the rules leave nobody; decide "
                            "on these datasets one by one",
                            grant.request.id, fmt::join(names, ", ")));
  }
  return ids;
}

void add_once(std::vector<std::string>& texts, const std::string& text) {
  if (std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(text);
}

std::vector<std::string> conditions_of(const Grant& grant) {
  std::vector<std::string> conditions =
      json::to_strings(grant.decision_document.value.find("conditions"));
  for (const rules::Narrowing& narrowing : grant.assessment.narrowings) {
    if (!narrowing.obligation.en.empty() && is_granted(grant, narrowing.dataset)) {
      add_once(conditions, narrowing.obligation.en);
    }
  }
  return conditions;
}

/// The claims that all tokens of the grant share; holder, datasets, users and id are still to be
/// set.
TokenClaims common_claims(const Grant& grant, const std::string& origin, Instant now) {
  const Value& request = grant.documents.request.value;
  TokenClaims claims;
  claims.issuer = origin;
  claims.request = grant.request.id;
  claims.request_version = grant.request.version;
  claims.issued = now;
  claims.not_before = now;
  claims.expires = end_of(last_day(grant));
  claims.decision = grant.decision.id;
  claims.purposes = model::Request::from(grant.documents.request).purpose_codes();
  claims.environment = request.at("environment").at("provider").as_string();
  claims.service = request.at("environment").text("service");
  claims.conditions = conditions_of(grant);
  claims.request_sha256 = grant.documents.request.sha256;
  claims.decision_sha256 = grant.decision_document.sha256;
  claims.assessment_sha256 = grant.assessment_sha256;
  claims.rulebooks_sha256 = grant.assessment.documents.rulebooks;
  return claims;
}

std::string seal_token(const crypto::SecretKey& seal, const TokenClaims& claims) {
  const Value payload = to_json(claims);
  if (!read_claims(payload)) broken_invariant("a token outside its schema");
  return paseto::sign(seal, json::canonical(payload), paseto::kid_footer(seal.public_key().id()));
}

std::vector<std::string> dataset_ids(const TokenClaims& claims) {
  std::vector<std::string> ids;
  for (const TokenDataset& dataset : claims.datasets) ids.push_back(dataset.id);
  return ids;
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
  return {claims.id,           claims.holder, std::move(text), claims.not_before, claims.expires,
          dataset_ids(claims), true};
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
                      dataset_ids(*claims), false});
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
                                      {grant.request.id, grant.request.version, grant.decision.id,
                                       grant.assessment_sha256.hex()},
                                      actor.member)) {
    events.push_back(endorsement.event);
  }
  return events;
}

void require_time_left(const Grant& grant, Instant now) {
  const Date last = last_day(grant);
  if (end_of(last) <= now) {
    throw Error(ErrorCode::not_allowed,
                fmt::format("the grant {} of {} ended on {}", grant.decision.id, grant.request.id,
                            format_date(last)));
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
