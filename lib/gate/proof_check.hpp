// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "gate/token.hpp"
#include "json/value.hpp"
#include "note/policy.hpp"

namespace octroi::gate {

/// What a proof says of a token's issue.
struct ProofFinding {
  bool is_good = false;
  std::string detail;
};

/// Whom a trust document lets sign and witness its board's log: its `log_policy` (a tlog-policy
/// file), or else its log keys, with no witness asked for. Nothing when it has neither. Throws
/// Error(bad_input) when the policy is none, or is of another log.
[[nodiscard]] std::optional<note::Policy> policy_of(const json::Value& trust);

/// Whether a .tlog-proof shows that the issue of this token is an event of the board's log: the
/// event in it is of that log, names the token and the SHA-256 of its text, and lies in a tree that
/// the log key signed and the quorum of witnesses cosigned. A log key whose end is known counts
/// only for events of its time; one that was compromised only where a witness saw the head before.
[[nodiscard]] ProofFinding look_up_issue(const TokenClaims& claims, std::string_view token_text,
                                         std::string_view proof_text, const json::Value& trust);

}  // namespace octroi::gate
