// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gate/context.hpp"
#include "gate/deadlines.hpp"
#include "json/value.hpp"
#include "model/document.hpp"
#include "rules/assessment.hpp"

namespace octroi::gate {

/// What a request's history has come to.
/// submitted → assessed → granted | refused → issued; withdrawn ends it before issue.
struct RequestRow {
  std::string id;  ///< "R-2026-0001"
  int version = 1;
  std::string state;  ///< "submitted", "assessed", "granted", "refused", "issued", "withdrawn"
  std::string title;
  std::string submitter;   ///< a member's id
  Instant submitted;       ///< this version
  std::string verdict;     ///< of the last assessment of this version, or ""
  bool is_erased = false;  ///< the request's document is gone for good, and with it the title
  /// Of its tokens, once they are issued: "valid", "suspended" or "revoked" where all are, "mixed"
  /// where they differ; else "".
  std::string token_status = "";
};
[[nodiscard]] json::Value to_json(const RequestRow& row);
[[nodiscard]] json::Value to_json(const std::vector<RequestRow>& rows);

/// Submits a request (researchers only), or with `amends` a new version of one's own request, whose
/// assessment and decision then no longer count. Every dataset and the provider must be known.
[[nodiscard]] RequestRow submit(Database& database, const Actor& actor,
                                const model::Document& request,
                                const std::optional<std::string>& amends, const Context& context);

/// Withdraws one's own request, as long as no token was issued for it.
[[nodiscard]] RequestRow withdraw(Database& database, const Actor& actor, const std::string& id,
                                  const Context& context);

/// The last `most` requests, or all, in the order of the log; only those in one of `states` when
/// any is given.
[[nodiscard]] std::vector<RequestRow> list_requests(Database& database,
                                                    const std::vector<std::string>& states,
                                                    std::optional<std::size_t> most = std::nullopt);

struct HistoryEntry {
  std::int64_t seq;  ///< position in the log
  Instant at;
  std::string type;    ///< "request.submitted", …
  std::string member;  ///< who acted
  std::string note;    ///< what it came to: a verdict, a result, a token id
};

/// A token that was issued.
struct IssuedRow {
  std::string id;
  std::string holder;
  Instant not_before;
  Instant expires;
  std::string status = "valid";  ///< "valid", "suspended", "revoked"
  std::string reason = {};       ///< of the last act that counts; "" before the first
  std::optional<Instant> since = {};
  std::string text = {};        ///< that reason in words; "" where there are none, or not any more
  bool is_text_erased = false;  ///< they are gone for good
};

/// A decision that was recorded.
struct DecisionRow {
  std::string id;        ///< "D-2026-0001"
  int version = 1;       ///< of the request it was about
  json::Value document;  ///< schemas/decision.schema.json
  std::string recorded_by;
  Instant recorded;
  bool is_erased = false;  ///< the document is gone for good
};

/// Everything about one request.
struct RequestDetails {
  RequestRow row;
  std::optional<model::Document> document;      ///< of the current version; none: erased
  std::optional<rules::Assessment> assessment;  ///< the last of this version
  std::vector<DecisionRow> decisions;
  std::vector<IssuedRow> tokens;
  std::vector<HistoryEntry> history;
  bool is_assessment_erased = false;
  std::optional<CaseDeadlines> deadlines;  ///< where they were asked for
};
[[nodiscard]] json::Value to_json(const RequestDetails& details);

/// The status of its tokens is that of a past moment, where one is named; all else is as it is now.
/// Throws Error(bad_input) when there is no such request.
[[nodiscard]] RequestDetails show_request(Database& database, const std::string& id,
                                          std::optional<Instant> status_at = {});

/// The same with the legal deadlines on a day, which alone depend on it. Throws Error(bad_input)
/// also when `status_at` is of a day before it was submitted, and no deadline had begun.
[[nodiscard]] RequestDetails show_request(Database& database, const std::string& id, Date as_of,
                                          std::optional<model::HolidayCalendar> calendar,
                                          std::optional<Instant> status_at = {});

}  // namespace octroi::gate
