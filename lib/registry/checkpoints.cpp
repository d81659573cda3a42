// SPDX-License-Identifier: Apache-2.0
#include "registry/checkpoints.hpp"

namespace octroi::registry {
namespace {

constexpr std::string_view k_store_checkpoint =
    "INSERT INTO checkpoints (log, size, note) VALUES (1, $1, $2) "
    "ON CONFLICT (log, size) DO UPDATE SET note = excluded.note";
constexpr std::string_view k_last_checkpoint =
    "SELECT size, note FROM checkpoints WHERE log = 1 ORDER BY size DESC LIMIT 1";
constexpr std::string_view k_all_checkpoints =
    "SELECT size, note FROM checkpoints WHERE log = 1 ORDER BY size";

}  // namespace

void store_checkpoint(Database& database, const StoredCheckpoint& checkpoint) {
  database.run(k_store_checkpoint, checkpoint.size, checkpoint.note);
}

std::optional<StoredCheckpoint> last_checkpoint(Database& database) {
  const auto row = database.query(k_last_checkpoint);
  if (!row->step()) return std::nullopt;
  return StoredCheckpoint{row->integer(0), row->text(1)};
}

void visit_checkpoints(Database& database,
                       const std::function<void(const StoredCheckpoint&)>& visit) {
  const auto row = database.query(k_all_checkpoints);
  while (row->step()) visit({row->integer(0), row->text(1)});
}

}  // namespace octroi::registry
