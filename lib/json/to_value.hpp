// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "json/tape.hpp"
#include "json/value.hpp"

namespace octroi::json {

/// The value that is on a tape, which it does not borrow from.
[[nodiscard]] Value to_value(const TapeValue& value);

}  // namespace octroi::json
