// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "json/value.hpp"
#include "rules/assessment.hpp"
#include "rules/compiled_rulebook.hpp"
#include "rules/facts.hpp"
#include "rules/outcome.hpp"
#include "rules/text.hpp"

/// What a rule that applies and is met takes away from the token.
namespace octroi::rules {

/// As the rulebook says it. `{PATH}` in an obligation stands for the fact at that path.
struct Narrows {
  std::optional<int> months_max;
  std::string months_from;  ///< the path of a fact that counts months, or ""
  std::string users_from;   ///< the path of a fact that lists the ids of who may stay, or ""
  Text obligation;

  std::vector<std::string> paths;  ///< of the facts that it needs, each once, sorted

  [[nodiscard]] const std::vector<std::string>& reads() const { return paths; }
};

/// Reads the member `narrows` of a rule. nullptr gives nothing.
[[nodiscard]] std::optional<Narrows> read_narrows(const json::Value* value);

/// What is wrong with it: paths of no fact, or of one of another type; users dropped by a rule that
/// the board could then resolve.
[[nodiscard]] std::vector<RulebookProblem> problems_of(const Narrows& narrows,
                                                       const std::string& rule, Outcome otherwise);

/// Why a rule that is met could not narrow.
struct NarrowingGap {
  std::string missing;  ///< the path of a fact that is absent, or ""
  std::string message;  ///< why what is left would be nothing, or ""
};

/// The narrowing under the facts of a case, begun as `named`: with rulebook, rule and dataset.
/// `dataset` is the place of the dataset use that paths call by that name, if any.
[[nodiscard]] std::variant<Narrowing, NarrowingGap> computed(const Narrows& narrows,
                                                             Narrowing named, const Facts& facts,
                                                             std::optional<std::size_t> dataset);

}  // namespace octroi::rules
