// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cel/type.hpp"
#include "cel/value.hpp"
#include "json/value.hpp"

/// Values and types of the Common Expression Language as JSON, in the form of the conformance tests
/// of cel-spec: an object with one member, whose name says the type.
///
///     {"int64Value": "1"}   {"listValue": {"values": [{"boolValue": true}]}}
///
/// Moments and lengths of time are an objectValue as protobuf writes them; objects of octroi's
/// facts are one whose `value` holds the fields in this form.
/// Source: cel-spec, proto/cel/expr/value.proto and checked.proto, in protobuf's JSON mapping.
namespace octroi::rules {

/// Throws Error(bad_input) on a value that is longer than limits::k_shown_value_bytes_max when it
/// is written: parts that a value shares are written each time.
[[nodiscard]] json::Value to_value_form(const cel::Value& value);

/// Reads what schemas/expression-line.schema.json calls a value, and must be valid under it.
/// Throws Error(bad_input) on a number out of its type's range, bytes that are no base64, a time
/// that is none, and a key that is none or repeated.
[[nodiscard]] cel::Value read_value_form(const json::Value& form);

/// Reads what schemas/expression-line.schema.json calls a type, and must be valid under it.
[[nodiscard]] cel::Type read_type_form(const json::Value& form);

}  // namespace octroi::rules
