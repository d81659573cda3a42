// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>

#include "registry/database.hpp"

namespace octroi::registry {

/// How a registry file is opened.
enum class OpenMode {
  read,    ///< must exist; nothing is written
  write,   ///< must exist
  create,  ///< must not exist; made with mode 0600
};

/// How long a command waits for another writer before it gives up.
constexpr int k_busy_wait_seconds = 30;

/// Opens a registry file: WAL, synchronous=FULL, foreign keys; the settings are read back.
/// Throws Error(bad_input) when the file is missing, exists already (create) or is not a registry,
/// or comes from a newer octroi (both versions are named); Error(could_not) when it cannot be
/// opened.
[[nodiscard]] std::unique_ptr<Database> open_sqlite(const std::filesystem::path& path,
                                                    OpenMode mode);

/// Makes the tables in a database that was just created; inside the caller's transaction, so that a
/// registry appears whole, with its first event, or not at all.
void make_registry_tables(Database& database);

/// An empty registry in memory, tables made: what an audit replays the log into.
[[nodiscard]] std::unique_ptr<Database> open_sqlite_in_memory();

}  // namespace octroi::registry
