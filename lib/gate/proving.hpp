// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "gate/context.hpp"
#include "json/value.hpp"
#include "note/checkpoint.hpp"

/// Proofs about the registry's log for people who do not have it.
namespace octroi::gate {

/// That an event is in the log.
struct EventProof {
  std::int64_t seq = 0;
  std::string type;           ///< "request.submitted", …
  std::int64_t log_size = 0;  ///< of the checkpoint in it
  std::string text;           ///< the .tlog-proof file; `extra` is the event's text
};
[[nodiscard]] json::Value to_json(const EventProof& proof);

/// The proof of an event under the last checkpoint. Throws Error(bad_input) when there is no such
/// event, Error(not_yet) when no checkpoint covers it.
[[nodiscard]] EventProof prove_event(Database& database, std::int64_t seq);

/// The event that issued a token, submitted the current version of a request, or recorded a
/// decision: "019…", "R-2026-0001", "D-2026-0001". Throws Error(bad_input) when there is none.
[[nodiscard]] std::int64_t event_of(Database& database, const std::string& id);

/// Why a .tlog-proof is not one that this log gave of a submission of the request: of any version,
/// under any of its checkpoints. "" when it is.
[[nodiscard]] std::string receipt_fault(Database& database, const std::string& request,
                                        std::string_view text);

/// That the log only grew since an older checkpoint.
struct GrowthProof {
  std::int64_t old_size = 0;
  std::int64_t log_size = 0;
  std::string text;  ///< the body of a tlog-witness add-checkpoint request
};
[[nodiscard]] json::Value to_json(const GrowthProof& proof);

/// The proof from a head of that size (0: from nothing) to the last checkpoint. Throws
/// Error(bad_input) when the last checkpoint is smaller, Error(not_yet) when there is none.
[[nodiscard]] GrowthProof prove_growth_from(Database& database, std::int64_t old_size);

/// The same from an older checkpoint of this log. Throws Error(damaged) when the log is not what
/// the checkpoint says it was: a fork.
[[nodiscard]] GrowthProof prove_growth_from(Database& database,
                                            const note::SignedCheckpoint& older);

}  // namespace octroi::gate
