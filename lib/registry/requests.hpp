// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "registry/database.hpp"
#include "registry/event.hpp"
#include "registry/members.hpp"

/// The tables requests, request_versions, assessments and request_history.
namespace octroi::registry {

/// A request and its current version.
struct Request {
  std::string id;
  int version = 1;
  std::string state;  ///< "submitted", "assessed", "granted", "refused", "issued", "withdrawn"
  std::string submitter;
  Digest document;
  Instant submitted;
};

/// An assessment on record, as far as the log says it.
struct AssessmentRow {
  std::int64_t seq = 0;
  std::string verdict;
  Date as_of;
  Digest document;
  std::string sha256;

  struct DatasetVerdict {
    std::string dataset;
    std::string verdict;
    std::string holder;
  };
  struct Referral {
    std::string finding;
    std::string dataset;  ///< "" when it is about the whole request
  };
  std::vector<DatasetVerdict> datasets;  ///< by dataset
  std::vector<Referral> referrals;       ///< by finding
};

struct HistoryRow {
  std::int64_t seq = 0;
  Instant at;
  std::string type;
  std::string member;
  std::string note;
};

void apply_request_submitted(const Event& event, const Member& member, Database& database);
void apply_request_withdrawn(const Event& event, const Member& member, Database& database);
void apply_request_assessed(const Event& event, const Member& member, Database& database);

/// Whether something may still come of it: not withdrawn, refused or issued.
[[nodiscard]] bool is_open(const Request& request);

/// The request of that id. Throws Error(bad_input) when there is none.
[[nodiscard]] Request require_request(Database& database, const std::string& id);
/// Throws Error(not_allowed) unless the version is the current one and the request not withdrawn.
[[nodiscard]] Request require_current(Database& database, const std::string& id,
                                      std::int64_t version);
void set_state(Database& database, const std::string& request, std::string_view state);
void add_history(Database& database, const Event& event, const Member& member,
                 const std::string& request, const std::string& note);

/// Which version of which request a document is.
struct Submission {
  std::string request;
  int version = 1;
};
/// The first time in the log that this member submitted the document. Others can name it in their
/// events too, once they have seen its digest in the log; what they say of it is nothing to us.
[[nodiscard]] std::optional<Submission> find_submission(Database& database, const Digest& document,
                                                        const std::string& submitter);

/// By id.
[[nodiscard]] std::vector<Request> all_requests(Database& database);
/// The last `most` requests of the log, or all, in its order; only those in one of `states` when
/// any is given.
[[nodiscard]] std::vector<Request> last_requests(Database& database,
                                                 const std::vector<std::string>& states,
                                                 std::optional<std::size_t> most);
/// The document of one version. Throws Error(damaged) when there is none.
[[nodiscard]] Digest request_document(Database& database, const std::string& request, int version);
/// The last assessment of a version, if there is one.
[[nodiscard]] std::optional<AssessmentRow> last_assessment(Database& database,
                                                           const std::string& request,
                                                           std::int64_t version);
[[nodiscard]] std::vector<HistoryRow> history_of(Database& database, const std::string& request);

/// The next id of a series in the year of `at`: "R-2026-0001", "R-2026-0002", …
[[nodiscard]] std::string next_id(Database& database, char series, Instant at);
/// That one and those after it.
[[nodiscard]] std::vector<std::string> next_ids(Database& database, char series, Instant at,
                                                std::size_t count);
/// Takes that id. Throws Error(not_allowed) when `id` is not the next one.
void take_id(Database& database, char series, Instant at, const std::string& id);

}  // namespace octroi::registry
