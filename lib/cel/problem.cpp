// SPDX-License-Identifier: Apache-2.0
#include "cel/problem.hpp"

#include <algorithm>
#include <utility>

namespace octroi::cel {

Problem problem_at(std::string_view source, std::size_t offset, std::string message) {
  const std::string_view before = source.substr(0, offset);
  const std::size_t line_feed = before.rfind('\n');
  const std::size_t start = line_feed == std::string_view::npos ? 0 : line_feed + 1;
  const auto lines = std::count(before.begin(), before.end(), '\n');
  return {before.size(), static_cast<std::size_t>(lines) + 1, before.size() - start + 1,
          std::move(message)};
}

}  // namespace octroi::cel
