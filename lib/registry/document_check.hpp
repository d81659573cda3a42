// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "base/parallel.hpp"
#include "registry/database.hpp"
#include "registry/replay.hpp"

namespace octroi::registry {

/// What is wrong with a registry's documents: each must have the bytes that its digest is of and
/// the kind that an event of the replayed log names it as, and be there unless it was erased.
/// `loaded`, which may have any order, are digests of documents that load_document gave, in the
/// same reading transaction as this one: their bytes were looked at when they were used, and are
/// not again.
[[nodiscard]] std::vector<ReplayFault> faults_of_documents(Database& registry, const Replay& replay,
                                                           std::vector<Digest> loaded,
                                                           const Pace& pace);

}  // namespace octroi::registry
