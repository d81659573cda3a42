// SPDX-License-Identifier: Apache-2.0
#include "gate/audit.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "crypto/hash.hpp"
#include "gate/acting.hpp"
#include "gate/checkpoint_audit.hpp"
#include "gate/conflict.hpp"
#include "gate/replaying.hpp"
#include "gate/status_audit.hpp"
#include "gate/status_token.hpp"
#include "gate/token.hpp"
#include "gate/token_audit.hpp"
#include "gate/touched.hpp"
#include "gate/trusted_seal.hpp"
#include "json/read.hpp"
#include "paseto/v4_public.hpp"
#include "registry/assessments.hpp"
#include "registry/decisions.hpp"
#include "registry/documents.hpp"
#include "registry/endorsements.hpp"
#include "registry/erasures.hpp"
#include "registry/keys.hpp"
#include "registry/log.hpp"
#include "registry/members.hpp"
#include "registry/replay.hpp"
#include "registry/requests.hpp"
#include "registry/statuses.hpp"

namespace octroi::gate {
namespace {

using model::DocumentKind;

/// What only the documents can show, once the log and the tables are known to be sound.
class DocumentAudit {
 public:
  DocumentAudit(Database& database, AuditReport& report, const Pace& pace)
      : database_(database),
        report_(report),
        pace_(pace),
        has_document_faults_(!report.is_sound()) {}

  void run(const std::function<void(std::int64_t, std::int64_t)>& assessed) {
    replay_assessments(assessed);
    for (const registry::Request& request : registry::all_requests(database_)) {
      for (const registry::Decision& decision : registry::decisions_of(database_, request.id)) {
        guard(decision.id, [&] { check_decision(decision); });
      }
    }
    for (const registry::Token& token : registry::all_tokens(database_)) {
      ++report_.tokens;
      guard("token " + token.id, [&] { check_token(token); });
    }
    audit_statuses(database_,
                   [this](const std::string& what, const auto& check) { guard(what, check); });
  }

 private:
  template <typename Check>
  void guard(const std::string& what, Check check) {
    try {
      check();
    } catch (const Error& error) {
      report_.faults.push_back({std::nullopt, fmt::format("{}: {}", what, error.what())});
    }
  }

  static void require(bool holds, const std::string& what) {
    if (!holds) throw Error(ErrorCode::damaged, what);
  }

  void replay_assessments(const std::function<void(std::int64_t, std::int64_t)>& assessed) {
    const auto records = registry::all_assessments(database_);
    const auto all = static_cast<std::int64_t>(records.size());
    AssessmentReplayer replayer(database_);
    std::int64_t done = 0;
    const auto take_next = [&](const ReplayedAssessment& one) {
      take(one);
      if (assessed) assessed(++done, all);
    };
    replayer.replay_all(records, take_next, pace_);
  }

  void take(const ReplayedAssessment& one) {
    std::string what = fmt::format("{}: {}", one.request, one.what);
    if (!one.pointer.empty()) what += ", first at " + printable(one.pointer);
    switch (one.result) {
      case ReplayResult::same:
        ++report_.assessments;
        return;
      case ReplayResult::erased:
        ++report_.erased_assessments;
        return;
      case ReplayResult::unavailable:
        // The document's own fault is listed already, once and not for each assessment of it.
        if (has_document_faults_) return;
        break;
      case ReplayResult::differs:
        if (!one.is_of_other_engine()) break;
        // Still a fault: else whoever names another engine would write what they like.
        what += fmt::format("; it names another engine ({}): audit with that version of octroi",
                            printable(one.engine ? one.engine->rules : ""));
        break;
    }
    report_.faults.push_back({one.seq, std::move(what)});
  }

  void check_decision(const registry::Decision& decision) {
    if (!is_erased(decision.document)) {
      const model::Document document =
          load(database_, decision.document, DocumentKind::decision, decision.id);
      require(document.value.text("result") == decision.result &&
                  document.value.text("request") == decision.request,
              "the decision's document says something else than its event");
    }
    const Digest bytes = registry::request_document(database_, decision.request, decision.version);
    if (is_erased(bytes)) return;
    const model::Document request = load(database_, bytes, DocumentKind::request, decision.request);
    require(!is_named_in(database_, decision.recorded_by, request),
            decision.recorded_by + " recorded a decision on a request that names them");
    for (const std::string& endorser : registry::endorsers_of(database_, decision.id)) {
      require(!is_named_in(database_, endorser, request),
              endorser + " endorsed a release that names them");
    }
  }

  bool is_erased(const Digest& document) {
    return registry::find_erasure(database_, document).has_value();
  }

