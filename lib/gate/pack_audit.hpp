// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>

#include "gate/audit.hpp"
#include "model/document.hpp"

namespace octroi::gate {

/// Audits what stands beside a published log, as in an auditor's pack, with the tables that its
/// whole log gives: `documents/` (each is what its name says, and the log names it), and `status/`
/// (each is the last list of its number in the log, says what the log makes of its tokens, and,
/// with a trust document, is signed by a seal in its window). What is not there, or is none of
/// these, is named in the report (`not_checked`).
void audit_pack_files(const std::filesystem::path& folder, Database& tables,
                      const std::optional<model::Document>& trust, AuditReport& report);

}  // namespace octroi::gate
