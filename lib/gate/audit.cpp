// SPDX-License-Identifier: Apache-2.0
#include "gate/audit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <variant>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "crypto/hash.hpp"
#include "gate/assessment_event.hpp"
#include "gate/catalogue_audit.hpp"
#include "gate/checkpoint_audit.hpp"
#include "gate/decision_audit.hpp"
#include "gate/recent_documents.hpp"
#include "gate/replaying.hpp"
#include "gate/status_audit.hpp"
#include "gate/status_token.hpp"
#include "gate/token.hpp"
#include "gate/token_audit.hpp"
#include "gate/touched.hpp"
#include "gate/trusted_seal.hpp"
#include "json/read.hpp"
#include "note/note.hpp"
#include "paseto/v4_public.hpp"
#include "registry/assessments.hpp"
#include "registry/checkpoints.hpp"
#include "registry/decisions.hpp"
#include "registry/documents.hpp"
#include "registry/endorsements.hpp"
#include "registry/erasures.hpp"
#include "registry/log.hpp"
#include "registry/members.hpp"
#include "registry/replay.hpp"
#include "registry/requests.hpp"
#include "registry/statuses.hpp"

namespace octroi::gate {
namespace {

/// What only the documents can show, once the log and the tables are known to be sound.
class DocumentAudit {
 public:
  DocumentAudit(Database& database, AuditReport& report, const Pace& pace)
      : database_(database),
        report_(report),
        pace_(pace),
        documents_(database, pace),
        has_document_faults_(!report.is_sound()) {}

  void run(const std::function<void(std::int64_t, std::int64_t)>& assessed) {
    replay_assessments(assessed);
    std::vector<DecidedCase> cases;
    for (const registry::Request& request : registry::all_requests(database_)) {
      DecidedCase one{registry::decisions_of(database_, request.id),
                      registry::tokens_of(database_, request.id)};
      if (one.decisions.empty()) continue;  // a token has a decision
      cases.push_back(std::move(one));
      if (cases.size() == k_cases_at_once) check_cases(cases);
    }
    check_cases(cases);
    const auto guarded = [this](const std::string& what, const auto& check) { guard(what, check); };
    audit_statuses(database_, guarded);
    audit_catalogue(database_, guarded);
  }

 private:
  /// A request about which something was decided.
  struct DecidedCase {
    std::vector<registry::Decision> decisions;
    std::vector<registry::Token> tokens;
  };
  static constexpr std::size_t k_cases_at_once = 64;  // bounds what is held of their documents

  /// Takes the cases away.
  void check_cases(std::vector<DecidedCase>& cases) {
    std::vector<RecentDocuments::Wanted> wanted;
    for (const DecidedCase& one : cases) {
      for (const registry::Decision& decision : one.decisions) want(decision, wanted);
    }
    documents_.read_ahead(wanted);
    for (const DecidedCase& one : cases) {
      for (const registry::Decision& decision : one.decisions) {
        guard(decision.id, [&] { check_decision(database_, decision, documents_, report_); });
      }
      for (const registry::Token& token : one.tokens) {
        ++report_.tokens;
        guard("token " + token.id, [&] { check_token(token); });
      }
    }
    cases.clear();
  }

  void want(const registry::Decision& decision, std::vector<RecentDocuments::Wanted>& wanted) {
    using model::DocumentKind;
    wanted.push_back({decision.document, DocumentKind::decision, decision.id});
    wanted.push_back({registry::request_document(database_, decision.request, decision.version),
                      DocumentKind::request, decision.request});
    if (decision.result != "granted") return;
    const auto last = registry::last_assessment(database_, decision.request, decision.version);
    if (last) wanted.push_back({last->document, DocumentKind::assessment, "assessment"});
  }

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
        report_.leave_out(
            AuditGapKind::erased_assessments,
            fmt::format("{} version {}, event {}", one.request, one.version, one.seq));
        return guard(one.request, [&] {
          require_known_holders(database_, registry::find_assessment(database_, one.seq).value());
        });
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
    require(crypto::sha256(text).hex() == row.sha256, "its text is not the one that was logged");
    const auto parts = paseto::parse(text);
    require(parts.has_value(), "it is no v4.public token");
    const auto claims = read_claims(json::read(parts->message, "token"));
    require(claims.has_value(), "its claims are not those of a release token");
    require(claims->id == row.id && claims->request == row.request &&
                claims->decision == row.decision && claims->holder == row.holder &&
                claims->not_before == row.not_before && claims->expires == row.expires,
            "it says something else than its event");
    require_sealed(database_, *parts, claims->issued);
    const registry::StatusEntry entry = registry::status_entry_of(database_, row.id);
    require(
        claims->status == StatusReference{entry.index, status_list_uri(claims->issuer, entry.list)},
        "it names another entry of the status lists than its event");
    const registry::HistoryRow issue = registry::issue_of(database_, row);
    check_endorsements(*claims, issue.member);
    // What rested on documents that were erased cannot be made again.
    if (require_granted_claims(database_, documents_, *claims, issue)) return;
    report_.erased_tokens.push_back(row.id);
    report_.leave_out(AuditGapKind::tokens_in_part, row.id);
  }

