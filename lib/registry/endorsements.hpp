// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "registry/database.hpp"
#include "registry/event.hpp"
#include "registry/members.hpp"

/// The table endorsements: who, beside the decision, said that a release may be issued.
namespace octroi::registry {

/// What an endorsement is of. One of another version, decision or assessment does not count.
struct Release {
  std::string request;
  std::int64_t version = 1;
  std::string decision;
  std::string assessment_sha256;
};

struct Endorsement {
  std::string member;
  std::string kid;
  Instant at;
  Digest event;  ///< SHA-256 of the event's text
};

void apply_release_endorsed(const SignedEvent& event, const Member& member, Database& database);

/// The endorsements of exactly this release, in the order of the log, but for those that were
/// signed with a key that was compromised by then.
[[nodiscard]] std::vector<Endorsement> endorsements_of(Database& database, const Release& release);

/// The same, whatever became of their keys.
[[nodiscard]] std::vector<Endorsement> all_endorsements_of(Database& database,
                                                           const Release& release);

/// Everybody who ever endorsed a release under that decision.
[[nodiscard]] std::vector<std::string> endorsers_of(Database& database,
                                                    const std::string& decision);

/// Those that count when `issuer` issues: all but their own.
/// Throws Error(not_yet) when the charter asks for more.
std::vector<Endorsement> require_endorsements(Database& database, const Release& release,
                                              const std::string& issuer);

}  // namespace octroi::registry
