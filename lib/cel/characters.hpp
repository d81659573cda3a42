// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace octroi::cel {

/// True for the ASCII digits 0 to 9.
[[nodiscard]] constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace octroi::cel
