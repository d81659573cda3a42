// SPDX-License-Identifier: Apache-2.0
#include "rules/value_form.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/limits.hpp"
#include "base/safe_text.hpp"
#include "cel/time.hpp"
#include "crypto/encoding.hpp"

namespace octroi::rules {
namespace {

using cel::TypeKind;
using json::Value;

constexpr std::string_view k_type_prefix = "type.googleapis.com/";
constexpr std::size_t k_base64_group = 4;      ///< digits for three bytes
constexpr std::size_t k_bytes_per_value = 16;  ///< what one value takes besides its content

[[noreturn]] void refuse(std::string_view expected, const std::string& found) {
  throw Error(ErrorCode::bad_input,
              fmt::format("value: expected {}, got {}", expected, in_quotes(found)));
}

/// base64 of RFC 4648 section 4, from that of section 5 without padding.
std::string to_base64(ByteView bytes) {
  std::string text = crypto::to_base64url(bytes);
  std::replace(text.begin(), text.end(), '-', '+');
  std::replace(text.begin(), text.end(), '_', '/');
  while (text.size() % k_base64_group != 0) text += '=';
  return text;
}

Bytes from_base64(const std::string& text) {
  std::string digits = text;
  if (digits.size() % k_base64_group == 0) {
    for (int padding = 0; padding < 2 && digits.ends_with('='); ++padding) digits.pop_back();
  }
  std::replace(digits.begin(), digits.end(), '+', '-');
  std::replace(digits.begin(), digits.end(), '/', '_');
  std::optional<Bytes> bytes = crypto::from_base64url(digits);
  if (!bytes) refuse("bytes in base64", text);
  return std::move(*bytes);
}

/// Writes values, as long as what is written stays below the limit.
class Writer {
 public:
  Value write(const cel::Value& value);

 private:
  void spend(std::size_t bytes) {
    if (bytes <= left_) {
      left_ -= bytes;
      return;
    }
    throw Error(ErrorCode::bad_input,
                fmt::format("expected a value of at most {} bytes to show (shown value limit)",
                            limits::k_shown_value_bytes_max));
  }
  Value write_list(const cel::Value::List& list);
  Value write_map(const cel::Value::Map& map);
  Value write_object(const cel::Value::Map& object);

