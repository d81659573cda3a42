// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "json/value.hpp"
#include "model/document.hpp"
#include "rules/compiled_rulebook.hpp"

namespace octroi::gate {

/// What is wrong with a rulebook; no problems: nothing.
struct RulebookCheck {
  std::string file;
  std::string rulebook;
  std::vector<rules::RulebookProblem> problems;
};
[[nodiscard]] json::Value to_json(const RulebookCheck& check);
[[nodiscard]] json::Value to_json(const std::vector<RulebookCheck>& checks);

[[nodiscard]] RulebookCheck check_rulebook(const model::Document& document,
                                           const std::string& file);

}  // namespace octroi::gate
