// SPDX-License-Identifier: Apache-2.0
#include "json/within_line.hpp"

#include <fmt/format.h>

namespace octroi::json {

std::string within_line(std::string_view message) {
  constexpr std::string_view k_place = "line: line 1, column ";  // as read() says it
  if (!message.starts_with(k_place)) return std::string(message);
  return fmt::format("line: column {}", message.substr(k_place.size()));
}

}  // namespace octroi::json
