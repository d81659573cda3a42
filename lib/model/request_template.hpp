// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace octroi::model {

/// A request to fill in, as JSON: every member that is required, with a placeholder that does not
/// validate, and in every object a "$comment" that says line by line what to write, taken from the
/// schema; it may stay, since nothing looks at it.
[[nodiscard]] std::string request_template();

}  // namespace octroi::model
