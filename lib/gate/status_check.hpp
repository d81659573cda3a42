// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "base/time.hpp"
#include "gate/status_token.hpp"
#include "gate/token.hpp"
#include "json/value.hpp"

namespace octroi::gate {

/// The status list that a verifier has, and how old it may be.
struct StatusGiven {
  std::optional<std::string> list;  ///< the text of the status list token
  std::optional<int> age_days_max;
  std::optional<std::string> proof = std::nullopt;  ///< the .tlog-proof of its publication
};

/// How long the lists of a seal are believed after the seal was replaced, unless a proof shows that
/// they are in the log. Who steals a seal that is out of use can still sign a list of the time when
/// it was in use; the log's keys and witnesses cannot be made to say that it was published then.
/// Twice the time in which the board makes the next list, if it is not told otherwise.
constexpr std::chrono::days k_replaced_seal_grace(2);

/// What a status list says of a token.
enum class StatusAnswer {
  valid,
  revoked,
  suspended,
  stale,     ///< genuine, but too old to say that it is valid
  unusable,  ///< not a list that this board made for this token by now
};

struct StatusFinding {
  StatusAnswer answer;
  std::string detail;
};

/// A status list whose signature was checked: what it says, or why it cannot be used.
struct OpenedStatusList {
  std::optional<StatusListClaims> claims;
  std::string fault;                                 ///< "" with claims
  std::optional<Instant> seal_until = std::nullopt;  ///< when its seal was replaced
  std::string logged = {};  ///< what the proof of its publication shows; "" without one
};
/// A proof that is given must be good.
[[nodiscard]] OpenedStatusList open_status_list(const json::Value& trust, std::string_view text,
                                                const std::optional<std::string>& proof = {});

/// Looks a token up in a status list, at a moment. The list must be signed by a seal of the trust
/// document that was in force, be this board's and the one that the token names, have entries of
/// two bits and one for the token, and not come from the future; where its seal was replaced more
/// than k_replaced_seal_grace ago, it must be shown to be in the log. A revocation counts however
/// old the list is; everything else only as long as the list is fresh. `list` was opened with that
/// trust document.
/// Source: draft-ietf-oauth-status-list, section "Validation Rules".
[[nodiscard]] StatusFinding look_up_status(const StatusReference& entry, const json::Value& trust,
                                           const OpenedStatusList& list,
                                           const std::optional<int>& age_days_max, Instant now);

}  // namespace octroi::gate
