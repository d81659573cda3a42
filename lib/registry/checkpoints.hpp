// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "registry/database.hpp"

/// The checkpoints that the log key signed, as signed notes with the cosignatures that came back.
/// No event says of them: an audit checks each by its signature and by the tree at its size.
namespace octroi::registry {

struct StoredCheckpoint {
  std::int64_t size = 0;
  std::string note;
};

/// Keeps the checkpoint of a size, in place of one of the same size.
void store_checkpoint(Database& database, const StoredCheckpoint& checkpoint);

/// The checkpoint of the largest size; nothing when none was signed.
[[nodiscard]] std::optional<StoredCheckpoint> last_checkpoint(Database& database);

/// Calls `visit` for each, the smallest first.
void visit_checkpoints(Database& database,
                       const std::function<void(const StoredCheckpoint&)>& visit);

}  // namespace octroi::registry
