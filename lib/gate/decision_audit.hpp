// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gate/audit.hpp"
#include "gate/conflict.hpp"
#include "gate/context.hpp"
#include "gate/recent_documents.hpp"
#include "registry/decisions.hpp"

namespace octroi::gate {

/// Checks what only the documents can show of a decision, in a registry whose log and tables are
/// known to be sound: that its event says what its document says, and that nobody recorded it,
/// voted on it by name or endorsed its release who is named in the request. What was erased is
/// added to what the report leaves out. Throws Error when it is not so.
void check_decision(Database& database, const CharterNames& charter,
                    const registry::Decision& decision, RecentDocuments& documents,
                    AuditReport& report);

}  // namespace octroi::gate
