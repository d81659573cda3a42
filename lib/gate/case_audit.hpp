// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gate/audit.hpp"
#include "gate/conflict.hpp"
#include "gate/replaying.hpp"
#include "gate/trusted_seal.hpp"
#include "registry/shared_database.hpp"

namespace octroi::gate {

/// What came of auditing a request.
struct AuditedCase {
  std::int64_t assessments = 0;                ///< on record
  std::int64_t same = 0;                       ///< of those, that were computed again
  std::vector<ReplayedAssessment> remarkable;  ///< the others, in the order of the log
  AuditReport report;                          ///< of its decisions and tokens
  std::vector<Digest> loaded;                  ///< documents that were found to be as named
};

/// Checks what only the documents can show of requests, in a registry whose log and tables are
/// known to be sound: computes their assessments again, and asks whether their decisions and tokens
/// say what they may. Can be asked by several threads at once.
class CaseAuditor {
 public:
  /// `database` must outlive it.
  explicit CaseAuditor(registry::SharedDatabase& database);

  [[nodiscard]] AuditedCase audit(const std::string& request);

 private:
  friend class CaseAudit;

  registry::SharedDatabase& database_;
  AssessmentReplayer replayer_;
  std::string origin_;    ///< of the log
  int endorsements_ = 0;  ///< that the charter asks for; no event changes a charter
  Seals seals_;
  CharterNames charter_;
};

}  // namespace octroi::gate
