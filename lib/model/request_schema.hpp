// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "json/value.hpp"

namespace octroi::model {

/// The request schema as a value, to read names and descriptions from.
[[nodiscard]] const json::Value& request_schema();

/// The schema itself, or what its $ref points to.
[[nodiscard]] const json::Value& resolved(const json::Value& schema);

/// What a schema says of a member, or the definition it refers to; "" when neither says anything.
[[nodiscard]] std::string description_of(const json::Value& schema);

/// The schema of what a JSON pointer points to: a name is a member, a number an item of an array.
/// A pointer that leads nowhere is a broken invariant.
[[nodiscard]] const json::Value& schema_at(std::string_view pointer);

}  // namespace octroi::model
