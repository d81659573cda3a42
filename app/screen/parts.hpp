// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gate/deciding.hpp"
#include "json/value.hpp"
#include "screen/page.hpp"

/// Parts that more than one screen shows.
namespace octroi::screen {

/// The whole assessment, verdict first.
void add_assessment(Page& page, const rules::Assessment& assessment);

/// "6 for, 0 against, …" and nothing else.
[[nodiscard]] std::string ballots_text(const gate::BallotCounts& counts, const Style& style);

/// What a dataset use of a request or a token asks for: "an extract of DCIR, PMSI-MCO".
[[nodiscard]] std::string extent_text(const std::string& extent,
                                      const std::vector<std::string>& components,
                                      const Style& style);

}  // namespace octroi::screen
