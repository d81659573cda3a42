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
};

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
  std::string fault;  ///< "" with claims
};
[[nodiscard]] OpenedStatusList open_status_list(const json::Value& trust, std::string_view text);

/// Looks a token up in a status list, at a moment. The list must be signed by a seal of the trust
/// document that was in force, be this board's and the one that the token names, have entries of
/// two bits and one for the token, and not come from the future. A revocation counts however old
/// the list is; everything else only as long as the list is fresh.
/// Source: draft-ietf-oauth-status-list, section "Validation Rules".
[[nodiscard]] StatusFinding look_up_status(const StatusReference& entry, const json::Value& trust,
                                           const std::string& list,
                                           const std::optional<int>& age_days_max, Instant now);
/// The same in a list that was opened with that trust document.
[[nodiscard]] StatusFinding look_up_status(const StatusReference& entry, const json::Value& trust,
                                           const OpenedStatusList& list,
                                           const std::optional<int>& age_days_max, Instant now);

}  // namespace octroi::gate
