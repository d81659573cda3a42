// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "rules/rule_test.hpp"
#include "screen/screen.hpp"

/// What tests of rulebooks said, for those who write rules. In English, as the tools for rules are.
namespace octroi::screen {

/// The outcomes that no test reached, then for each rulebook the part that was reached.
[[nodiscard]] std::string render_coverage(const std::vector<rules::RuleTestReport>& reports,
                                          const Style& style);

/// The same tests as JUnit XML, which build servers read: a test suite for each rulebook.
[[nodiscard]] std::string junit_xml(const std::vector<rules::RuleTestReport>& reports);

}  // namespace octroi::screen
