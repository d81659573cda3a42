// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>

#include "json/value.hpp"

namespace octroi::json {

/// An order of all values, in which numbers compare by what they say: 1 and 1.0 are equivalent
/// here, while == tells them apart. Exact also where an integer has no double.
[[nodiscard]] std::weak_ordering compare(const Value& left, const Value& right);

}  // namespace octroi::json
