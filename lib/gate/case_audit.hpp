// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gate/audit.hpp"
#include "gate/replaying.hpp"
#include "registry/assessments.hpp"
#include "registry/shared_database.hpp"

namespace octroi::gate {

/// A request whose assessments, decisions and tokens are audited, and what came of it.
struct AuditedCase {
  std::vector<registry::RecordedAssessment> assessments;

  std::int64_t same = 0;                       ///< assessments that were computed again
  std::vector<ReplayedAssessment> remarkable;  ///< the others, in the order of the log
  AuditReport report;                          ///< of its decisions and tokens
};

/// Checks what only the documents can show of a request, in a registry whose log and tables are
/// known to be sound: computes its assessments again, and asks whether its decisions and tokens say
/// what they may. Can be asked by several threads at once.
void audit_case(registry::SharedDatabase& database, AssessmentReplayer& replayer,
                const std::string& request, AuditedCase& audited);

}  // namespace octroi::gate
