// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "rules/compiled_rulebook.hpp"
#include "rules/proposition.hpp"

namespace octroi::rules {

/// What is wrong with a rulebook that compiles, seen from all facts that there can be:
/// - errors: a rule whose `applies` can never hold; one whose `requires` can never be met where the
///   rule applies, and is not the plain `false` that says that this is meant;
/// - warnings: a `requires` that is always met and is not plain `true`; a rule that says nothing
///   that another rule of the book does not say at least as severely, whatever the facts are.
/// What is reported is so: a part of a condition that cannot be judged is taken to come out either
/// way. Not everything that is so is found.
[[nodiscard]] std::vector<RulebookProblem> review(const CompiledRulebook& rulebook);

/// The days on which a rulebook says that it applies.
[[nodiscard]] DayRange validity_of(const CompiledRulebook& rulebook);

/// "from 2021-02-19 on", "from 2021-02-19 to 2021-12-31".
[[nodiscard]] std::string to_string(const DayRange& days);

}  // namespace octroi::rules
