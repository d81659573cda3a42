// SPDX-License-Identifier: Apache-2.0
#include <charconv>
#include <cmath>
#include <string>

#include <fmt/format.h>

#include "base/safe_text.hpp"
#include "cel/builtins.hpp"
#include "cel/literal.hpp"
#include "cel/time.hpp"

namespace octroi::cel::builtins {
namespace {

Evaluated range_error(std::string_view type) {
  return failure(fmt::format("range error: expected a number in the range of {}", type));
}

Evaluated malformed(std::string_view type, const std::string& text) {
  return failure(fmt::format("type conversion error: expected {}, got {}", type, in_quotes(text)));
}

/// A decimal integer that fills the whole text; Go's form, so that `+1` is one too.
template <typename Integer>
Evaluated parse_integer(std::string_view type, const std::string& text) {
  const std::size_t plus = text.starts_with('+') && !text.starts_with("+-") ? 1 : 0;
  const char* end = text.data() + text.size();
  Integer value = 0;
  const auto read = std::from_chars(text.data() + plus, end, value);
  if (read.ec == std::errc::result_out_of_range) return range_error(type);
  if (read.ec != std::errc() || read.ptr != end) return malformed(type, text);
  return Value(value);
}

Evaluated to_integer(Arguments arguments, Context&) {
  const Value& value = arguments[0];
  const TypeKind kind = value.kind();
  if (kind == TypeKind::integer) return value;
  if (kind == TypeKind::timestamp) return Value(value.as_timestamp().seconds);
  if (kind == TypeKind::string) return parse_integer<std::int64_t>("int", value.as_string());
  if (kind == TypeKind::unsigned_integer) {
    if (value.as_unsigned() >= std::uint64_t{1} << 63) return range_error("int");
    return Value(static_cast<std::int64_t>(value.as_unsigned()));
  }
  if (kind != TypeKind::floating) return no_such_overload("int", arguments);
  const double number = value.as_floating();
  // The ends are refused, as a double there may have been rounded from a number outside.
  if (!(number > -0x1p63 && number < 0x1p63)) return range_error("int");
  return Value(static_cast<std::int64_t>(number));
}

Evaluated to_unsigned(Arguments arguments, Context&) {
  const Value& value = arguments[0];
  const TypeKind kind = value.kind();
  if (kind == TypeKind::unsigned_integer) return value;
  if (kind == TypeKind::string) return parse_integer<std::uint64_t>("uint", value.as_string());
  if (kind == TypeKind::integer) {
    if (value.as_integer() < 0) return range_error("uint");
    return Value(static_cast<std::uint64_t>(value.as_integer()));
  }
  if (kind != TypeKind::floating) return no_such_overload("uint", arguments);
  const double number = value.as_floating();
  if (!(number >= 0 && number < 0x1p64)) return range_error("uint");
  return Value(static_cast<std::uint64_t>(number));
}

Evaluated to_floating(Arguments arguments, Context&) {
  const Value& value = arguments[0];
  const TypeKind kind = value.kind();
  if (kind == TypeKind::floating) return value;
  if (kind == TypeKind::integer) return Value(static_cast<double>(value.as_integer()));
  if (kind == TypeKind::unsigned_integer) return Value(static_cast<double>(value.as_unsigned()));
  if (kind != TypeKind::string) return no_such_overload("double", arguments);
  const std::optional<double> number = parse_floating(value.as_string());
  return number ? Value(*number) : malformed("double", value.as_string());
}

/// The shortest text that reads back as the same double.
std::string floating_text(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value < 0 ? "-Infinity" : "Infinity";
  return fmt::format("{}", value);
}

Evaluated to_text(Arguments arguments, Context& context) {
  const Value& value = arguments[0];
  const TypeKind kind = value.kind();
  if (kind == TypeKind::string) return value;
  if (kind == TypeKind::boolean) return Value(value.as_boolean() ? "true" : "false");
  if (kind == TypeKind::integer) return Value(fmt::to_string(value.as_integer()));
  if (kind == TypeKind::unsigned_integer) return Value(fmt::to_string(value.as_unsigned()));
  if (kind == TypeKind::floating) return Value(floating_text(value.as_floating()));
  if (kind == TypeKind::timestamp) return Value(format_timestamp(value.as_timestamp()));
  if (kind == TypeKind::duration) return Value(format_duration(value.as_duration()));
  if (kind != TypeKind::bytes) return no_such_overload("string", arguments);
  context.budget.spend(steps_for_bytes(value.as_bytes().size()));
  const std::string_view text = as_text(value.as_bytes());
  if (!is_utf8(text)) return failure("type conversion error: expected UTF-8, got other bytes");
  return Value(text);
}

Evaluated to_bytes(Arguments arguments, Context& context) {
  const Value& value = arguments[0];
  if (value.kind() == TypeKind::bytes) return value;
  if (value.kind() != TypeKind::string) return no_such_overload("bytes", arguments);
  context.budget.spend(steps_for_bytes(value.as_string().size()));
  const ByteView bytes = as_bytes(value.as_string());
  return Value(Bytes(bytes.begin(), bytes.end()));
}

Evaluated to_boolean(Arguments arguments, Context&) {
  const Value& value = arguments[0];
  if (value.kind() == TypeKind::boolean) return value;
  if (value.kind() != TypeKind::string) return no_such_overload("bool", arguments);
  const std::string& text = value.as_string();
  for (const std::string_view word : {"1", "t", "true", "TRUE", "True"}) {
    if (text == word) return Value(true);
  }
  for (const std::string_view word : {"0", "f", "false", "FALSE", "False"}) {
    if (text == word) return Value(false);
  }
  return malformed("bool", text);
}

Evaluated to_dyn(Arguments arguments, Context&) {
  return arguments[0];
}

Evaluated to_type(Arguments arguments, Context&) {
  return Value(arguments[0].type());
}

}  // namespace

void add_conversions(Functions& functions) {
  functions.push_back(
      global("int", to_integer,
             {"int -> int", "uint -> int", "double -> int", "string -> int", "timestamp -> int"}));
  functions.push_back(global("uint", to_unsigned,
                             {"uint -> uint", "int -> uint", "double -> uint", "string -> uint"}));
  functions.push_back(
      global("double", to_floating,
             {"double -> double", "int -> double", "uint -> double", "string -> double"}));
  functions.push_back(
      global("string", to_text,
             {"string -> string", "bool -> string", "int -> string", "uint -> string",
              "double -> string", "bytes -> string", "timestamp -> string", "duration -> string"}));
  functions.push_back(global("bytes", to_bytes, {"bytes -> bytes", "string -> bytes"}));
  functions.push_back(global("bool", to_boolean, {"bool -> bool", "string -> bool"}));
  functions.push_back(global("dyn", to_dyn, {"A -> dyn"}));
  functions.push_back(global("type", to_type, {"A -> type(A)"}));
}

}  // namespace octroi::cel::builtins
