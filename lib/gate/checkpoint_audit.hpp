// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gate/context.hpp"
#include "note/checkpoint.hpp"

namespace octroi::gate {

/// What is wrong with the checkpoints in a registry whose log and tables are known to be sound:
/// each must be signed by a log key of the board and have the root of this log at its size.
[[nodiscard]] std::vector<std::string> faults_of_checkpoints(Database& database, Database& tables);

/// Why a checkpoint from elsewhere (a copy, a backup, an earlier publication) is not of the past of
/// this registry's log; nothing when it is: then that copy is a prefix of this one. Throws
/// Error(bad_input) when it is of another log, or no log key of this board signed it.
[[nodiscard]] std::optional<std::string> fault_against(Database& database,
                                                       const note::SignedCheckpoint& checkpoint);

}  // namespace octroi::gate
