// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace octroi::cel {

/// What is wrong with an expression, and where.
struct Problem {
  std::size_t offset = 0;  ///< bytes before it
  std::size_t line = 1;    ///< from 1
  std::size_t column = 1;  ///< bytes from the start of the line, from 1
  std::string message;

  friend bool operator==(const Problem&, const Problem&) = default;
};

/// A problem at an offset of a source, with its line and column.
[[nodiscard]] Problem problem_at(std::string_view source, std::size_t offset, std::string message);

}  // namespace octroi::cel
