// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "registry/database.hpp"

namespace octroi::registry {

/// The position of the event that an id stands for: that which issued a token, recorded a decision,
/// or submitted the current version of a request. Nothing when there is no such id.
[[nodiscard]] std::optional<std::int64_t> find_event_of(Database& database, const std::string& id);

}  // namespace octroi::registry