  std::size_t left_ = limits::k_shown_value_bytes_max;
};

/// An object with one member, moved into it: a list of members would be copied, at every level.
Value member(const char* name, Value content) {
  Value result;
  result.set(name, std::move(content));
  return result;
}

Value floating_form(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value < 0 ? "-Infinity" : "Infinity";
  return value;
}

Value time_form(TypeKind kind, std::string text) {
  return member("objectValue",
                json::object({{"@type", std::string(k_type_prefix) + cel::runtime_name(kind)},
                              {"value", std::move(text)}}));
}

Value Writer::write_list(const cel::Value::List& list) {
  Value values = Value::Array{};
  for (const cel::Value& one : list) values.push(write(one));
  return member("listValue", member("values", std::move(values)));
}

Value Writer::write_map(const cel::Value::Map& map) {
  Value entries = Value::Array{};
  for (const auto& [key, value] : map.entries) {
    Value entry = member("key", write(key));
    entry.as_object().emplace("value", write(value));
    entries.push(std::move(entry));
  }
  return member("mapValue", member("entries", std::move(entries)));
}

Value Writer::write_object(const cel::Value::Map& object) {
  Value fields = Value::Object{};
  for (const auto& [name, value] : object.entries) {
    spend(name.as_string().size());
    fields.set(name.as_string(), write(value));
  }
  Value content = member("@type", object.type_name);
  content.set("value", std::move(fields));
  return member("objectValue", std::move(content));
}

Value Writer::write(const cel::Value& value) {
  spend(k_bytes_per_value);
  switch (value.kind()) {
    case TypeKind::null:
      return member("nullValue", nullptr);
    case TypeKind::boolean:
      return member("boolValue", value.as_boolean());
    case TypeKind::integer:
      return member("int64Value", fmt::to_string(value.as_integer()));
    case TypeKind::unsigned_integer:
      return member("uint64Value", fmt::to_string(value.as_unsigned()));
    case TypeKind::floating:
      return member("doubleValue", floating_form(value.as_floating()));
    case TypeKind::string:
      spend(value.as_string().size());
      return member("stringValue", value.as_string());
    case TypeKind::bytes:
      spend(value.as_bytes().size());
      return member("bytesValue", to_base64(value.as_bytes()));
    case TypeKind::list:
      return write_list(value.as_list());
    case TypeKind::map:
      return write_map(value.as_map());
    case TypeKind::object:
      return write_object(value.as_map());
    case TypeKind::timestamp:
      return time_form(TypeKind::timestamp, cel::format_timestamp(value.as_timestamp()));
    case TypeKind::duration:
      return time_form(TypeKind::duration, cel::format_duration(value.as_duration()));
    case TypeKind::type:
      return member("typeValue", cel::runtime_name(value.as_type()));
    case TypeKind::dyn:
    case TypeKind::parameter:
    case TypeKind::error:
      break;
  }
  broken_invariant("a value of a type that no value has");
}

/// A number as text, or as JSON has it.
template <typename Integer>
cel::Value read_integer(const Value& content, std::string_view expected) {
  const std::string text =
      content.is_string() ? content.as_string() : fmt::to_string(content.as_integer());
  Integer value = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  if (read.ec != std::errc() || read.ptr != end) refuse(expected, text);
  return value;
}

double read_floating(const Value& content) {
  if (!content.is_string()) return content.as_number();
  if (content.as_string() == "NaN") return std::numeric_limits<double>::quiet_NaN();
  const double infinite = std::numeric_limits<double>::infinity();
  return content.as_string() == "Infinity" ? infinite : -infinite;
}

cel::Value read_list(const Value& content) {
  cel::Value::List elements;
  if (const Value* values = content.find("values")) {
    for (const Value& one : values->as_array()) elements.push_back(read_value_form(one));
  }
  return elements;
}

cel::Value read_map(const Value& content) {
  std::vector<cel::Value::Entry> entries;
  if (const Value* list = content.find("entries")) {
    for (const Value& one : list->as_array()) {
      cel::Value key = read_value_form(one.at("key"));
      if (!cel::is_key(key)) {
        refuse("a key of type bool, int, uint or string", cel::to_string(key.type()));
      }
      entries.emplace_back(std::move(key), read_value_form(one.at("value")));
    }
  }
  if (cel::has_repeated_key(entries)) {
    throw Error(ErrorCode::bad_input, "value: expected a map without a key twice");
  }
  return cel::Value::map(std::move(entries));
}

cel::Value read_time(const Value& content) {
  const std::string text = content.text("value");
  if (content.text("@type").ends_with("Timestamp")) {
    if (const auto timestamp = cel::parse_timestamp(text)) return *timestamp;
    refuse("a time as in 2021-02-19T00:00:00Z", text);
  }
  if (const auto duration = cel::parse_duration(text)) return *duration;
  refuse("a duration as in 1.5s", text);
}

/// A type by its name alone: one that values have, or another, which then no value here has.
cel::Value read_type_name(const std::string& name) {
  constexpr TypeKind k_kinds[] = {
      TypeKind::null,     TypeKind::boolean, TypeKind::integer,   TypeKind::unsigned_integer,
      TypeKind::floating, TypeKind::string,  TypeKind::bytes,     TypeKind::list,
      TypeKind::map,      TypeKind::type,    TypeKind::timestamp, TypeKind::duration};
  for (const TypeKind kind : k_kinds) {
    if (cel::runtime_name(kind) == name) return cel::Value(cel::Type(kind));
  }
  if (name.empty()) refuse("the name of a type", name);
  return cel::Value(cel::Type::object(name));
}

cel::Type read_primitive(const std::string& name) {
  if (name == "BOOL") return TypeKind::boolean;
  if (name == "INT64") return TypeKind::integer;
  if (name == "UINT64") return TypeKind::unsigned_integer;
  if (name == "DOUBLE") return TypeKind::floating;
  return name == "STRING" ? TypeKind::string : TypeKind::bytes;
}

/// What a member says, or dyn where there is none.
cel::Type read_part(const Value& content, std::string_view name) {
  const Value* part = content.find(name);
  return part == nullptr ? cel::Type() : read_type_form(*part);
}

}  // namespace

Value to_value_form(const cel::Value& value) {
  return Writer().write(value);
}

cel::Value read_value_form(const Value& form) {
  // INVARIANT: the schema allows these members alone, one at a time, each of the type it is read
  // as.
  const auto& [name, content] = *form.as_object().begin();
  if (name == "nullValue") return {};
  if (name == "boolValue") return content.as_boolean();
  if (name == "int64Value") return read_integer<std::int64_t>(content, "an int of 64 bits");
  if (name == "uint64Value") return read_integer<std::uint64_t>(content, "a uint of 64 bits");
  if (name == "doubleValue") return read_floating(content);
  if (name == "stringValue") return content.as_string();
  if (name == "bytesValue") return from_base64(content.as_string());
  if (name == "listValue") return read_list(content);
  if (name == "mapValue") return read_map(content);
  if (name == "typeValue") return read_type_name(content.as_string());
  return read_time(content);
}

cel::Type read_type_form(const Value& form) {
  const auto& [name, content] = *form.as_object().begin();
  if (name == "null") return TypeKind::null;
  if (name == "type") return TypeKind::type;
  if (name == "primitive") return read_primitive(content.as_string());
  if (name == "listType") return cel::Type::list(read_part(content, "elemType"));
  if (name == "mapType") {
    return cel::Type::map(read_part(content, "keyType"), read_part(content, "valueType"));
  }
  const bool is_time = name == "wellKnown" || name == "messageType";
  if (!is_time || content.as_string() == "ANY") return TypeKind::dyn;
  const std::string& text = content.as_string();
  return text == "TIMESTAMP" || text.ends_with("Timestamp") ? TypeKind::timestamp
                                                            : TypeKind::duration;
}

}  // namespace octroi::rules
