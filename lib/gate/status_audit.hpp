// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "gate/audit.hpp"
#include "gate/context.hpp"
#include "registry/statuses.hpp"

namespace octroi::gate {

/// Throws Error(damaged) unless this is the text of the list that was published: signed by a seal
/// of the board, and saying exactly what the events before it make of its tokens.
void require_as_logged(Database& database, const registry::PublishedListRow& row,
                       const std::string& text);

/// Checks what only documents can show of the status of tokens, in a registry whose log and tables
/// are known to be sound: that every published list is signed by the seal and says exactly what the
/// events before it make of its tokens, and that nobody resumed a token of their own case.
void audit_statuses(Database& database, AuditReport& report);

}  // namespace octroi::gate
