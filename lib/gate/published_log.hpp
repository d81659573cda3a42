// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <optional>

#include "gate/audit.hpp"
#include "model/document.hpp"
#include "note/checkpoint.hpp"

namespace octroi::gate {

/// What an outsider has beside the published files.
struct KeptElsewhere {
  std::optional<model::Document> trust = {};              ///< from the board, by another way
  std::optional<note::SignedCheckpoint> checkpoint = {};  ///< of the same log, older or of its size
  std::optional<Instant> now = {};  ///< by their own clock: no event may be of later
};

/// Audits a log that was published as tiles, with nothing but its files: every event's signature,
/// role and transition, the tree over them, every tile, and the checkpoint's signature by the log
/// key in force at its last event. With a trust document, the checkpoint must also be one that its
/// policy trusts, witnesses and all, and its keys must be those that the log names, each from when
/// to when the log says, as of as many events as it knows; a log of fewer is a fault. A kept
/// checkpoint must be of the log's past. The folder is that of the log, or of a pack that holds
/// `log/`; documents, status lists and a trust file beside the log are looked at as
/// audit_pack_files does. What is left out is named in the report. Throws Error(bad_input) when the
/// folder holds no published log, or what was kept is of another one.
[[nodiscard]] AuditReport audit_published(
    const std::filesystem::path& folder, const KeptElsewhere& kept,
    const std::function<void(std::int64_t, std::int64_t)>& progress);

}  // namespace octroi::gate
