// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "gate/context.hpp"
#include "json/value.hpp"

namespace octroi::gate {

/// A release that was endorsed.
struct EndorsedRelease {
  std::string request;
  int version = 1;
  std::string decision;
  std::string assessment_sha256;
  std::string event_sha256;            ///< what the token will name
  std::vector<std::string> endorsers;  ///< so far, in the order of the log
  int wanted = 0;                      ///< by the charter
};
[[nodiscard]] json::Value to_json(const EndorsedRelease& release);

/// Endorses the release of a granted request (secretaries): says, beside the decision, that its
/// tokens may be issued. The request is assessed again, as for issuing; the endorsement is of
/// exactly this version, decision and assessment, and of no other. Who submitted the request, is
/// named in it or recorded the decision does not endorse; nobody does twice.
/// Throws Error(not_yet) when there is no decision to endorse, or something is unresolved.
[[nodiscard]] EndorsedRelease endorse(Database& database, const Actor& actor,
                                      const std::string& request, const Context& context);

}  // namespace octroi::gate
