// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "json/value.hpp"
#include "model/document.hpp"
#include "rules/compiled_rulebook.hpp"

namespace octroi::gate {

/// What is wrong with a rulebook, for whoever writes it.
struct RulebookCheck {
  std::string file;                              ///< what the caller calls it
  std::string rulebook;                          ///< its id
  std::vector<rules::RulebookProblem> problems;  ///< empty: nothing
};
[[nodiscard]] json::Value to_json(const std::vector<RulebookCheck>& checks);

/// Compiles a rulebook and keeps every problem.
[[nodiscard]] RulebookCheck check_rulebook(const model::Document& document,
                                           const std::string& file);

}  // namespace octroi::gate
