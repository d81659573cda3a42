// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "json/shape.hpp"

namespace octroi::model {

/// The shape of an embedded schema, by the name that schema_text takes: for those that single
/// commands need at once. nullptr for the others.
[[nodiscard]] const json::Shape* shape_of(std::string_view name);

/// Where a shape says yes, the schema needs to be neither read nor compiled. False says nothing:
/// there may be no shape, and what is wrong only the schema says.
[[nodiscard]] bool is_of_shape(std::string_view name, const json::Value& value);

}  // namespace octroi::model
