// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gate/audit.hpp"
#include "gate/context.hpp"
#include "note/checkpoint.hpp"

namespace octroi::gate {

/// What is wrong with the checkpoints in a registry whose log and tables are known to be sound:
/// each must be signed by a log key of the board and have the root of this log at its size.
[[nodiscard]] std::vector<std::string> faults_of_checkpoints(Database& database, Database& tables);

/// Why a checkpoint from elsewhere (a copy, a backup, an earlier publication) is not of the past of
/// this registry's log; nothing when it is: then that copy is a prefix of this one. Who signed it
/// is not asked first: a registry that was written anew by its owner has another log key, and would
/// call every checkpoint of its past unknown. Throws Error(bad_input) when it is of another log.
[[nodiscard]] std::optional<std::string> fault_against(Database& database,
                                                       const note::SignedCheckpoint& checkpoint);

/// What that checkpoint is of, and how far the log has come since.
[[nodiscard]] ComparedCheckpoint compared(Database& database,
                                          const note::SignedCheckpoint& checkpoint);

/// Whether a log key that this registry knows signed the checkpoint.
[[nodiscard]] bool is_signed_here(Database& database, const note::SignedCheckpoint& checkpoint);

}  // namespace octroi::gate
