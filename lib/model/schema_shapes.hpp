// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "json/shape.hpp"

namespace octroi::model {

/// The shape of an embedded schema, by the name that schema_text takes: for those that every
/// verification needs. nullptr for the others.
[[nodiscard]] const json::Shape* shape_of(std::string_view name);

}  // namespace octroi::model
