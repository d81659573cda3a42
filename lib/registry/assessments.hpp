// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "registry/requests.hpp"

/// What the tables assessments, assessment_datasets and assessment_referrals hold.
namespace octroi::registry {

/// An assessment on record, and of what.
struct RecordedAssessment {
  std::string request;
  int version = 1;  ///< of the request
  Instant at;       ///< of its event
  AssessmentRow row;
};

/// Every assessment of a request, all its versions; in the order of the log.
[[nodiscard]] std::vector<RecordedAssessment> assessments_of(Database& database,
                                                             const std::string& request);

/// Every assessment, in the order of the log.
[[nodiscard]] std::vector<RecordedAssessment> all_assessments(Database& database);

[[nodiscard]] std::int64_t count_assessments(Database& database);

/// The assessment that an event recorded, if it did.
[[nodiscard]] std::optional<RecordedAssessment> find_assessment(Database& database,
                                                                std::int64_t seq);

}  // namespace octroi::registry
