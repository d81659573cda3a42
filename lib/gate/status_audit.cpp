// SPDX-License-Identifier: Apache-2.0
#include "gate/status_audit.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "gate/acting.hpp"
#include "gate/conflict.hpp"
#include "gate/status_publishing.hpp"
#include "gate/status_token.hpp"
#include "gate/trusted_seal.hpp"
#include "json/read.hpp"
#include "registry/decisions.hpp"
#include "registry/documents.hpp"
#include "registry/erasures.hpp"
#include "registry/log.hpp"
#include "registry/requests.hpp"
#include "registry/statuses.hpp"

namespace octroi::gate {
namespace {

void require_that(bool holds, const std::string& what) {
  if (!holds) throw Error(ErrorCode::damaged, what);
}

void check_list(Database& database, const registry::PublishedListRow& row) {
  require_as_logged(database, row,
                    registry::load_document(database, row.document, registry::k_status_list_kind));
}

/// Whoever resumed a token is not named in the request that it was issued for.
void check_resumptions(Database& database, const registry::Token& token) {
  for (const registry::TokenActRow& act : registry::acts_on(database, token.id)) {
    if (act.act != registry::TokenAct::resumed) continue;
    const auto decision = registry::find_decision(database, token.request, token.decision);
    if (!decision) continue;
    const Digest bytes = registry::request_document(database, token.request, decision->version);
    if (registry::find_erasure(database, bytes)) continue;
    require_that(!is_named_in(database, act.recorded_by,
                              load(database, bytes, model::DocumentKind::request, token.request)),
                 act.recorded_by + " resumed a token of a request that names them");
  }
}

}  // namespace

void require_as_logged(Database& database, const registry::PublishedListRow& row,
                       const std::string& text) {
  require_that(crypto::sha256(text).hex() == row.sha256, "its text is not the one that was logged");
  const auto parts = paseto::parse(text);
  require_that(parts.has_value(), "it is no v4.public token");
  const auto claims = read_status_claims(json::read(parts->message, "status list"));
  require_that(claims.has_value(), "its claims are not those of a status list");
  require_sealed(database, *parts, claims->issued);
  const std::string origin = registry::read_head(database).origin;
  require_that(claims->issuer == origin && claims->uri == status_list_uri(origin, row.list) &&
                   claims->issued == row.issued && claims->next_update == row.next_update &&
                   claims->expires == row.expires,
               "it says something else than its event");
  require_that(claims->list == build_status_list(database, row.list, row.seq),
               "it does not say of every token what the events before it make of it");
}

void audit_statuses(Database& database, AuditReport& report) {
  for (const registry::PublishedListRow& row : registry::published_lists(database)) {
    report.check(fmt::format("status list {} of {}", row.list, format_instant(row.issued)),
                 [&] { check_list(database, row); });
  }
  for (const registry::Token& token : registry::all_tokens(database)) {
    report.check("token " + token.id, [&] { check_resumptions(database, token); });
  }
}

}  // namespace octroi::gate
