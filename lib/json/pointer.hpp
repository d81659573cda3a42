// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "json/value.hpp"

namespace octroi::json {

/// A JSON pointer one step longer, to the member of that name; "~" and "/" in it are escaped.
/// Source: RFC 6901 section 3.
[[nodiscard]] std::string pointer_to(std::string_view parent, std::string_view name);

/// What a pointer names in a value, or nullptr when there is nothing. Source: RFC 6901 section 4.
[[nodiscard]] const Value* find_at(const Value& value, std::string_view pointer);

/// Puts a value where the pointer says: a member, new or not, of an object that is there, or an
/// item that a list has already ("-" appends one). False, and nothing is changed, where there is no
/// such place.
[[nodiscard]] bool set_at(Value& value, std::string_view pointer, Value content);

/// Takes out the member or item that the pointer names. False when there is none; the whole value
/// cannot be taken out.
[[nodiscard]] bool remove_at(Value& value, std::string_view pointer);

/// A pointer made safe to show in a message, and cut where it is very long.
[[nodiscard]] std::string shown_pointer(std::string_view pointer);

}  // namespace octroi::json
