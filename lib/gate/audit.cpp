// SPDX-License-Identifier: Apache-2.0
#include "gate/audit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>
#include <variant>

#include "base/error.hpp"
#include "base/in_parts.hpp"
#include "base/safe_text.hpp"
#include "gate/assessment_event.hpp"
#include "gate/case_audit.hpp"
#include "gate/catalogue_audit.hpp"
#include "gate/checkpoint_audit.hpp"
#include "gate/replaying.hpp"
#include "gate/status_audit.hpp"
#include "gate/touched.hpp"
#include "note/note.hpp"
#include "registry/assessments.hpp"
#include "registry/checkpoints.hpp"
#include "registry/document_check.hpp"
#include "registry/documents.hpp"
#include "registry/erasures.hpp"
#include "registry/log.hpp"
#include "registry/members.hpp"
#include "registry/replay.hpp"
#include "registry/requests.hpp"
#include "registry/shared_database.hpp"

namespace octroi::gate {
namespace {

constexpr std::size_t k_bytes_of_case = 16U << 10U;  // about: a thread takes some at once

/// What only the documents can show, once the log and the tables are known to be sound.
class DocumentAudit {
 public:
  /// `beside`: a second connection that sees the same, or nullptr.
  DocumentAudit(Database& database, Database* beside, AuditReport& report, const Pace& pace)
      : database_(database), beside_(beside), report_(report), pace_(pace) {}

  /// Looks at all requests, and gives the documents that were loaded for it. What was found is not
  /// in the report yet.
  std::vector<Digest> check_cases(const std::function<void(std::int64_t, std::int64_t)>& assessed) {
    const std::vector<registry::Request> requests = registry::all_requests(database_);
    const std::int64_t all = registry::count_assessments(database_);
    registry::SharedDatabase shared(database_, beside_);
    CaseAuditor auditor(shared);
    std::int64_t done = 0;
    InParts<std::string, AuditedCase> parts(
        pace_, [&auditor](const std::string& request) { return auditor.audit(request); },
        [&](std::vector<AuditedCase>&& part) {
          for (AuditedCase& one : part) {
            for (std::int64_t i = 0; assessed && i < one.assessments; ++i) assessed(++done, all);
            take(std::move(one));
          }
          return true;
        });
    for (const registry::Request& one : requests) parts.add(one.id, k_bytes_of_case);
    parts.finish();
    return std::move(loaded_);
  }

  /// Puts it there, with what is wrong in statuses and the catalogue. `has_document_faults`: the
  /// report names documents that are not as they should be.
  void finish(bool has_document_faults) {
    has_document_faults_ = has_document_faults;
    // As if all assessments had been replayed first, in the order of the log.
    std::sort(remarkable_.begin(), remarkable_.end(),
              [](const auto& left, const auto& right) { return left.seq < right.seq; });
    for (const ReplayedAssessment& one : remarkable_) take(one);
    report_.add(std::move(of_cases_));
    audit_statuses(database_, report_);
    audit_catalogue(database_, report_);
  }

 private:
  void take(AuditedCase one) {
    report_.assessments += one.same;
    remarkable_.insert(remarkable_.end(), std::make_move_iterator(one.remarkable.begin()),
                       std::make_move_iterator(one.remarkable.end()));
    of_cases_.add(std::move(one.report));
    loaded_.insert(loaded_.end(), one.loaded.begin(), one.loaded.end());
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
        return report_.check(one.request, [&] {
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

  Database& database_;
  Database* beside_;
  AuditReport& report_;
  const Pace& pace_;
  bool has_document_faults_ = false;
  AuditReport of_cases_;                        ///< of decisions and tokens
  std::vector<ReplayedAssessment> remarkable_;  ///< assessments that were not simply the same
  std::vector<Digest> loaded_;
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

void AuditReport::add(AuditReport part) {
  tokens += part.tokens;
  std::move(part.faults.begin(), part.faults.end(), std::back_inserter(faults));
  std::move(part.erased_tokens.begin(), part.erased_tokens.end(),
            std::back_inserter(erased_tokens));
  for (AuditGap& gap : part.not_checked) {
    leave_out(gap.kind);
    for (std::string& name : gap.names) leave_out(gap.kind, std::move(name));
  }
}

void AuditReport::check(const std::string& what, const std::function<void()>& check) {
  try {
    check();
  } catch (const Error& error) {
    faults.push_back({std::nullopt, fmt::format("{}: {}", what, error.what())});
  }
}

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
  std::unique_ptr<Database> beside;
  registry::Transaction transaction(database, beside);
  AuditReport report;
  for (const std::string& table : registry::missing_tables(database)) {
    report.faults.push_back({std::nullopt, fmt::format("table {} is missing", table)});
  }
  if (!report.is_sound()) return report;
  const registry::Head head = registry::read_head(database);
  const registry::Replay replay = registry::replay(database, beside.get(), progress, pace);
  report.origin = head.origin;
  report.events = replay.events;
  const registry::Head followed = registry::read_head(*replay.tables);
  report.head = followed.digest.hex();
  if (followed.at > now) check_times(database, replay.events, now, report);
  for (const registry::ReplayFault& fault : replay.faults) {
    report.faults.push_back({fault.seq, fault.what});
  }
  report.documents = registry::count_documents(database);
  DocumentAudit documents(database, beside.get(), report, pace);
  std::vector<Digest> loaded;
  if (replay.are_tables_sound) loaded = documents.check_cases(assessed);
  std::vector<registry::ReplayFault> of_documents;
  if (replay.is_log_whole) {
    of_documents = registry::faults_of_documents(database, replay, std::move(loaded), pace);
  }
  for (const registry::ReplayFault& fault : of_documents) {
    report.faults.push_back({fault.seq, fault.what});
  }
  if (replay.are_tables_sound) {
    documents.finish(!report.is_sound());
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
  if (replay.faults.empty() && of_documents.empty()) {
    report.touched = touched_items(database);
    leave_out_erased(database, report);
    leave_out_cosignatures(database, report);
  }
  return report;
}

}  // namespace octroi::gate
