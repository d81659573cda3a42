// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace octroi::json {

/// What read() says of a text whose source is "line", for whoever answers lines one by one: a place
/// within the line is its column alone.
[[nodiscard]] std::string within_line(std::string_view message);

}  // namespace octroi::json
