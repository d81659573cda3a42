// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.hpp"
#include "gate/verifying.hpp"
#include "rules/outcome.hpp"

namespace octroi::app {

/// What octroi ends with: scripts rely on these numbers, so they never change.
enum class ExitCode : int {
  yes = 0,              ///< done, clear, valid
  could_not = 1,        ///< input/output, busy, internal
  usage = 2,            ///< the command line is wrong
  bad_input = 3,        ///< a file or value is wrong
  no = 4,               ///< refused by a rule, role, decision or state
  not_yet = 5,          ///< something is referred to the board, incomplete or still missing
  malformed = 10,       ///< verify: no token
  bad_signature = 11,   ///< verify: signature, key or board
  expired = 12,         ///< verify
  not_yet_valid = 13,   ///< verify
  revoked = 14,         ///< verify: revoked or suspended
  other_use = 15,       ///< verify: other dataset, purpose, place, person or holder than stated
  status_unknown = 16,  ///< verify: the status list is missing, refused or stale
  bad_proof = 17,       ///< verify, witness: proof or log
  damaged = 20,         ///< the registry does not hold what it says it holds
};

/// The worse of the answers to two of many: the numbers are names and do not say so. From the
/// worst: what cannot be relied on (damaged, could_not, usage); a no, the most certain first
/// (bad_signature, malformed, bad_proof, revoked, expired, other_use, not_yet_valid,
/// status_unknown, no); what cannot be read (bad_input); not_yet; yes.
[[nodiscard]] ExitCode worse_of(ExitCode left, ExitCode right);

[[nodiscard]] ExitCode exit_code(ErrorCode code);
[[nodiscard]] ExitCode exit_code(rules::Verdict verdict);
[[nodiscard]] ExitCode exit_code(gate::TokenAnswer answer);

}  // namespace octroi::app
