// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <optional>

#include "gate/audit.hpp"
#include "model/document.hpp"

namespace octroi::gate {

/// Audits a log that was published as tiles, with nothing but its files: every event's signature,
/// role and transition, the tree over them, every tile, and the checkpoint's signature by the log
/// key in force at its last event. With a trust document, the checkpoint must also be one that its
/// policy trusts, witnesses and all. Documents are not part of it, so nothing is said of them.
/// Throws Error(bad_input) when the folder holds no published log.
[[nodiscard]] AuditReport audit_published(
    const std::filesystem::path& folder, const std::optional<model::Document>& trust,
    const std::function<void(std::int64_t, std::int64_t)>& progress);

}  // namespace octroi::gate
