// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "model/decision.hpp"
#include "registry/database.hpp"
#include "registry/event.hpp"
#include "registry/members.hpp"
#include "registry/requests.hpp"

/// The tables decisions and tokens.
namespace octroi::registry {

struct Decision {
  std::string id;
  std::string request;
  int version = 1;
  std::string result;  ///< "granted" or "refused"
  Date decided_on;
  std::optional<Date> valid_until;
  Digest document;
  std::string recorded_by;
  Instant recorded;
  std::vector<std::string> datasets;  ///< sorted
  std::vector<std::string> resolves;  ///< sorted
  model::Ballots ballots;
  std::string minutes_sha256;
};

struct Token {
  std::string id;
  std::string request;
  std::string decision;
  std::string holder;
  std::string sha256;  ///< of the token's text
  Instant not_before;
  Instant expires;
  Digest document;
};

void apply_decision_recorded(const Event& event, const Member& member, Database& database);
void apply_token_issued(const Event& event, const Member& member, Database& database);

/// "granted" or "refused": what the charter's rule makes of the ballots on releasing the data.
/// Throws Error(bad_input) when they do not add up to the board's seats, Error(not_yet) when too
/// few were present.
[[nodiscard]] std::string result_of(Database& database, const model::Ballots& ballots);

/// Throws unless a grant of these datasets, with these findings resolved, answers everything the
/// assessment found: Error(not_allowed) when a rule refuses one of them, Error(not_yet) when one is
/// incomplete or a referred finding is not resolved. All of them are named.
void require_grantable(const AssessmentRow& assessment, const std::vector<std::string>& datasets,
                       const std::vector<std::string>& resolves);

/// Of a request, in the order of the log.
[[nodiscard]] std::vector<Decision> decisions_of(Database& database, const std::string& request);

/// The decision of that id on a request; nothing when there is none.
[[nodiscard]] std::optional<Decision> find_decision(Database& database, const std::string& request,
                                                    const std::string& id);
/// The last decision about a version of a request.
[[nodiscard]] std::optional<Decision> last_decision(Database& database, const std::string& request,
                                                    std::int64_t version);
/// Of a request, by holder.
[[nodiscard]] std::vector<Token> tokens_of(Database& database, const std::string& request);
/// All, by id.
[[nodiscard]] std::vector<Token> all_tokens(Database& database);

/// The act that issued a token, in the history of its request. Throws Error(damaged) when there is
/// none.
[[nodiscard]] HistoryRow issue_of(Database& database, const Token& token);

}  // namespace octroi::registry
