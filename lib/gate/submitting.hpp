// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "json/value.hpp"

namespace octroi::gate {

/// The body of the event that makes a stored document a version of a request.
[[nodiscard]] json::Value submission_of(const std::string& request, int version,
                                        const std::string& document_digest);

}  // namespace octroi::gate
