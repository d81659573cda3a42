// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "base/time.hpp"

namespace octroi::test {

/// The day that a text such as "2021-03-15" says; it has to exist.
inline Date day(std::string_view text) {
  return parse_date(text).value();
}

}  // namespace octroi::test
