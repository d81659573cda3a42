// SPDX-License-Identifier: Apache-2.0
// The results of the use cases as the --json outputs of their commands: schemas/output/.
#include "gate/assessing.hpp"
#include "gate/audit.hpp"
#include "gate/board.hpp"
#include "gate/catalogue.hpp"
#include "gate/deciding.hpp"
#include "gate/issuing.hpp"
#include "gate/replaying.hpp"
#include "gate/requests.hpp"
#include "gate/trust_check.hpp"
#include "gate/verifying.hpp"

namespace octroi::gate {
namespace {

using json::Value;

/// Sets a member that is absent when there is no value for it.
void set_time(Value& object, std::string_view name, const std::optional<Instant>& time) {
  if (time) object.set(name, format_instant(*time));
}

void set_date(Value& object, std::string_view name, const std::optional<Date>& date) {
  if (date) object.set(name, format_date(*date));
}

void set_text(Value& object, std::string_view name, const std::string& text) {
  if (!text.empty()) object.set(name, text);
}

Value to_json(const BallotCounts& counts) {
  return json::object({{"for", counts.in_favour},
                       {"against", counts.against},
                       {"abstaining", counts.abstaining},
                       {"absent", counts.absent}});
}

/// Says so of what was erased, and nothing of what was not.
void set_erased(Value& object, bool is_erased) {
  if (is_erased) object.set("is_erased", true);
}

Value to_json(const DecisionRow& decision) {
  Value value = json::object({{"id", decision.id},
                              {"version", decision.version},
                              {"recorded_by", decision.recorded_by},
                              {"recorded", format_instant(decision.recorded)}});
  if (!decision.is_erased) value.set("document", decision.document);
  set_erased(value, decision.is_erased);
  return value;
}

Value to_json(const IssuedRow& token) {
  Value value = json::object({{"id", token.id},
                              {"holder", token.holder},
                              {"not_before", format_instant(token.not_before)},
                              {"expires", format_instant(token.expires)},
                              {"status", token.status}});
  set_text(value, "reason", token.reason);
  set_time(value, "since", token.since);
  set_text(value, "text", token.text);
  if (token.is_text_erased) value.set("is_text_erased", true);
  return value;
}

Value to_json(const HistoryEntry& entry) {
  Value value = json::object({{"seq", entry.seq},
                              {"at", format_instant(entry.at)},
                              {"type", entry.type},
                              {"member", entry.member}});
  set_text(value, "note", entry.note);
  return value;
}

Value to_json(const IssuedToken& token) {
  Value value = json::object({{"id", token.id},
                              {"holder", token.holder},
                              {"not_before", format_instant(token.not_before)},
                              {"expires", format_instant(token.expires)},
                              {"datasets", json::strings(token.datasets)},
                              {"is_new", token.is_new}});
  set_text(value, "token", token.text);
  return value;
}

std::string_view name_of(CheckOutcome outcome) {
  switch (outcome) {
    case CheckOutcome::passed:
      return "passed";
    case CheckOutcome::failed:
      return "failed";
    case CheckOutcome::skipped:
      return "skipped";
  }
  return "";
}

Value to_json(const TokenCheck& check) {
  return json::object(
      {{"name", check.name}, {"outcome", name_of(check.outcome)}, {"detail", check.detail}});
}

Value to_json(const TouchedItem& item) {
  return json::object({{"seq", item.seq},
                       {"at", format_instant(item.at)},
                       {"type", item.type},
                       {"id", item.id},
                       {"kid", item.kid}});
}

Value to_json(const AuditFault& fault) {
  Value value = json::object({{"what", fault.what}});
  if (fault.seq) value.set("seq", *fault.seq);
  return value;
}

std::string_view name_of(ReplayResult result) {
  switch (result) {
    case ReplayResult::same:
      return "same";
    case ReplayResult::differs:
      return "differs";
    case ReplayResult::erased:
      return "erased";
    case ReplayResult::unavailable:
      return "unavailable";
  }
  return "";
}

Value to_json(const ReplayedAssessment& replayed) {
  Value value = json::object({{"request", replayed.request},
                              {"version", replayed.version},
                              {"event", replayed.seq},
                              {"as_of", format_date(replayed.as_of)},
                              {"verdict", replayed.verdict},
                              {"sha256", replayed.sha256},
                              {"result", name_of(replayed.result)},
                              {"is_same_engine", replayed.is_same_engine}});
  set_text(value, "what", replayed.what);
  if (replayed.result == ReplayResult::differs && replayed.recorded != replayed.computed) {
    Value difference = json::object({{"pointer", replayed.pointer}});
    if (replayed.recorded) difference.set("recorded", *replayed.recorded);
    if (replayed.computed) difference.set("computed", *replayed.computed);
    value.set("difference", std::move(difference));
  }
  if (replayed.engine) {
    value.set("engine",
              json::object({{"rules", replayed.engine->rules}, {"facts", replayed.engine->facts}}));
  }
  return value;
}

template <typename Row>
Value list_of(const std::vector<Row>& rows) {
  Value list = Value::Array{};
  for (const Row& row : rows) list.push(to_json(row));
  return list;
}

}  // namespace

std::string_view name_of(TokenAnswer answer) {
  switch (answer) {
    case TokenAnswer::valid:
      return "valid";
    case TokenAnswer::malformed:
      return "malformed";
    case TokenAnswer::bad_signature:
      return "bad-signature";
    case TokenAnswer::expired:
      return "expired";
    case TokenAnswer::not_yet_valid:
      return "not-yet-valid";
    case TokenAnswer::revoked:
      return "revoked";
    case TokenAnswer::suspended:
      return "suspended";
    case TokenAnswer::status_stale:
      return "status-stale";
    case TokenAnswer::status_missing:
      return "status-missing";
    case TokenAnswer::bad_proof:
      return "bad-proof";
    case TokenAnswer::other_use:
      return "other-use";
  }
  return "";
}

Value to_json(const FoundedBoard& board) {
  return json::object({{"board", board.board},
                       {"origin", board.origin},
                       {"seal", board.seal},
                       {"members", json::strings(board.members)}});
}

Value to_json(const MemberRow& member) {
  Value value = json::object({{"id", member.id},
                              {"roles", json::strings(member.roles)},
                              {"kid", member.kid},
                              {"key", member.key},
                              {"since", format_instant(member.since)}});
  set_time(value, "retired", member.retired);
  if (!member.proposed_by.empty()) value.set("proposed_by", member.proposed_by);
  if (!member.retiring_by.empty()) value.set("retiring_by", member.retiring_by);
  return value;
}

Value to_json(const std::vector<MemberRow>& members) {
  return list_of(members);
}

Value to_json(const CatalogueRow& row) {
  Value value = json::object({{"id", row.id},
                              {"version", row.version},
                              {"title", row.title},
                              {"added", format_instant(row.added)}});
  set_text(value, "sha256", row.sha256);
  set_erased(value, row.is_erased);
  set_text(value, "holder", row.holder);
  return value;
}

Value to_json(const std::vector<CatalogueRow>& rows) {
  return list_of(rows);
}

Value to_json(const AdoptionRow& row) {
  Value value = json::object({{"id", row.id},
                              {"sha256", row.sha256},
                              {"title", json::object({{"en", row.title_en}, {"fr", row.title_fr}})},
                              {"from", format_date(row.from)},
                              {"adopted", format_instant(row.adopted)},
                              {"is_in_force", row.is_in_force}});
  set_date(value, "until", row.until);
  set_erased(value, row.is_erased);
  return value;
}

Value to_json(const std::vector<AdoptionRow>& rows) {
  return list_of(rows);
}

Value to_json(const RequestRow& row) {
  Value value = json::object({{"id", row.id},
                              {"version", row.version},
                              {"state", row.state},
                              {"title", row.title},
                              {"submitter", row.submitter},
                              {"submitted", format_instant(row.submitted)}});
  set_text(value, "verdict", row.verdict);
  set_erased(value, row.is_erased);
  set_text(value, "token_status", row.token_status);
  return value;
}

Value to_json(const std::vector<RequestRow>& rows) {
  return list_of(rows);
}

Value to_json(const RequestDetails& details) {
  Value value = json::object({{"request", to_json(details.row)},
                              {"decisions", list_of(details.decisions)},
                              {"tokens", list_of(details.tokens)},
                              {"history", list_of(details.history)}});
  if (details.document) value.set("document", details.document->value);
  if (details.assessment) value.set("assessment", details.assessment->to_json());
  if (details.deadlines) value.set("deadlines", to_json(*details.deadlines));
  return value;
}

Value to_json(const RecordedAssessment& assessment) {
  return json::object({{"request", assessment.request},
                       {"version", assessment.version},
                       {"assessment", assessment.assessment.to_json()},
                       {"sha256", assessment.sha256},
                       {"is_new", assessment.is_new}});
}

Value to_json(const RecordedDecision& decision) {
  Value value = json::object({{"request", decision.request},
                              {"result", decision.result},
                              {"rule", decision.rule},
                              {"ballots", to_json(decision.counts)},
                              {"datasets", json::strings(decision.datasets)},
                              {"resolves", json::strings(decision.resolves)}});
  set_text(value, "id", decision.id);
  set_date(value, "until", decision.until);
  return value;
}

Value to_json(const Issue& issue) {
  return json::object({{"request", issue.request},
                       {"decision", issue.decision},
                       {"tokens", list_of(issue.tokens)}});
}

Value to_json(const Verification& verification) {
  Value value = json::object({{"answer", name_of(verification.answer)},
                              {"checks", list_of(verification.checks)},
                              {"not_checked", json::strings(not_checked(verification))}});
  if (verification.claims) value.set("claims", to_json(*verification.claims));
  return value;
}

Value to_json(const TrustCheck& check) {
  return json::object({{"is_trusted", check.is_trusted()}, {"checks", list_of(check.checks)}});
}

Value to_json(const Inspection& inspection) {
  return json::object(
      {{"verified", false}, {"payload", inspection.payload}, {"footer", inspection.footer}});
}

Value to_json(const std::vector<ReplayedAssessment>& replayed) {
  return list_of(replayed);
}

Value to_json(const AuditReport& report) {
  Value value = json::object({{"origin", report.origin},
                              {"events", report.events},
                              {"documents", report.documents},
                              {"tokens", report.tokens},
                              {"head", report.head},
                              {"is_sound", report.is_sound()},
                              {"erased", report.erased},
                              {"assessments", report.assessments},
                              {"erased_assessments", report.erased_assessments},
                              {"erased_tokens", json::strings(report.erased_tokens)},
                              {"not_checked", list_of(report.not_checked)},
                              {"touched", list_of(report.touched)},
                              {"faults", list_of(report.faults)}});
  if (report.against) {
    Value against = json::object(
        {{"events", report.against->events}, {"events_after", report.against->events_after}});
    set_time(against, "last", report.against->last);
    value.set("against", std::move(against));
  }
  return value;
}

Value to_json(const TokenAudit& audit) {
  AuditReport report;
  report.origin = audit.origin;
  report.tokens = 1;
  for (const TokenCheck& check : audit.verification.checks) {
    if (check.outcome == CheckOutcome::skipped) {
      report.leave_out(AuditGapKind::skipped_checks, check.name);
    }
    if (check.outcome != CheckOutcome::failed) continue;
    report.faults.push_back({std::nullopt, check.name + ": " + check.detail});
  }
  Value value = to_json(report);
  value.set("answer",
            std::string(audit.is_damaged() ? "damaged" : name_of(audit.verification.answer)));
  return value;
}

}  // namespace octroi::gate
