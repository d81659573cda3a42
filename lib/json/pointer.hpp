// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace octroi::json {

/// A JSON pointer one step longer, to the member of that name; "~" and "/" in it are escaped.
/// Source: RFC 6901 section 3.
[[nodiscard]] std::string pointer_to(std::string_view parent, std::string_view name);

/// A pointer made safe to show in a message, and cut where it is very long.
[[nodiscard]] std::string shown_pointer(std::string_view pointer);

}  // namespace octroi::json
