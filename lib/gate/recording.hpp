// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "gate/assessing.hpp"
#include "gate/context.hpp"

namespace octroi::gate {

/// Assesses the current version of a request and appends the event, inside the caller's writing
/// transaction; appends nothing when the last assessment on record says exactly the same.
[[nodiscard]] RecordedAssessment record_assessment(Database& database, const Actor& actor,
                                                   const std::string& request,
                                                   const Context& context);

/// The same for a release, which may be endorsed on one day and issued on another: where the last
/// assessment on record says the same but for its day, that one stands.
[[nodiscard]] RecordedAssessment standing_assessment(Database& database, const Actor& actor,
                                                     const std::string& request,
                                                     const Context& context);

}  // namespace octroi::gate
