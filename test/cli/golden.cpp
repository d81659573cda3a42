// SPDX-License-Identifier: Apache-2.0
#include "cli/golden.hpp"

#include <algorithm>

#include "cli/lines.hpp"

namespace octroi::script {
namespace {

constexpr std::string_view k_anything = "[..]";

/// Whether a line fits an expected one. Between two `[..]` the leftmost place is taken, which finds
/// a fit whenever there is one.
bool fits(std::string_view expected, std::string_view line) {
  std::size_t wildcard = expected.find(k_anything);
  if (wildcard == std::string_view::npos) return expected == line;
  if (!line.starts_with(expected.substr(0, wildcard))) return false;
  line.remove_prefix(wildcard);
  for (;;) {
    expected.remove_prefix(wildcard + k_anything.size());
    wildcard = expected.find(k_anything);
    if (wildcard == std::string_view::npos) return line.ends_with(expected);
    const std::string_view piece = expected.substr(0, wildcard);
    const std::size_t found = line.find(piece);
    if (found == std::string_view::npos) return false;
    line.remove_prefix(found + piece.size());
  }
}

std::string shown(const std::vector<std::string_view>& lines, std::size_t index) {
  return index < lines.size() ? "'" + std::string(lines[index]) + "'" : "the end";
}

}  // namespace

std::optional<std::string> difference(std::string_view expected, std::string_view actual) {
  const auto expected_lines = lines_of(expected);
  const auto actual_lines = lines_of(actual);
  for (std::size_t i = 0; i < std::max(expected_lines.size(), actual_lines.size()); ++i) {
    if (i < expected_lines.size() && i < actual_lines.size() &&
        fits(expected_lines[i], actual_lines[i])) {
      continue;
    }
    return "line " + std::to_string(i + 1) + ": expected " + shown(expected_lines, i) + ", got " +
           shown(actual_lines, i);
  }
  return std::nullopt;
}

std::string updated_golden(std::string_view expected, std::string_view actual) {
  const auto old_lines = lines_of(expected);
  auto next_old = old_lines.begin();
  std::string golden;
  for (const std::string_view line : lines_of(actual)) {
    const auto fitting = std::find_if(next_old, old_lines.end(),
                                      [line](std::string_view old) { return fits(old, line); });
    golden.append(fitting == old_lines.end() ? line : *fitting).append("\n");
    if (fitting != old_lines.end()) next_old = fitting + 1;
  }
  return golden;
}

}  // namespace octroi::script
