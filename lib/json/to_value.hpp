// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "json/tape.hpp"
#include "json/value.hpp"

namespace octroi::json {

/// The value that is on a tape, which it does not borrow from.
[[nodiscard]] Value to_value(const TapeValue& value);

/// Reads a text as read() does, and leaves the value laid out on `tape`.
[[nodiscard]] Value read_onto(Tape& tape, std::string_view text, std::string_view source);

}  // namespace octroi::json
