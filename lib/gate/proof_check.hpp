// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "gate/status_token.hpp"
#include "gate/token.hpp"
#include "json/value.hpp"
#include "note/policy.hpp"
#include "note/verifying.hpp"

namespace octroi::gate {

/// What a proof says of a token's issue.
struct ProofFinding {
  bool is_good = false;
  std::string detail;
};

/// Whom a trust document lets sign and witness its board's log: its `log_policy` (a tlog-policy
/// file), or else its log keys, with no witness asked for. Nothing when it has neither. Throws
/// Error(bad_input) when the policy is none, or is of another log than the document.
[[nodiscard]] std::optional<note::Policy> policy_of(const json::Value& trust);

/// Why none of the log keys that the trust document dates carries this checkpoint; "" when one
/// does. A document that dates none says nothing of when a key signs, so none does. A key that was
/// compromised carries it only where the quorum of the policy cosigned before; where no witness is
/// asked for, it carries nothing. With the time of an event: a key whose end is known carries no
/// later event.
[[nodiscard]] std::string log_key_fault(const json::Value& trust, const note::Policy& policy,
                                        const note::SignedCheckpoint& checkpoint,
                                        const note::TrustedCheckpoint& trusted,
                                        const std::optional<Instant>& event_at = {});

/// Whether a .tlog-proof shows that the issue of this token is an event of the board's log: the
/// event in it is of that log, names the token and the SHA-256 of its text, says the same of it as
/// its claims, and lies in a tree that a log key signed and the quorum of witnesses cosigned
/// (log_key_fault).
[[nodiscard]] ProofFinding look_up_issue(const TokenClaims& claims, std::string_view token_text,
                                         std::string_view proof_text, const json::Value& trust);

/// The same for a status list and its publication.
[[nodiscard]] ProofFinding look_up_publication(const StatusListClaims& claims,
                                               std::string_view list_text,
                                               std::string_view proof_text,
                                               const json::Value& trust);

}  // namespace octroi::gate
