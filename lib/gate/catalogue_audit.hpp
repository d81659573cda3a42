// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gate/audit.hpp"
#include "gate/context.hpp"

namespace octroi::gate {

/// Checks that the events say of the charter, the datasets, providers, hierarchies and rulebooks
/// what their documents say, in a registry whose log and tables are known to be sound: whoever
/// writes the log could name another holder, rule or member there, which lists and tokens follow.
void audit_catalogue(Database& database, AuditReport& report);

}  // namespace octroi::gate
