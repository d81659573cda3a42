// SPDX-License-Identifier: Apache-2.0
#include "gate/decision_audit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "registry/endorsements.hpp"
#include "registry/requests.hpp"

namespace octroi::gate {
namespace {

using json::Value;
using model::Document;
using model::DocumentKind;

[[noreturn]] void fail_decision(const std::string& what) {
  throw Error(ErrorCode::damaged, what);
}

model::Ballots ballots_of(const Value& document) {
  const Value& counts = document.at("ballots").at("counts");
  const auto count = [&counts](const char* name) {
    return static_cast<int>(counts.at(name).as_integer());
  };
  return {count("for"), count("against"), count("abstaining"), count("absent")};
}

std::vector<std::string> sorted_texts(const Value& document, std::string_view member) {
  std::vector<std::string> texts = json::to_strings(document.find(member));
  std::sort(texts.begin(), texts.end());
  return texts;
}

/// Who can write the log could let an event say more than the board's own paper.
void require_as_decided(const registry::Decision& row, const Value& document) {
  const std::string until = row.valid_until ? format_date(*row.valid_until) : "";
  const std::pair<const char*, bool> members[] = {
      {"request", document.text("request") == row.request},
      {"version", document.at("version").as_integer() == row.version},
      {"result", document.text("result") == row.result},
      {"date", document.text("date") == format_date(row.decided_on)},
      {"until", document.text("until") == until},
      {"ballots", ballots_of(document) == row.ballots},
      {"minutes", document.at("minutes").text("sha256") == row.minutes_sha256},
      {"datasets", sorted_texts(document, "datasets") == row.datasets},
      {"resolves", sorted_texts(document, "resolves") == row.resolves}};
  for (const auto& [name, is_same] : members) {
    if (!is_same) {
      fail_decision(
          fmt::format("the decision's document says something else than its event: its {}", name));
    }
  }
}

/// The same member and value by which `decide` refuses it.
void require_independent_voters(const Value& document, const Document& request) {
  const Value* ballots = document.at("ballots").find("by_name");
  if (ballots == nullptr) return;
  for (const Value& ballot : ballots->as_array()) {
    refuse_named_voter(ballot.text("name"), ballot.text("vote"), request);
  }
}

}  // namespace

void check_decision(Database& database, const CharterNames& charter,
                    const registry::Decision& decision, RecentDocuments& documents,
                    AuditReport& report) {
  const auto document = documents.find(decision.document, DocumentKind::decision, decision.id);
  if (document) {
    require_as_decided(decision, document->value);
  } else {
    report.leave_out(AuditGapKind::erased_decisions, decision.id);
  }
  const auto request =
      documents.find(registry::request_document(database, decision.request, decision.version),
                     DocumentKind::request, decision.request);
  if (!request) {
    return report.leave_out(AuditGapKind::erased_requests,
                            fmt::format("{} version {}", decision.request, decision.version));
  }
  if (is_named_in(charter, decision.recorded_by, *request)) {
    fail_decision(decision.recorded_by + " recorded a decision on a request that names them");
  }
  for (const std::string& endorser : registry::endorsers_of(database, decision.id)) {
    if (is_named_in(charter, endorser, *request)) {
      fail_decision(endorser + " endorsed a release that names them");
    }
  }
  if (document) require_independent_voters(document->value, *request);
}

}  // namespace octroi::gate
