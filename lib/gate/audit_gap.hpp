// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "json/value.hpp"
#include "rules/text.hpp"

namespace octroi::gate {

/// Why an audit, of a registry, a published log or a token, left something out.
enum class AuditGapKind {
  no_checkpoint,       ///< none from elsewhere was given: a rewind cannot be seen
  unknown_log_key,     ///< the one that was given is signed by a key that the registry has not
  cosignatures,        ///< of witnesses, whose keys the registry has not
  clock,               ///< events that are dated a little after now
  erased_documents,    ///< each by what it is of
  erased_assessments,  ///< that cannot be computed again
  erased_decisions,    ///< whose event cannot be compared with what was signed
  erased_requests,     ///< so that nobody can be found to be named in them
  erased_tokens,       ///< whose text is gone
  tokens_in_part,      ///< of which some claims rest on documents that are gone
  after_fault,         ///< what follows the first bad event
  tables_differ,       ///< so that nothing that builds on the tables was looked at
  skipped_checks,      ///< of a token
  no_trust_file,       ///< only the keys that the log itself names were asked
  no_documents,        ///< a published log has none
  undated_trust,       ///< a trust file that does not say as of how many events it is
  catalogue_files,     ///< that are not beside the published log
  status_lists,        ///< the same
  later_acts,          ///< that a status list beside the log does not know yet
  pack_files,          ///< of the pack that the folder is part of
  other_files,         ///< that are no part of a published log or pack
};

/// "no-checkpoint", "erased-assessments", …: part of the report, so they stay.
[[nodiscard]] std::string_view name_of(AuditGapKind kind);
/// What was left out, as a sentence.
[[nodiscard]] const rules::Text& sentence_of(AuditGapKind kind);

/// Something that an audit could not look at, or had nothing to compare with: it is neither sound
/// nor at fault.
struct AuditGap {
  AuditGapKind kind;
  std::vector<std::string> names;  ///< of what, where that can be said

  friend bool operator==(const AuditGap&, const AuditGap&) = default;
};
[[nodiscard]] json::Value to_json(const AuditGap& gap);

}  // namespace octroi::gate
