// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace octroi::script {

/// Where an output differs from what a golden file expects, in words; nothing when it does not.
/// In a golden file `[..]` stands for any part of a line: for a time, a digest, a signature.
[[nodiscard]] std::optional<std::string> difference(std::string_view expected,
                                                    std::string_view actual);

/// The golden file for a new output: its lines, but those that an old line with `[..]` still fits
/// stay as they were written.
[[nodiscard]] std::string updated_golden(std::string_view expected, std::string_view actual);

}  // namespace octroi::script
