// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
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
  using Lines = std::vector<ReadLine>;
  /// The lines that will be submitted next; nullptr where they are not there yet.
  using Next = std::function<const Lines*()>;

  /// `database`, `actor` and `context` must outlive this.
  SubmitBatch(Database& database, const Actor& actor, const Context& context, Mode mode);
  SubmitBatch(const SubmitBatch&) = delete;
  SubmitBatch& operator=(const SubmitBatch&) = delete;
  ~SubmitBatch();

  /// All of it that does not ask the registry. Can be called by several threads at once.
  [[nodiscard]] ReadLine read(const BatchLine& line) const;

  /// Submits what was read, in order, in one transaction, which is durable when this returns. A
  /// line that is refused takes nothing with it; whatever else fails is thrown, and then none of
  /// them is submitted. Throws Error(not_allowed) when the actor is no researcher of the board. Not
  /// called by two threads at once.
  ///
  /// The events of the `next` lines, which the next call must be given, are signed while these are
  /// being committed and after that. They are in memory alone, until that call finds the registry
  /// as these leave it: when others wrote meanwhile, or these are not committed, they are thrown
  /// away, and the next lines looked up and signed anew.
  [[nodiscard]] std::vector<SubmitAnswer> submit(const Lines& lines, const Next& next = nullptr);

 private:
  struct Plan;

  /// What becomes of the lines in the state of the registry that has this head.
  [[nodiscard]] std::unique_ptr<Plan> planned(const Lines& lines, const registry::Head& head,
                                              const Context& context);
  [[nodiscard]] std::unique_ptr<Plan> planned_ahead(const Next& next);
  /// What is wrong with a line, or of what was submitted before; nothing where it may go in.
  [[nodiscard]] std::optional<SubmitAnswer> answer_without(const ReadLine& line);
  void record(const Lines& lines, Plan& plan);
  [[nodiscard]] std::vector<SubmitAnswer> answers_of(const Lines& lines, Plan& plan) const;

  Database& database_;
  const Actor& actor_;
  const Context& context_;
  Mode mode_;
  std::optional<Naming> naming_;  ///< of the registry whose last event is `naming_head_`
  Digest naming_head_;
  std::unique_ptr<Plan> ahead_;  ///< of the lines that come next; nullptr where there is none
};

}  // namespace octroi::gate
