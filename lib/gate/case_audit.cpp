// SPDX-License-Identifier: Apache-2.0
#include "gate/case_audit.hpp"

#include <fmt/format.h>

#include <map>
#include <optional>
#include <set>
#include <utility>

#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "gate/decision_audit.hpp"
#include "gate/recent_documents.hpp"
#include "gate/status_token.hpp"
#include "gate/token.hpp"
#include "gate/token_audit.hpp"
#include "json/read.hpp"
#include "paseto/v4_public.hpp"
#include "registry/decisions.hpp"
#include "registry/documents.hpp"
#include "registry/endorsements.hpp"
#include "registry/erasures.hpp"
#include "registry/log.hpp"
#include "registry/members.hpp"
#include "registry/statuses.hpp"

namespace octroi::gate {

/// Of one request.
class CaseAudit {
 public:
  CaseAudit(CaseAuditor& all, const std::string& request)
      : all_(all), database_(all.database_), request_(request), documents_(all.database_) {}

  AuditedCase run() {
    rows_.assessments = registry::assessments_of(database_, request_);
    audited_.assessments = static_cast<std::int64_t>(rows_.assessments.size());
    replay();
    check_grants();
    audited_.loaded = documents_.take_loaded();
    return std::move(audited_);
  }

 private:
  void replay() {
    for (const registry::RecordedAssessment& record : rows_.assessments) {
      ReplayedAssessment one = all_.replayer_.replay(record, documents_);
      if (one.result == ReplayResult::same) {
        ++audited_.same;
        if (one.frame) documents_.note(record.row.document, std::move(one.frame));
      } else {
        audited_.remarkable.push_back(std::move(one));
      }
    }
  }

  void check_grants() {
    rows_.decisions = registry::decisions_of(database_, request_);
    if (rows_.decisions.empty()) return;  // a token has a decision
    for (const registry::Decision& decision : rows_.decisions) {
      report_.check(decision.id, [&] {
        check_decision(database_, all_.charter_, decision, documents_, report_);
      });
    }
    for (const registry::Token& token : registry::tokens_of(database_, request_)) {
      ++report_.tokens;
      report_.check("token " + token.id, [&] { check_token(token); });
    }
  }

  static void require(bool holds, const std::string& what) {
    if (!holds) throw Error(ErrorCode::damaged, what);
  }

  bool is_erased(const Digest& document) {
    return registry::find_erasure(database_, document).has_value();
  }

  void check_token(const registry::Token& row) {
    if (is_erased(row.document)) {
      report_.erased_tokens.push_back(row.id);
      report_.leave_out(AuditGapKind::erased_tokens, row.id);
      return;
    }
    const std::string text = registry::load_document(database_, row.document, "token");
    documents_.note_loaded(row.document);
    require(crypto::sha256(text).hex() == row.sha256, "its text is not the one that was logged");
    const auto parts = paseto::parse(text);
    require(parts.has_value(), "it is no v4.public token");
    const auto claims = read_claims(json::read(parts->message, "token"));
    require(claims.has_value(), "its claims are not those of a release token");
    require(claims->id == row.id && claims->request == row.request &&
                claims->decision == row.decision && claims->holder == row.holder &&
                claims->not_before == row.not_before && claims->expires == row.expires,
            "it says something else than its event");
    require_sealed(all_.seals_, *parts, claims->issued);
    const registry::StatusEntry entry = registry::status_entry_of(database_, row.id);
    require(
        claims->status == StatusReference{entry.index, status_list_uri(claims->issuer, entry.list)},
        "it names another entry of the status lists than its event");
    const registry::HistoryRow issue = registry::issue_of(database_, row);
    check_endorsements(*claims, issue.member);
    // What rested on documents that were erased cannot be made again.
    if (require_granted_claims(database_, documents_, rows_, all_.origin_, *claims, issue)) return;
    report_.erased_tokens.push_back(row.id);
    report_.leave_out(AuditGapKind::tokens_in_part, row.id);
  }

  /// The token names exactly endorsements that are on record, each of another secretary, none of
  /// its issuer, and as many as the charter asks for.
  void check_endorsements(const TokenClaims& claims, const std::string& issuer) {
    std::map<Digest, std::string> recorded;
    for (const registry::Endorsement& one : registry::all_endorsements_of(
             database_, {claims.request, claims.request_version, claims.decision,
                         claims.assessment_sha256.hex()})) {
      recorded.emplace(one.event, one.member);
    }
    std::set<std::string> members;
    for (const Digest& event : claims.endorsements) {
      const auto found = recorded.find(event);
      require(found != recorded.end(), "it names an endorsement of it that is not on record");
      require(found->second != issuer, "it names an endorsement by who issued it");
      require(members.insert(found->second).second, "it names two endorsements by one member");
    }
    require(static_cast<int>(members.size()) >= all_.endorsements_,
            "it names fewer endorsements than the charter asks for");
  }

  CaseAuditor& all_;
  registry::SharedDatabase& database_;
  const std::string& request_;
  CaseRows rows_;
  RecentDocuments documents_;
  AuditedCase audited_;
  AuditReport& report_ = audited_.report;
};

CaseAuditor::CaseAuditor(registry::SharedDatabase& database)
    : database_(database),
      replayer_(database),
      origin_(registry::read_head(database).origin),
      endorsements_(registry::read_charter(database).endorsements),
      seals_(all_seals(database)),
      charter_(database) {}

AuditedCase CaseAuditor::audit(const std::string& request) {
  return CaseAudit(*this, request).run();
}

}  // namespace octroi::gate
