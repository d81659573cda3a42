// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "gate/context.hpp"
#include "json/value.hpp"
#include "registry/keys.hpp"

namespace octroi::gate {

/// The seals and log keys that a log names, as of some number of its events.
struct NamedKeys {
  Instant at;                                           ///< of the last of them
  std::map<std::string, registry::KeyRecord> seals;     ///< by k4.public
  std::map<std::string, registry::KeyRecord> log_keys;  ///< by vkey
};

/// As of all the events that these tables were made from.
[[nodiscard]] NamedKeys named_keys(Database& tables);

/// What of a trust document's keys is not what the log says: one that the log never named, one that
/// is missing, another time from or until which it signs, another key before it. `keys` is as of
/// the document's `events`; where it has none, of the whole log, and then only what the document
/// states is compared: it may be older.
[[nodiscard]] std::vector<std::string> faults_of_trusted_keys(const json::Value& trust,
                                                              const NamedKeys& keys);

}  // namespace octroi::gate