  void check_token(const registry::Token& row) {
    if (is_erased(row.document)) {
      report_.erased_tokens.push_back(row.id);
      return;
    }
    const std::string text = registry::load_document(database_, row.document, "token");
    require(crypto::sha256(text).hex() == row.sha256, "its text is not the one that was logged");
    const auto parts = paseto::parse(text);
    require(parts.has_value(), "it is no v4.public token");
    const auto seal = seal_of(*parts);
    require(seal.has_value(), "no seal of the board signed it");
    const auto claims = read_claims(json::read(parts->message, "token"));
    require(claims.has_value(), "its claims are not those of a release token");
    require(claims->id == row.id && claims->request == row.request &&
                claims->decision == row.decision && claims->holder == row.holder &&
                claims->not_before == row.not_before && claims->expires == row.expires,
            "it says something else than its event");
    require(seal->from <= claims->issued && (!seal->until || claims->issued <= *seal->until),
            "its seal was not in use when it was issued");
    const registry::StatusEntry entry = registry::status_entry_of(database_, row.id);
    require(
        claims->status == StatusReference{entry.index, status_list_uri(claims->issuer, entry.list)},
        "it names another entry of the status lists than its event");
    check_endorsements(*claims);
    // What rested on documents that were erased cannot be made again.
    if (!require_granted_claims(database_, *claims)) report_.erased_tokens.push_back(row.id);
  }

  /// The token names exactly endorsements that are on record, of others than its issuer, and as
  /// many as the charter asks for.
  void check_endorsements(const TokenClaims& claims) {
    const std::vector<Digest> recorded = registry::endorsing_events(
        database_,
        {claims.request, claims.request_version, claims.decision, claims.assessment_sha256.hex()});
    for (const Digest& event : claims.endorsements) {
      require(std::find(recorded.begin(), recorded.end(), event) != recorded.end(),
              "it names an endorsement of it that is not on record");
    }
    const int wanted = registry::read_charter(database_).endorsements;
    require(static_cast<int>(claims.endorsements.size()) >= wanted,
            "it names fewer endorsements than the charter asks for");
  }

  std::optional<registry::KeyRecord> seal_of(const paseto::Unverified& token) {
    for (const registry::KeyRecord& seal : registry::keys_of(database_, registry::KeyUse::seal)) {
      if (paseto::verify(seal.key, token)) return seal;
    }
    return std::nullopt;
  }

  Database& database_;
  AuditReport& report_;
  const Pace& pace_;
  bool has_document_faults_;  ///< before this began
};

/// Faults in events first, by position; the others as they were found.
void put_in_order(std::vector<AuditFault>& faults) {
  std::stable_sort(faults.begin(), faults.end(), [](const auto& left, const auto& right) {
    if (left.seq && right.seq) return *left.seq < *right.seq;
    return left.seq.has_value() && !right.seq.has_value();
  });
}

}  // namespace

AuditReport report_of(const Verification& verification, std::string origin) {
  AuditReport report;
  report.origin = std::move(origin);
  report.tokens = 1;
  for (const TokenCheck& check : verification.checks) {
    if (check.outcome != CheckOutcome::failed) continue;
    report.faults.push_back({std::nullopt, fmt::format("{}: {}", check.name, check.detail)});
  }
  return report;
}

AuditReport audit(Database& database,
                  const std::function<void(std::int64_t, std::int64_t)>& progress,
                  const std::function<void(std::int64_t, std::int64_t)>& assessed,
                  const Pace& pace) {
  registry::Transaction transaction(database, registry::Transaction::Kind::read);
  AuditReport report;
  for (const std::string& table : registry::missing_tables(database)) {
    report.faults.push_back({std::nullopt, fmt::format("table {} is missing", table)});
  }
  if (!report.is_sound()) return report;
  const registry::Head head = registry::read_head(database);
  const registry::Replay replay = registry::replay(database, progress, pace);
  report.origin = head.origin;
  report.events = replay.events;
  report.head = registry::read_head(*replay.tables).digest.hex();
  for (const registry::ReplayFault& fault : replay.faults) {
    report.faults.push_back({fault.seq, fault.what});
  }
  report.documents = registry::count_documents(database);
  if (replay.are_tables_sound) DocumentAudit(database, report, pace).run(assessed);
  if (replay.is_log_whole) {
    for (std::string& fault : faults_of_checkpoints(database, *replay.tables)) {
      report.faults.push_back({std::nullopt, std::move(fault)});
    }
  }
  put_in_order(report.faults);
  if (replay.faults.empty()) {
    report.touched = touched_items(database);
    report.erased = static_cast<std::int64_t>(registry::all_erasures(database).size());
  }
  return report;
}

}  // namespace octroi::gate
