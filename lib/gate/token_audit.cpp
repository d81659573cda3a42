// SPDX-License-Identifier: Apache-2.0
#include "gate/token_audit.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "gate/acting.hpp"
#include "gate/token_claims.hpp"
#include "json/write.hpp"
#include "registry/assessments.hpp"
#include "registry/erasures.hpp"
#include "registry/log.hpp"

namespace octroi::gate {
namespace {

using model::DocumentKind;

[[noreturn]] void refuse(const std::string& what) {
  throw Error(ErrorCode::damaged, what);
}

registry::Decision granting_decision(Database& database, const TokenClaims& claims) {
  auto decision = registry::find_decision(database, claims.request, claims.decision);
  if (!decision) refuse("its decision is not on record");
  if (decision->result != "granted") refuse("its decision is no grant");
  return std::move(*decision);
}

/// The assessment that stood when the token was issued: the last one of its request's version.
/// Of several of one second, the one that the token names is taken.
registry::RecordedAssessment standing_then(Database& database, const TokenClaims& claims,
                                           int version) {
  const std::string named = claims.assessment_sha256.hex();
  std::optional<registry::RecordedAssessment> last;
  for (registry::RecordedAssessment& one : registry::assessments_of(database, claims.request)) {
    if (one.version != version || one.at > claims.issued) continue;
    const bool is_named_earlier = last && last->row.sha256 == named && one.at == claims.issued;
    if (!is_named_earlier) last = std::move(one);
  }
  if (!last) refuse("there was no assessment when it was issued");
  if (last->row.sha256 != named) refuse("it names another assessment than the one that stood");
  return std::move(*last);
}

/// Nothing when one of its documents was erased.
std::optional<Grant> recorded_grant(Database& database, const TokenClaims& claims) {
  registry::Decision decision = granting_decision(database, claims);
  const auto standing = standing_then(database, claims, decision.version);
  registry::require_grantable(standing.row, decision.datasets, decision.resolves);
  const Digest request = registry::request_document(database, claims.request, decision.version);
  for (const Digest& document : {request, decision.document, standing.row.document}) {
    if (registry::find_erasure(database, document)) return std::nullopt;
  }
  model::Document minutes = load(database, decision.document, DocumentKind::decision, decision.id);
  const model::Document assessment =
      load(database, standing.row.document, DocumentKind::assessment, "assessment");
  return Grant{std::move(decision),
               std::move(minutes),
               load(database, request, DocumentKind::request, claims.request),
               holders_of(standing.row),
               rules::Assessment::from(assessment),
               claims.assessment_sha256};
}

}  // namespace

bool require_granted_claims(Database& database, const TokenClaims& claims) {
  const std::optional<Grant> grant = recorded_grant(database, claims);
  if (!grant) return false;
  TokenClaims granted = common_claims(*grant, registry::read_head(database).origin, claims.issued);
  const auto by_holder = datasets_by_holder(*grant);
  const auto datasets = by_holder.find(claims.holder);
  if (datasets == by_holder.end()) refuse("nothing was granted of its holder");
  granted.holder = claims.holder;
  granted.datasets = datasets->second;
  granted.users = users_for(*grant, granted.datasets);
  granted.id = claims.id;          // these three are compared with the token's event,
  granted.status = claims.status;  // by whoever calls this
  granted.endorsements = claims.endorsements;
  const json::Value expected = to_json(granted);
  const json::Value claimed = to_json(claims);
  for (const auto& [name, value] : claimed.as_object()) {
    const json::Value* other = expected.find(name);
    if (other != nullptr && json::canonical(*other) == json::canonical(value)) continue;
    refuse(fmt::format("its {} is not what request, decision and assessment give", name));
  }
  return true;
}

}  // namespace octroi::gate
