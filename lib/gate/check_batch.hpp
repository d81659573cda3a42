// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "gate/batch_line.hpp"
#include "gate/case_documents.hpp"
#include "rules/assessment.hpp"

namespace octroi::gate {

/// The answer to one document of a batch.
struct CheckAnswer {
  std::string text;  ///< under schemas/output/check-line.schema.json, on one line
  std::optional<rules::Verdict> verdict;
  ErrorCode error = ErrorCode::bad_input;  ///< why there is no verdict; without meaning beside one
};

/// Checks requests as `check` does each, all under one state of the registry. Rulebooks are
/// compiled once, and what they name is read once. Can be asked by several threads at once.
class CheckBatch {
 public:
  /// `database` may be nullptr. It and `given` must outlive this. Throws as `check` does where
  /// there is no rulebook, and Error(not_yet) where none is in force on that day.
  CheckBatch(Database* database, const GivenDocuments& given, Date as_of);

  /// Whatever is wrong with a line is said in its answer. Throws Error(damaged) and
  /// Error(could_not), which are about the registry.
  [[nodiscard]] CheckAnswer answer(const BatchLine& line);

 private:
  std::optional<registry::Transaction> reading_;
  CaseSource source_;
  std::vector<rules::CompiledRulebook> rulebooks_;
  Date as_of_;
};

}  // namespace octroi::gate
