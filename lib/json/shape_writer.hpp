// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "json/value.hpp"

namespace octroi::json {

/// The shape of a schema (shape.hpp) as C++: the tables and `constexpr json::Shape k_NAME`, for a
/// namespace inside octroi. Throws Error(bad_input) where the schema asks for something that a
/// shape cannot say: then there is none, so that a shape says all that its schema says.
[[nodiscard]] std::string shape_in_cpp(const Value& schema, std::string_view name);

}  // namespace octroi::json
