// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "gate/batch_line.hpp"
#include "gate/naming.hpp"
#include "registry/documents.hpp"
#include "registry/log.hpp"
#include "registry/requests.hpp"

namespace octroi::gate {

/// The answer to one line of a batch.
struct SubmitAnswer {
  std::string text;          ///< under schemas/output/submit-line.schema.json, on one line
  std::string_view word;     ///< "submitted", "already-submitted", "acceptable" or "error"
  std::string request = {};  ///< its number; "" where it has none
  std::optional<ErrorCode> error = {};
};

/// A line that was read, before the registry was asked.
struct ReadLine {
  BatchPlace place;
  std::string fault = {};  ///< why it cannot be read; "" where it can
  std::string bytes = {};
  json::Value naming = {};  ///< its members that name other documents
  registry::Salt salt{};
  Digest document = {};  ///< under which the registry keeps it
};

/// Submits the first versions of many requests of one researcher, as `submit` does each: the same
/// checks, and an event for each, signed with the researcher's key. Who submits is never in a line.
///
/// A line is known again: a document's salt is derived from the researcher's key and its bytes, so
/// that the same bytes have the same digest in every batch of that key. What a batch submitted
/// before, in an earlier run or an earlier line, is answered so, and not submitted again.
class SubmitBatch {
 public:
  enum class Mode { submit, dry_run };

  /// `database` and `actor` must outlive this.
  SubmitBatch(Database& database, const Actor& actor, const Context& context, Mode mode);

  /// All of it that does not ask the registry. Can be called by several threads at once.
  [[nodiscard]] ReadLine read(const BatchLine& line) const;

  /// Submits what was read, in order, in one transaction, which is durable when this returns. A
  /// line that is refused takes nothing with it; whatever else fails is thrown, and then none of
  /// them is submitted. Throws Error(not_allowed) when the actor is no researcher of the board. Not
  /// called by two threads at once.
  [[nodiscard]] std::vector<SubmitAnswer> submit(const std::vector<ReadLine>& lines);

 private:
  /// What is wrong with a line, or of what was submitted before; nothing where it may go in.
  [[nodiscard]] std::optional<SubmitAnswer> answer_without(const ReadLine& line);
  /// An event for each. While the first are written, the others are signed.
  void record(registry::Head& head, const std::vector<const ReadLine*>& lines,
              const std::vector<std::string>& ids, const Context& context);
  void refresh_naming(std::int64_t size);

  Database& database_;
  const Actor& actor_;
  const Context& context_;
  Mode mode_;
  std::optional<Naming> naming_;  ///< of the registry as it was at `naming_size_`
  std::int64_t naming_size_ = 0;  ///< events of the log
};

}  // namespace octroi::gate
