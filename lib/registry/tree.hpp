// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "merkle/hash.hpp"
#include "merkle/node.hpp"
#include "registry/database.hpp"

/// The Merkle tree over the log: leaf `seq` is the exact text of event `seq`. Its hashes are stored
/// as they become known (merkle/node.hpp says where), so that an append and a proof read and write
/// O(log size) rows.
namespace octroi::registry {

/// Stores the hashes that the event at `seq` makes known, of which `leaf` is the first. Throws
/// Error(damaged) when the hashes of the events before it are not there.
void append_to_tree(Database& database, std::int64_t seq, const merkle::Hash& leaf);

/// Reads the stored hashes. Nothing is known of them until they are checked; `database` must
/// outlive it.
[[nodiscard]] merkle::HashReader tree_reader(Database& database);

/// The size of the log and the root over its events. Throws Error(damaged) when hashes are missing.
[[nodiscard]] merkle::TreeHead tree_head(Database& database);

}  // namespace octroi::registry
