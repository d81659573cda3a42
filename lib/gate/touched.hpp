// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "gate/audit.hpp"

namespace octroi::gate {

/// What compromised keys signed from the moment on from which they are not believed: events, and
/// tokens and status lists by their seal. Nothing when no key is compromised.
[[nodiscard]] std::vector<TouchedItem> touched_items(Database& database);

}  // namespace octroi::gate
