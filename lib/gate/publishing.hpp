// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "gate/context.hpp"
#include "json/value.hpp"
#include "merkle/hash.hpp"

/// The log as files that anybody can serve, copy and check: checkpoint, tile/, tile/entries/.
/// Source: C2SP tlog-tiles (https://c2sp.org/tlog-tiles), version 0.1.0.
namespace octroi::gate {

/// What was published.
struct Publication {
  std::string origin;
  std::int64_t size_before = 0;  ///< of the log that the folder held
  std::int64_t size = 0;
  std::int64_t files = 0;  ///< that were written
};
[[nodiscard]] json::Value to_json(const Publication& publication);

/// Takes how many are done and how many there are.
using Progress = std::function<void(std::int64_t, std::int64_t)>;

/// Takes a file of the published log: its path there, its bytes, and how many files there are.
using LogFileVisitor =
    std::function<void(const std::string& path, const std::string& bytes, std::int64_t files)>;

/// Calls `visit` for each file that the log of the last checkpoint has and one of size `from` had
/// not: entries, tiles, and the checkpoint last. Throws Error(not_yet) when none was signed.
void visit_log_files(Database& database, merkle::TreeSize from, const LogFileVisitor& visit);

/// Writes the log of the last checkpoint into a folder: what is new since the checkpoint that the
/// folder holds, or all of it with `is_whole`. Each file is replaced as one step, the checkpoint
/// last, so that a reader never sees a checkpoint without its tiles; the same log gives the same
/// bytes. Partial tiles go once the full one is there. Throws Error(not_yet) when no checkpoint was
/// signed, Error(bad_input) when the folder holds something else, Error(damaged) when it holds
/// another history of this log.
[[nodiscard]] Publication publish(Database& database, const std::filesystem::path& folder,
                                  bool is_whole, const Progress& progress);

}  // namespace octroi::gate
