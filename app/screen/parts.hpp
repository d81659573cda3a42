// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gate/deadlines.hpp"
#include "gate/deciding.hpp"
#include "gate/verifying.hpp"
#include "json/value.hpp"
#include "rules/regimes.hpp"
#include "screen/page.hpp"

/// Parts that more than one screen shows.
namespace octroi::screen {

/// The whole assessment, verdict first. Once the board decided, nothing is to be done any more
/// about what was for the board to judge.
void add_assessment(Page& page, const rules::Assessment& assessment, bool is_decided = false);

/// The legal deadlines of a request, under a heading.
void add_deadlines(Page& page, const gate::CaseDeadlines& deadlines);

/// A table with a row for each rulebook, and one for each dataset where there are several.
void add_regimes(Page& page, const std::vector<rules::Regime>& regimes);

/// What a verdict means, where `count` findings have the outcome that it comes from.
[[nodiscard]] std::string verdict_sentence(rules::Verdict verdict, std::size_t count,
                                           const Style& style);

/// One field for each citation, the first under the label of sources.
void add_citations(std::vector<Field>& fields, const std::vector<rules::Citation>& cites,
                   const Style& style);

/// The cause of a refusal by verify, and which checks failed.
[[nodiscard]] std::string cause_text(const gate::Verification& verification, const Style& style);

/// "6 for, 0 against, …" and nothing else.
[[nodiscard]] std::string ballots_text(const gate::BallotCounts& counts, const Style& style);

/// What a dataset use of a request or a token asks for: "an extract of DCIR, PMSI-MCO".
[[nodiscard]] std::string extent_text(const std::string& extent,
                                      const std::vector<std::string>& components,
                                      const Style& style);

}  // namespace octroi::screen