  /// The token names exactly endorsements that are on record, each of another secretary, none of
  /// its issuer, and as many as the charter asks for. (No event changes a charter.)
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
    const int wanted = registry::read_charter(database_).endorsements;
    require(static_cast<int>(members.size()) >= wanted,
            "it names fewer endorsements than the charter asks for");
  }

  Database& database_;
  AuditReport& report_;
  const Pace& pace_;
  RecentDocuments documents_;
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

bool is_after_now(std::int64_t seq, Instant at, Instant now, AuditReport& report) {
  if (at <= now) return false;
  if (at <= now + k_clock_skew_max) {
    report.leave_out(AuditGapKind::clock, fmt::format("event {} of {}", seq, format_instant(at)));
    return false;
  }
  report.faults.push_back(
      {seq, fmt::format("it is dated {}, and now is {}: its time is made up, or a clock is wrong",
                        format_instant(at), format_instant(now))});
  return true;
}

namespace {

/// Events that are dated after the auditor's own clock. Their times never go back (advance_head),
/// so that those are the last ones.
void check_times(Database& database, std::int64_t events, Instant now, AuditReport& report) {
  bool is_named = false;
  registry::visit_events(database, [&](std::int64_t seq, const std::string& text) {
    if (is_named || seq >= events) return;  // the others are not good
    is_named = is_after_now(seq, registry::read_event(text).at, now, report);
  });
}

/// What the documents that are gone were of.
void leave_out_erased(Database& database, AuditReport& report) {
  const std::vector<registry::Erasure> erasures = registry::all_erasures(database);
  report.erased = static_cast<std::int64_t>(erasures.size());
  if (erasures.empty()) return;
  std::map<Digest, std::string> names;
  for (const registry::NamedDocument& one : registry::named_documents(database)) {
    std::string name = one.kind + " " + one.owner;
    if (one.version > 0) name += fmt::format(" version {}", one.version);
    names.emplace(one.digest, std::move(name));
  }
  for (const registry::Erasure& erasure : erasures) {
    const auto name = names.find(erasure.document);
    report.leave_out(AuditGapKind::erased_documents,
                     name == names.end() ? erasure.kind : name->second);
  }
}

/// Whose keys the registry does not have: a log key's own line is of type ed25519, and its name is
/// the origin.
void leave_out_cosignatures(Database& database, AuditReport& report) {
  registry::visit_checkpoints(database, [&report](const registry::StoredCheckpoint& stored) {
    const auto read = note::parse_note(stored.note);
    const auto* note = std::get_if<note::Note>(&read);
    if (note == nullptr) return;  // a fault
    for (const note::SignatureLine& line : note->signatures) {
      if (line.name == report.origin) continue;
      report.leave_out(AuditGapKind::cosignatures,
                       fmt::format("{} events: {}", stored.size, line.name));
    }
  });
}

}  // namespace

void AuditReport::leave_out(AuditGapKind kind, std::string name) {
  const auto is_it = [kind](const AuditGap& gap) { return gap.kind == kind; };
  auto gap = std::find_if(not_checked.begin(), not_checked.end(), is_it);
  if (gap == not_checked.end()) gap = not_checked.insert(not_checked.end(), AuditGap{kind, {}});
  if (!name.empty()) gap->names.push_back(std::move(name));
}

bool TokenAudit::is_damaged() const {
  return std::any_of(
      verification.checks.begin(), verification.checks.end(), [](const TokenCheck& check) {
        const bool is_of_its_state =
            check.name == "not before" || check.name == "expires" || check.name == "status";
        return check.outcome == CheckOutcome::failed && !is_of_its_state;
      });
}

AuditReport audit(Database& database, Instant now,
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
  const registry::Head followed = registry::read_head(*replay.tables);
  report.head = followed.digest.hex();
  if (followed.at > now) check_times(database, replay.events, now, report);
  for (const registry::ReplayFault& fault : replay.faults) {
    report.faults.push_back({fault.seq, fault.what});
  }
  report.documents = registry::count_documents(database);
  if (replay.are_tables_sound) {
    DocumentAudit(database, report, pace).run(assessed);
  } else if (replay.is_log_whole) {
    report.leave_out(AuditGapKind::tables_differ);
  } else {
    report.leave_out(AuditGapKind::after_fault);
  }
  if (replay.is_log_whole) {
    for (std::string& fault : faults_of_checkpoints(database, *replay.tables)) {
      report.faults.push_back({std::nullopt, std::move(fault)});
    }
  }
  put_in_order(report.faults);
  if (replay.faults.empty()) {
    report.touched = touched_items(database);
    leave_out_erased(database, report);
    leave_out_cosignatures(database, report);
  }
  return report;
}

}  // namespace octroi::gate
