// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "gate/context.hpp"
#include "json/value.hpp"
#include "model/document.hpp"
#include "rules/compiled_rulebook.hpp"

namespace octroi::gate {

/// A rulebook to be checked, and what the caller calls its file.
struct RulebookFile {
  std::string name;
  model::Document document;
};

/// What is wrong with a rulebook, for whoever writes it.
struct RulebookCheck {
  std::string file;                              ///< what the caller calls it
  std::string rulebook;                          ///< its id
  std::vector<rules::RulebookProblem> problems;  ///< empty: nothing

  [[nodiscard]] bool has_errors() const;
};
[[nodiscard]] json::Value to_json(const std::vector<RulebookCheck>& checks);

/// Compiles rulebooks, reviews those that compile, and keeps every problem. Two of the files that
/// apply on one day under one id are errors. One that would replace another that `database` (may
/// be nullptr) has adopted is warned of.
[[nodiscard]] std::vector<RulebookCheck> check_rulebooks(const std::vector<RulebookFile>& files,
                                                         Database* database);

}  // namespace octroi::gate
