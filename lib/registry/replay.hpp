// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/parallel.hpp"
#include "registry/database.hpp"

namespace octroi::registry {

/// One thing in a registry that its log does not explain.
struct ReplayFault {
  std::optional<std::int64_t> seq;  ///< the event, where the fault is in one
  std::string what;
};

/// A document that an event names, and the kind that it must be of.
struct NamedByEvent {
  Digest digest;
  std::string_view kind;
};

/// What a replay gives: tables made anew from the log alone, and what is wrong with the registry.
struct Replay {
  /// As far as the log could be followed; without the texts of events, which the registry has.
  std::unique_ptr<Database> tables;
  std::int64_t events = 0;  ///< that are good
  std::vector<ReplayFault> faults;
  bool is_log_whole = false;  ///< every event could be followed
  /// File, schema, log and every table are as the log says.
  bool are_tables_sound = false;
  std::vector<NamedByEvent> named = {};  ///< in the order of the log
};

/// The tables that a registry must have and this one lacks, by name.
[[nodiscard]] std::vector<std::string> missing_tables(Database& registry);

/// Replays the log from its bytes into empty tables, stopping at the first event that is not good,
/// then compares every table of the registry with these, cell by cell. Documents are looked at by
/// faults_of_documents (document_check.hpp). Nothing is written to `registry`, which the caller
/// holds in one reading transaction; `beside`, where there is one, is a second connection that sees
/// the same, asked at the same time. `progress` is called with events done and all.
[[nodiscard]] Replay replay(Database& registry, Database* beside,
                            const std::function<void(std::int64_t, std::int64_t)>& progress,
                            const Pace& pace = {});

}  // namespace octroi::registry
