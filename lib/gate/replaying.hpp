// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gate/context.hpp"
#include "gate/recent_documents.hpp"
#include "json/value.hpp"
#include "registry/assessments.hpp"
#include "registry/shared_database.hpp"
#include "rules/assessment.hpp"

namespace octroi::gate {

/// What came of computing one recorded assessment again.
enum class ReplayResult {
  same,         ///< byte for byte
  differs,      ///< this program computes something else, or the record is not one of its own
  erased,       ///< a document that it rests on was erased for good, as the log says
  unavailable,  ///< a document that it names is missing without an erasure, or cannot be read
};

struct ReplayedAssessment {
  std::string request;
  int version = 1;       ///< of the request
  std::int64_t seq = 0;  ///< of the event that recorded it
  Date as_of;
  std::string verdict;  ///< as recorded
  std::string sha256;   ///< as recorded
  ReplayResult result = ReplayResult::same;
  std::string what;                     ///< what is wrong, in a sentence; "" when it is the same
  std::string pointer;                  ///< of the first member that differs, where one does
  std::optional<json::Value> recorded;  ///< what stands there; nothing where the member is absent
  std::optional<json::Value> computed;  ///< the same of what was computed now
  std::optional<rules::Engine> engine;  ///< what computed it then
  bool is_same_engine = true;           ///< as far as it says what that was
  /// All of it but its findings, where it is the same and did not have to be read.
  std::shared_ptr<const rules::Assessment> frame = nullptr;

  /// Of the same documents another engine computed something else: neither right nor wrong can be
  /// shown by this program.
  [[nodiscard]] bool is_of_other_engine() const {
    return result == ReplayResult::differs && !is_same_engine && !pointer.empty();
  }
};
[[nodiscard]] json::Value to_json(const std::vector<ReplayedAssessment>& replayed);

/// Computes recorded assessments again: of the documents and rulebooks that they name by digest, as
/// of their day. It also asks whether those were the ones to take: the version of the request, the
/// catalogue as it stood then, all rulebooks in force. What it has loaded is kept for the next one.
/// It believes the registry's tables, which `audit` recomputes. The database must outlive it, and
/// stays in one transaction of the caller's. Can be asked by several threads at once.
class AssessmentReplayer {
 public:
  explicit AssessmentReplayer(registry::SharedDatabase& database);
  AssessmentReplayer(const AssessmentReplayer&) = delete;
  AssessmentReplayer& operator=(const AssessmentReplayer&) = delete;
  ~AssessmentReplayer();

  /// Never throws for what is wrong with the record: that is the result. `recent` is of the same
  /// database.
  [[nodiscard]] ReplayedAssessment replay(const registry::RecordedAssessment& record,
                                          RecentDocuments& recent);

 private:
  class Catalogue;
  std::unique_ptr<Catalogue> catalogue_;
};

/// Which assessments to replay: those of a request, that of an event, or, with neither, all.
struct ReplayWishes {
  std::optional<std::string> request;
  std::optional<std::int64_t> event;
};

/// In the order of the log. Throws Error(bad_input) when there is no such request or the event
/// recorded no assessment, Error(not_yet) when there is none to replay.
[[nodiscard]] std::vector<ReplayedAssessment> replay_assessments(Database& database,
                                                                 const ReplayWishes& wishes);

}  // namespace octroi::gate
