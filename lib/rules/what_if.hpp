// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "rules/assessment.hpp"
#include "rules/request_changes.hpp"

namespace octroi::rules {

constexpr std::size_t k_what_if_changes_max = 4;       ///< edits made together
constexpr std::size_t k_what_if_candidates_max = 600;  ///< requests assessed for each verdict

/// The smallest change of a request that reaches the best verdict within reach. It says what the
/// rules would find if the request said something else; whether that would be true only the
/// applicant knows.
struct WhatIf {
  Verdict now = Verdict::refuse;
  Verdict reached = Verdict::refuse;  ///< as `now` where nothing helps
  std::vector<Change> changes;        ///< by pointer; none where nothing helps
  std::size_t assessed = 0;           ///< changed requests that were assessed
  bool is_exhaustive = true;  ///< false when a limit ended the search for a better verdict, so that
                              ///< there may be one
};

/// Looks for it. `providers` are those that could host, that of the case among them or not.
///
/// Each candidate is a valid request whose facts are computed and assessed as any other's: what is
/// proposed is true by construction. For each verdict, best first, sets of edits are tried by size.
/// A set that is not enough leaves some finding worse than the verdict; one of the further edits
/// has to change what that rule reads, so only edits of that are tried next, and none of the
/// smallest sets is missed. Throws as assess does.
[[nodiscard]] WhatIf what_if(const Case& documents,
                             const std::vector<const model::Document*>& providers, Date as_of,
                             const std::vector<CompiledRulebook>& rulebooks);

[[nodiscard]] json::Value to_json(const WhatIf& what_if);

}  // namespace octroi::rules
