// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "gate/context.hpp"
#include "json/value.hpp"

namespace octroi::gate {

/// What an auditor's pack holds.
struct AuditPack {
  std::string origin;
  std::int64_t log_size = 0;  ///< events of its checkpoint
  std::int64_t files = 0;
};
[[nodiscard]] json::Value to_json(const AuditPack& pack);

/// Everything an outsider needs to check this board without its registry: the published log of the
/// last checkpoint, the trust document, the last status lists, the rulebooks, datasets, providers
/// and hierarchies with their salts, and a page that says how to check them, with octroi and
/// without. No personal data: requests, decisions, assessments and tokens stay out. `write` takes
/// the bytes of a tar archive, piece by piece; the same registry gives the same bytes. Throws
/// Error(not_yet) when no checkpoint of the log's head was signed.
[[nodiscard]] AuditPack pack_audit(Database& database,
                                   const std::function<void(std::string_view)>& write);

}  // namespace octroi::gate
