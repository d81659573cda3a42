// SPDX-License-Identifier: Apache-2.0
#include "rules/expression.hpp"

#include <cmath>
#include <string>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/limits.hpp"
#include "base/safe_text.hpp"
#include "cel/time.hpp"
#include "screen/labels.hpp"
#include "screen/page.hpp"

namespace octroi::screen {
namespace {

/// Writes a value as a CEL expression of that value, which reads back as the same.
class CelText {
 public:
  using TypeKind = cel::TypeKind;
  using Value = cel::Value;

  [[nodiscard]] std::string write(const Value& value) {
    add(value);
    return std::move(text_);
  }

 private:
  void add(const Value& value);
  void add_floating(double value);
  void add_string(const std::string& text);
  void add_bytes(const Bytes& bytes);
  void add_map(const Value::Map& map);
  void put(std::string_view text) {
    text_ += text;
    if (text_.size() <= limits::k_shown_value_bytes_max) return;
    throw Error(ErrorCode::bad_input,
                fmt::format("expected a value of at most {} bytes to show (shown value limit)",
                            limits::k_shown_value_bytes_max));
  }

  std::string text_;
};

void CelText::add_floating(double value) {
  if (std::isnan(value)) return put("double(\"NaN\")");
  if (std::isinf(value)) return put(value < 0 ? "double(\"-Infinity\")" : "double(\"Infinity\")");
  const std::string digits = fmt::format("{}", value);
  put(digits.find_first_of(".e") == std::string::npos ? digits + ".0" : digits);
}

/// Control characters and what cannot be seen as escapes; Page would make them safe as well, but
/// not so that CEL can read them.
void CelText::add_string(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    if (c == '\n') {
      result += "\\n";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      result += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    } else {
      result += c;
    }
  }
  put(result + "\"");
}

void CelText::add_bytes(const Bytes& bytes) {
  std::string result = "b\"";
  for (const std::uint8_t byte : bytes) {
    const bool is_plain = byte >= 0x20 && byte < 0x7F && byte != '"' && byte != '\\';
    result += is_plain ? std::string(1, static_cast<char>(byte)) : fmt::format("\\x{:02x}", byte);
  }
  put(result + "\"");
}

void CelText::add_map(const Value::Map& map) {
  put(map.type_name + "{");
  bool is_first = true;
  for (const auto& [key, value] : map.entries) {
    if (!is_first) put(", ");
    is_first = false;
    if (map.type_name.empty()) {
      add(key);
    } else {
      put(key.as_string());  // a field's name
    }
    put(": ");
    add(value);
  }
  put("}");
}

void CelText::add(const Value& value) {
  switch (value.kind()) {
    case TypeKind::null:
      return put("null");
    case TypeKind::boolean:
      return put(value.as_boolean() ? "true" : "false");
    case TypeKind::integer:
      return put(fmt::to_string(value.as_integer()));
    case TypeKind::unsigned_integer:
      return put(fmt::format("{}u", value.as_unsigned()));
    case TypeKind::floating:
      return add_floating(value.as_floating());
    case TypeKind::string:
      return add_string(value.as_string());
    case TypeKind::bytes:
      return add_bytes(value.as_bytes());
    case TypeKind::list:
      put("[");
      for (const Value& one : value.as_list()) {
        if (&one != &value.as_list().front()) put(", ");
        add(one);
      }
      return put("]");
    case TypeKind::map:
    case TypeKind::object:
      return add_map(value.as_map());
    case TypeKind::timestamp:
      return put(fmt::format("timestamp(\"{}\")", cel::format_timestamp(value.as_timestamp())));
    case TypeKind::duration:
      return put(fmt::format("duration(\"{}\")", cel::format_duration(value.as_duration())));
    case TypeKind::type:
      return put(cel::runtime_name(value.as_type()));
    case TypeKind::dyn:
    case TypeKind::parameter:
    case TypeKind::error:
      break;
  }
  broken_invariant("a value of a type that no value has");
}

}  // namespace

std::string render(const rules::ExpressionAnswer& answer, const Style& style) {
  Page page(style);
  if (answer.value) {
    page.unbroken(CelText().write(*answer.value) + " : " + answer.type);
    return std::move(page).take();
  }
  page.prose(say_with(Word::no_value, style, answer.error));
  if (!answer.missing.empty()) {
    page.fields({{std::string(say(Word::missing, style)), answer.missing, Tone::caution}}, 2);
  }
  return std::move(page).take();
}

}  // namespace octroi::screen
