// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "gate/context.hpp"
#include "json/value.hpp"

namespace octroi::gate {

struct BallotCounts {
  int in_favour = 0;
  int against = 0;
  int abstaining = 0;
  int absent = 0;
};

/// A board's decision as its secretary writes it down. Ballots are counted or by name, not both.
struct DecisionDraft {
  std::string request;
  std::optional<BallotCounts> counts;
  std::map<std::string, std::string> by_name;  ///< name → "for", "against", "abstaining", "absent"
  Date date;                                   ///< of the session; not after today
  std::string reference;
  std::string minutes_name;
  Digest minutes_sha256;
  std::size_t minutes_bytes = 0;
  std::optional<std::string> result;  ///< "granted" or "refused"; computed when absent
  std::vector<std::string> resolves;  ///< findings that were referred to the board
  std::vector<std::string> datasets;  ///< granted; empty: all of the request
  std::optional<Date> until;          ///< an end earlier than the one asked for
  std::vector<std::string> conditions;
  std::string reason;
};

struct RecordedDecision {
  std::string id;  ///< "D-2026-0001"; "" after a dry run
  std::string request;
  std::string result;   ///< "granted" or "refused"
  std::string rule;     ///< the charter's: "unanimity-of-positions"
  BallotCounts counts;
  std::vector<std::string> datasets;
  std::optional<Date> until;
  std::vector<std::string> resolves;
};
[[nodiscard]] json::Value to_json(const RecordedDecision& decision);

/// Records a decision (secretaries; never on a request they submitted or are named in).
/// Throws Error(bad_input) on ballots that do not add up, or a stated result that contradicts them;
/// Error(not_allowed) for a grant against `refuse`; Error(not_yet) for a grant while something is
/// incomplete, not assessed, or a referred finding is not resolved (all are named).
/// A dry run does everything but record.
[[nodiscard]] RecordedDecision decide(Database& database, const Actor& actor,
                                      const DecisionDraft& draft, bool is_dry_run,
                                      const Context& context);

}  // namespace octroi::gate
