// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "json/tape.hpp"
#include "json/value.hpp"

namespace octroi::json {

/// The value that is on a tape, which it does not borrow from.
[[nodiscard]] Value to_value(const TapeValue& value);

/// The same where nobody needs the tape any more.
[[nodiscard]] Value to_value(Tape tape);

/// Reads a text, which must outlive the tape, as read() does.
[[nodiscard]] Tape read_laid(std::string_view text, std::string_view source,
                             const ReadLimits& limits = {});

}  // namespace octroi::json
