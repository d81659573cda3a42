// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "gate/context.hpp"
#include "gate/recent_documents.hpp"
#include "gate/token.hpp"
#include "registry/assessments.hpp"
#include "registry/decisions.hpp"
#include "registry/requests.hpp"

namespace octroi::gate {

/// What the tables say of a request, in the order of the log.
struct CaseRows {
  std::vector<registry::RecordedAssessment> assessments;
  std::vector<registry::Decision> decisions;
};

/// Whether a token that was logged says what its request, decision and assessment give, and
/// nothing more: its claims are made again of the recorded documents and compared, each one.
/// Whoever holds the seal could write others. `rows` are of the request that it names, `origin` is
/// the log's, and `issue` the act that issued it.
/// False when a document that it rests on was erased: then only what the tables and the documents
/// that are left give is compared.
/// Throws Error when it does not, which names the first claim that is another.
[[nodiscard]] bool require_granted_claims(Database& database, RecentDocuments& documents,
                                          const CaseRows& rows, const std::string& origin,
                                          const TokenClaims& claims,
                                          const registry::HistoryRow& issue);

}  // namespace octroi::gate
