// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/parallel.hpp"
#include "gate/audit_gap.hpp"
#include "gate/context.hpp"
#include "gate/verifying.hpp"
#include "json/value.hpp"

namespace octroi::gate {

/// One thing that is not as it should be.
struct AuditFault {
  std::optional<std::int64_t> seq;  ///< the event, where the fault is in one
  std::string what;
};

/// Something that a compromised key signed from that moment on: it counts for nothing without other
/// proof of it.
struct TouchedItem {
  std::int64_t seq = 0;  ///< the event, or that of the token or status list
  Instant at;
  std::string type;  ///< the event's type; "token" or "status-list"
  std::string id;    ///< of the event or token; the list's number
  std::string kid;   ///< the key
};

/// The checkpoint from elsewhere that a log was held against, where it is of its past.
struct ComparedCheckpoint {
  std::int64_t events = 0;           ///< its size
  std::optional<Instant> last = {};  ///< when the last of them was; none where there are none
  std::int64_t events_after = 0;     ///< in the log since
};

struct AuditReport {
  std::string origin;
  std::int64_t events = 0;
  std::int64_t documents = 0;
  std::int64_t tokens = 0;
  std::string head;  ///< hex SHA-256 of the last event: two copies with the same head are the same
  std::vector<AuditFault> faults;  ///< the first bad event first; empty: all is well

  std::vector<TouchedItem> touched;  ///< by compromised keys, in the order of the log
  std::int64_t erased = 0;           ///< documents that are gone for good

  std::int64_t assessments = 0;            ///< that were computed again, byte for byte
  std::int64_t erased_assessments = 0;     ///< that cannot be: a document they rest on was erased
  std::vector<std::string> erased_tokens;  ///< ids, whose claims cannot be compared for the same

  std::optional<ComparedCheckpoint> against = {};
  std::vector<AuditGap> not_checked;  ///< in the order in which they were met, each kind once

  [[nodiscard]] bool is_sound() const { return faults.empty(); }
  /// Runs a check of the thing that it names; the Error that it throws becomes a fault.
  void check(const std::string& what, const std::function<void()>& check);
  /// Adds to what was not checked; `name` is of what, where that can be said.
  void leave_out(AuditGapKind kind, std::string name = "");
  /// Adds the faults, tokens and gaps of a part that was looked at by itself.
  void add(AuditReport part);
};
[[nodiscard]] json::Value to_json(const AuditReport& report);

/// What verifying a token with its proof said: each check that failed is a fault, each that had
/// nothing to compare with was not checked.
struct TokenAudit {
  Verification verification;
  std::string origin;  ///< of the board's log

  /// Whether a check failed of what was signed or logged, and not only of its time or its status.
  [[nodiscard]] bool is_damaged() const;
};
[[nodiscard]] json::Value to_json(const TokenAudit& audit);

/// Whether an event is dated after the auditor's own clock by more than k_clock_skew_max, which is
/// a fault that it adds to the report; what is within that is named there as left out.
bool is_after_now(std::int64_t seq, Instant at, Instant now, AuditReport& report);

/// Recomputes everything from the log's bytes: signatures, roles at the time, legal transitions,
/// digests, tables, and every assessment; nothing in the file is believed. What it cannot see of
/// the file alone, or because documents were erased, is named in the report (`not_checked`), but
/// for checkpoints from elsewhere: those are for whoever calls this (checkpoint_audit.hpp). `now`
/// is the auditor's own time: an event that is dated more than five minutes after it is a fault.
/// `progress` is called with events done and all, `assessed` likewise with assessments.
/// The report is the same at every pace.
[[nodiscard]] AuditReport audit(
    Database& database, Instant now,
    const std::function<void(std::int64_t, std::int64_t)>& progress,
    const std::function<void(std::int64_t, std::int64_t)>& assessed = {}, const Pace& pace = {});

}  // namespace octroi::gate
