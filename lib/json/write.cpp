// SPDX-License-Identifier: Apache-2.0
#include "json/write.hpp"
#include "json/one_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <limits>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/limits.hpp"
#include "base/safe_text.hpp"

namespace octroi::json {
namespace {

/// UTF-8 orders as code points do, UTF-16 does not: there the surrogates D800-DFFF of code points
/// above U+FFFF (lead bytes F0-F4) come before U+E000-U+FFFF (lead bytes EE and EF). Lifting those
/// two lead bytes above the others gives the UTF-16 order.
int utf16_rank(char byte) {
  const int value = static_cast<unsigned char>(byte);
  return value == 0xEE || value == 0xEF ? value + 0x10 : value;
}

bool utf16_less(std::string_view left, std::string_view right) {
  return std::lexicographical_compare(
      left.begin(), left.end(), right.begin(), right.end(),
      [](char one, char other) { return utf16_rank(one) < utf16_rank(other); });
}

void append_escape(std::string& out, unsigned code) {
  switch (code) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\b':
      out += "\\b";
      return;
    case '\t':
      out += "\\t";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\f':
      out += "\\f";
      return;
    case '\r':
      out += "\\r";
      return;
    default:
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", code);
  }
}

void require_utf8(std::string_view text) {
  if (is_utf8(text)) return;
  throw Error(ErrorCode::bad_input,
              fmt::format("expected text in UTF-8, got {}", octroi::in_quotes(text)));
}

bool needs_escape(char character) {
  return static_cast<unsigned char>(character) < 0x20 || character == '"' || character == '\\';
}

/// Whether any of eight bytes is below a blank, beyond ASCII, the last of it, a quote or a
/// backslash. (x - 1) & ~x has the top bit of a byte of x first where that is 0.
bool is_any_special(std::uint64_t eight) {
  constexpr std::uint64_t k_ones = 0x0101010101010101;
  const auto holds = [eight](unsigned char byte) {
    const std::uint64_t zero_where = eight ^ (k_ones * byte);
    return (zero_where - k_ones) & ~zero_where;
  };
  const std::uint64_t below_blank = (eight - k_ones * ' ') & ~eight;
  return ((below_blank | holds('"') | holds('\\') | holds(0x7F) | eight) & (k_ones << 7)) != 0;
}

/// Without anything to escape or to look at twice. So is nearly every text: eight bytes are looked
/// at together.
bool is_plain(std::string_view text) {
  std::uint64_t eight = 0;
  const std::string_view last = text.substr(text.size() - std::min(text.size(), sizeof eight));
  for (; text.size() >= sizeof eight; text.remove_prefix(sizeof eight)) {
    std::memcpy(&eight, text.data(), sizeof eight);
    if (is_any_special(eight)) return false;
  }
  if (last.size() == sizeof eight) {  // the last eight, of which some may have been among others
    std::memcpy(&eight, last.data(), sizeof eight);
    return !is_any_special(eight);
  }
  return std::none_of(text.begin(), text.end(), [](char character) {
    const auto code = static_cast<unsigned char>(character);
    return code < 0x20 || code >= 0x7F || code == '"' || code == '\\';
  });
}

void append_plain(std::string& out, std::string_view text) {
  out += '"';
  out += text;
  out += '"';
}

void append_special(std::string& out, std::string_view text) {
  require_utf8(text);
  out += '"';
  for (auto at = text.begin(); at != text.end();) {
    const auto end = std::find_if(at, text.end(), needs_escape);
    out.append(at, end);
    at = end;
    if (at != text.end()) append_escape(out, static_cast<unsigned char>(*at++));
  }
  out += '"';
}

void append_string(std::string& out, std::string_view text) {
  is_plain(text) ? append_plain(out, text) : append_special(out, text);
}

void append_canonical_integer(std::string& out, std::int64_t integer) {
  if (integer > limits::k_json_integer_max || integer < -limits::k_json_integer_max) {
    throw Error(ErrorCode::bad_input,
                fmt::format("expected an integer of at most 2^53 - 1, got {}", integer));
  }
  out += std::to_string(integer);
}

void append_canonical_member(std::string& out, const Value::Object::value_type& member) {
  if (out.back() != '{') out += ',';
  append_string(out, member.first);
  out += ':';
  append_canonical(out, member.second);
}

void append_canonical_object(std::string& out, const Value::Object& members) {
  out += '{';
  // Members are sorted by their bytes, which is the order of UTF-16 too where all are ASCII.
  const bool is_sorted = std::all_of(members.begin(), members.end(),
                                     [](const auto& member) { return is_ascii(member.first); });
  if (is_sorted) {
    for (const auto& member : members) append_canonical_member(out, member);
  } else {
    std::vector<const Value::Object::value_type*> sorted;
    for (const auto& member : members) sorted.push_back(&member);
    std::sort(sorted.begin(), sorted.end(), [](const auto* left, const auto* right) {
      return utf16_less(left->first, right->first);
    });
    for (const auto* member : sorted) append_canonical_member(out, *member);
  }
  out += '}';
}

void append_canonical_array(std::string& out, const Value::Array& items) {
  out += '[';
  for (const Value& item : items) {
    if (&item != &items.front()) out += ',';
    append_canonical(out, item);
  }
  out += ']';
}

/// Characters that a reader cannot see, or that reorder what is around them: shown as escapes.
bool is_hidden(unsigned code) {
  return (code >= 0x7F && code <= 0x9F) || code == 0x061C || code == 0x200E || code == 0x200F ||
         (code >= 0x2028 && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

/// A character of well-formed UTF-8 at the start of `text`, if it has at most three bytes.
struct Character {
  std::size_t bytes = 1;
  unsigned code = 0;
};

Character first_character(std::string_view text) {
  const auto byte = [text](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const unsigned lead = byte(0);
  if (lead >= 0xC0 && lead < 0xE0) return {2, (lead & 0x1Fu) << 6 | (byte(1) & 0x3Fu)};
  if (lead >= 0xE0 && lead < 0xF0) {
    return {3, (lead & 0x0Fu) << 12 | (byte(1) & 0x3Fu) << 6 | (byte(2) & 0x3Fu)};
  }
  return {1, lead < 0x80 ? lead : 0};  // four bytes pass one by one: none of them is hidden
}

void append_pretty_string(std::string& out, std::string_view text) {
  if (is_plain(text)) return append_plain(out, text);
  std::string escaped;
  append_special(escaped, text);
  for (std::string_view rest = escaped; !rest.empty();) {
    const Character character = first_character(rest);
    if (is_hidden(character.code)) {
      append_escape(out, character.code);
    } else {
      out += rest.substr(0, character.bytes);
    }
    rest.remove_prefix(character.bytes);
  }
}

void append_pretty_number(std::string& out, double number) {
  if (!std::isfinite(number)) {
    throw Error(ErrorCode::bad_input, fmt::format("expected a finite number, got {}", number));
  }
  const std::string digits = fmt::format("{}", number);
  out += digits;
  if (digits.find_first_of(".e") == std::string::npos) out += ".0";  // read back as a double
}

/// Of a value that is written on one line.
constexpr std::size_t k_no_level = std::numeric_limits<std::size_t>::max();

std::size_t below(std::size_t level) {
  return level == k_no_level ? k_no_level : level + 1;
}

void append_line(std::string& out, std::size_t level) {
  if (level == k_no_level) return;
  out += '\n';
  out.append(2 * level, ' ');
}

void append_pretty(std::string& out, const Value& value, std::size_t level);

void append_pretty_array(std::string& out, const Value::Array& items, std::size_t level) {
  out += '[';
  for (const Value& item : items) {
    if (&item != &items.front()) out += ',';
    append_line(out, below(level));
    append_pretty(out, item, below(level));
  }
  if (!items.empty()) append_line(out, level);
  out += ']';
}

void append_pretty_object(std::string& out, const Value::Object& members, std::size_t level) {
  out += '{';
  bool is_first = true;
  for (const auto& [name, value] : members) {
    if (!is_first) out += ',';
    is_first = false;
    append_line(out, below(level));
    append_pretty_string(out, name);
    out += level == k_no_level ? ":" : ": ";
    append_pretty(out, value, below(level));
  }
  if (!members.empty()) append_line(out, level);
  out += '}';
}

void append_pretty(std::string& out, const Value& value, std::size_t level) {
  switch (value.kind()) {
    case Kind::null:
      out += "null";
      return;
    case Kind::boolean:
      out += value.as_boolean() ? "true" : "false";
      return;
    case Kind::integer:
      out += std::to_string(value.as_integer());
      return;
    case Kind::number:
      append_pretty_number(out, value.as_number());
      return;
    case Kind::string:
      append_pretty_string(out, value.as_string());
      return;
    case Kind::array:
      append_pretty_array(out, value.as_array(), level);
      return;
    case Kind::object:
      append_pretty_object(out, value.as_object(), level);
      return;
  }
}

}  // namespace

void append_canonical(std::string& out, const Value& value) {
  switch (value.kind()) {
    case Kind::null:
      out += "null";
      return;
    case Kind::boolean:
      out += value.as_boolean() ? "true" : "false";
      return;
    case Kind::integer:
      append_canonical_integer(out, value.as_integer());
      return;
    case Kind::number:
      throw Error(ErrorCode::bad_input,
                  fmt::format("expected an integer, got the number {}", value.as_number()));
    case Kind::string:
      append_string(out, value.as_string());
      return;
    case Kind::array:
      append_canonical_array(out, value.as_array());
      return;
    case Kind::object:
      append_canonical_object(out, value.as_object());
      return;
  }
}

void append_canonical_text(std::string& out, std::string_view text) {
  append_string(out, text);
}

void append_one_line_text(std::string& out, std::string_view text) {
  append_pretty_string(out, text);
}

std::string canonical(const Value& value) {
  std::string out;
  append_canonical(out, value);
  return out;
}

std::string pretty(const Value& value) {
  std::string out;
  append_pretty(out, value, 0);
  out += '\n';
  return out;
}

std::string one_line(const Value& value) {
  std::string out;
  append_pretty(out, value, k_no_level);
  return out;
}

}  // namespace octroi::json
