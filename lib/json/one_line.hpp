// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace octroi::json {

/// Appends a text to `out` as one_line would write it: for whoever writes what is around it. Throws
/// Error(bad_input) on text that is not UTF-8.
void append_one_line_text(std::string& out, std::string_view text);

}  // namespace octroi::json
