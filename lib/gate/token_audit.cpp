// SPDX-License-Identifier: Apache-2.0
#include "gate/token_audit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "gate/token_claims.hpp"
#include "json/write.hpp"

namespace octroi::gate {
namespace {

using model::Document;
using model::DocumentKind;

[[noreturn]] void refuse(const std::string& what) {
  throw Error(ErrorCode::damaged, what);
}

[[noreturn]] void refuse_claim(const std::string& name) {
  refuse(fmt::format("its {} is not what request, decision and assessment give", name));
}

/// What a token was issued on, as the log has it.
struct Grounds {
  const registry::Decision& decision;
  const registry::AssessmentRow& standing;
  const std::string& origin;
  Instant issued;
};

const registry::Decision& granting_decision(const CaseRows& rows, const TokenClaims& claims) {
  const auto is_it = [&claims](const auto& one) { return one.id == claims.decision; };
  const auto decision = std::find_if(rows.decisions.begin(), rows.decisions.end(), is_it);
  if (decision == rows.decisions.end()) refuse("its decision is not on record");
  if (decision->result != "granted") refuse("its decision is no grant");
  return *decision;
}

/// The assessment that stood when the token was issued: the last one of its request's version that
/// the log has before that event.
const registry::AssessmentRow& standing_before(const CaseRows& rows, const TokenClaims& claims,
                                               int version, std::int64_t seq) {
  const registry::RecordedAssessment* last = nullptr;
  for (const registry::RecordedAssessment& one : rows.assessments) {
    if (one.version == version && one.row.seq < seq) last = &one;
  }
  if (last == nullptr) refuse("there was no assessment when it was issued");
  if (last->row.sha256 != claims.assessment_sha256.hex()) {
    refuse("it names another assessment than the one that stood");
  }
  return last->row;
}

/// What the tables alone tell, whatever was erased.
void require_recorded(const TokenClaims& claims, const Grounds& grounds) {
  if (claims.issuer != grounds.origin) refuse_claim("iss");
  if (claims.request_version != grounds.decision.version) refuse_claim("version");
  if (claims.issued != grounds.issued) refuse_claim("iat");
  if (claims.not_before != grounds.issued) refuse_claim("nbf");
  const std::vector<std::string>& granted = grounds.decision.datasets;
  std::multiset<std::string> expected;
  for (const auto& one : grounds.standing.datasets) {
    const bool is_granted = std::find(granted.begin(), granted.end(), one.dataset) != granted.end();
    if (is_granted && one.holder == claims.holder) expected.insert(one.dataset);
  }
  const std::vector<std::string> named = ids_of(claims.datasets);
  if (expected != std::multiset<std::string>(named.begin(), named.end())) refuse_claim("datasets");
}

/// The documents, as far as they are there.
struct Papers {
  std::shared_ptr<const Document> request;
  std::shared_ptr<const Document> decision;
  std::shared_ptr<const rules::Assessment> assessment;  ///< maybe without its findings

  [[nodiscard]] bool are_whole() const { return request && decision && assessment; }
};

Papers load_papers(Database& database, RecentDocuments& documents, const Grounds& grounds) {
  const registry::Decision& decision = grounds.decision;
  return {documents.find(registry::request_document(database, decision.request, decision.version),
                         DocumentKind::request, decision.request),
          documents.find(decision.document, DocumentKind::decision, decision.id),
          documents.assessment(grounds.standing.document)};
}

Document nothing_of(DocumentKind kind) {
  return {kind, "", json::Value(json::Value::Object{}), Digest{}};
}

/// The claims that the request gives, with what else there is of the grant.
TokenClaims claims_of_request(const TokenClaims& claims, const Grounds& grounds,
                              const Papers& papers) {
  const Grant grant{grounds.decision,
                    papers.decision ? *papers.decision : nothing_of(DocumentKind::decision),
                    *papers.request,
                    holders_of(grounds.standing),
                    papers.assessment ? *papers.assessment : rules::Assessment{},
                    claims.assessment_sha256};
  TokenClaims granted = common_claims(grant, grounds.origin, grounds.issued);
  const auto by_holder = datasets_by_holder(grant);
  const auto datasets = by_holder.find(claims.holder);
  if (datasets == by_holder.end()) refuse("nothing was granted of its holder");
  granted.holder = claims.holder;
  granted.datasets = datasets->second;
  granted.users = users_for(grant, granted.datasets);
  granted.id = claims.id;          // these three are compared with the token's event,
  granted.status = claims.status;  // by whoever calls this
  granted.endorsements = claims.endorsements;
  return granted;
}

bool holds_all(const std::vector<std::string>& texts, const std::vector<std::string>& parts) {
  return std::all_of(parts.begin(), parts.end(), [&texts](const std::string& part) {
    return std::find(texts.begin(), texts.end(), part) != texts.end();
  });
}

/// Where a document is gone, a claim that rests on it too is good when what is left allows it: a
/// rule that narrows could only have taken away from the rest.
void allow_for_gone(TokenClaims& granted, const TokenClaims& claims, const Papers& papers) {
  if (!papers.decision) granted.decision_sha256 = claims.decision_sha256;
  if (papers.decision && papers.assessment) return;
  if (holds_all(claims.conditions, granted.conditions)) granted.conditions = claims.conditions;
  if (papers.assessment) return;
  granted.rulebooks_sha256 = claims.rulebooks_sha256;
  if (holds_all(granted.users, claims.users)) granted.users = claims.users;
  if (claims.expires <= granted.expires) granted.expires = claims.expires;
}

/// Without the request, what the other two name.
TokenClaims claims_without_request(const TokenClaims& claims, const Papers& papers) {
  TokenClaims granted = claims;
  if (papers.decision) granted.decision_sha256 = papers.decision->sha256;
  if (papers.assessment) {
    granted.request_sha256 = papers.assessment->documents.request;
    granted.rulebooks_sha256 = papers.assessment->documents.rulebooks;
  }
  return granted;
}

void require_same_claims(const TokenClaims& claims, const TokenClaims& granted) {
  const json::Value expected = to_json(granted);
  const json::Value claimed = to_json(claims);
  for (const auto& [name, value] : claimed.as_object()) {
    const json::Value* other = expected.find(name);
    if (other == nullptr || json::canonical(*other) != json::canonical(value)) refuse_claim(name);
  }
}

}  // namespace

bool require_granted_claims(Database& database, RecentDocuments& documents, const CaseRows& rows,
                            const std::string& origin, const TokenClaims& claims,
                            const registry::HistoryRow& issue) {
  const registry::Decision& decision = granting_decision(rows, claims);
  const registry::AssessmentRow& standing =
      standing_before(rows, claims, decision.version, issue.seq);
  registry::require_grantable(standing, decision.datasets, decision.resolves);
  const Grounds grounds{decision, standing, origin, issue.at};
  require_recorded(claims, grounds);
  const Papers papers = load_papers(database, documents, grounds);
  TokenClaims granted = papers.request ? claims_of_request(claims, grounds, papers)
                                       : claims_without_request(claims, papers);
  if (papers.request) allow_for_gone(granted, claims, papers);
  require_same_claims(claims, granted);
  return papers.are_whole();
}

}  // namespace octroi::gate
