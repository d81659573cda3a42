// SPDX-License-Identifier: Apache-2.0
#include "cel/literal.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include <fmt/format.h>

#include "base/bytes.hpp"
#include "base/safe_text.hpp"

namespace octroi::cel {
namespace {

/// Of a decimal number; no text has digits enough to make up for more.
constexpr std::int64_t k_exponent_max = 1'000'000'000;
constexpr std::uint64_t k_smallest_magnitude = std::uint64_t{1} << 63;  ///< of an int below zero

LiteralValue read_integer(std::string_view text, bool is_unsigned, bool is_negative) {
  std::string_view digits = text;
  if (is_unsigned) digits.remove_suffix(1);
  const int base = digits.starts_with("0x") ? 16 : 10;
  if (base == 16) digits.remove_prefix(2);
  std::uint64_t magnitude = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), magnitude, base);
  const bool fits = read.ec == std::errc() &&
                    (is_unsigned || magnitude < k_smallest_magnitude + (is_negative ? 1 : 0));
  if (!fits) {
    return LiteralFault{0, fmt::format("expected {} of 64 bits, got {}",
                                       is_unsigned ? "a uint" : "an int", in_quotes(text))};
  }
  if (is_unsigned) return Value(magnitude);
  return Value(static_cast<std::int64_t>(is_negative ? 0 - magnitude : magnitude));
}

/// Decodes the escapes of one literal.
class Decoder {
 public:
  Decoder(std::string_view body, std::size_t offset, bool is_bytes)
      : body_(body), offset_(offset), is_bytes_(is_bytes) {}

  std::variant<std::string, LiteralFault> run() {
    while (at_ < body_.size() && !fault_) {
      if (body_[at_] != '\\') {
        result_ += body_[at_++];
      } else {
        read_escape();
      }
    }
    if (fault_) return *fault_;
    return std::move(result_);
  }

 private:
  void read_escape();
  [[nodiscard]] std::optional<char32_t> read_digits(std::size_t count, int base);
  [[nodiscard]] std::optional<char32_t> read_code(char kind);
  [[nodiscard]] std::optional<char32_t> read_low_surrogate(char32_t high);
  void fail(std::string message) { fault_ = LiteralFault{offset_ + start_, std::move(message)}; }

  std::string_view body_;
  std::size_t offset_;
  bool is_bytes_;
  std::size_t at_ = 0;
  std::size_t start_ = 0;  ///< of the escape at hand
  std::string result_;
  std::optional<LiteralFault> fault_;
};

std::optional<char> simple_escape(char letter) {
  constexpr std::pair<char, char> k_escapes[] = {
      {'a', '\a'}, {'b', '\b'}, {'f', '\f'}, {'n', '\n'},  {'r', '\r'}, {'t', '\t'},
      {'v', '\v'}, {'"', '"'},  {'`', '`'},  {'\'', '\''}, {'?', '?'},  {'\\', '\\'}};
  for (const auto& [name, value] : k_escapes) {
    if (name == letter) return value;
  }
  return std::nullopt;
}

std::optional<char32_t> Decoder::read_digits(std::size_t count, int base) {
  const std::string_view digits = body_.substr(at_, count);
  std::uint32_t value = 0;
  const char* end = digits.data() + digits.size();
  const auto read = std::from_chars(digits.data(), end, value, base);
  if (digits.size() != count || read.ec != std::errc() || read.ptr != end) return std::nullopt;
  at_ += count;
  return value;
}

std::optional<char32_t> Decoder::read_low_surrogate(char32_t high) {
  if (!body_.substr(at_).starts_with("\\u")) return std::nullopt;
  at_ += 2;
  const std::optional<char32_t> low = read_digits(4, 16);
  if (!low || *low < 0xDC00 || *low > 0xDFFF) return std::nullopt;
  return 0x10000 + ((high - 0xD800) << 10) + (*low - 0xDC00);
}

std::optional<char32_t> Decoder::read_code(char kind) {
  if (kind >= '0' && kind <= '3') {
    --at_;
    return read_digits(3, 8);
  }
  if (kind == 'x' || kind == 'X') return read_digits(2, 16);
  if (is_bytes_ || (kind != 'u' && kind != 'U')) return std::nullopt;
  const std::optional<char32_t> code = read_digits(kind == 'u' ? 4 : 8, 16);
  if (code && kind == 'u' && *code >= 0xD800 && *code <= 0xDBFF) return read_low_surrogate(*code);
  return code;
}

void Decoder::read_escape() {
  start_ = at_++;
  const char kind = at_ < body_.size() ? body_[at_++] : '\0';
  if (const std::optional<char> simple = simple_escape(kind)) {
    result_ += *simple;
    return;
  }
  const std::optional<char32_t> code = read_code(kind);
  if (!code) return fail("expected an escape sequence");
  if (is_bytes_) {
    result_ += static_cast<char>(*code);
  } else if (*code > 0x10FFFF || (*code >= 0xD800 && *code <= 0xDFFF)) {
    fail("expected the code point of a character");
  } else {
    append_utf8(result_, *code);
  }
}

LiteralValue read_string(std::string_view text, bool is_bytes) {
  const std::size_t prefix = text.find_first_of("\"'");
  const bool is_raw = prefix > (is_bytes ? 1U : 0U);
  const std::string_view quoted = text.substr(prefix);
  const bool is_triple = quoted.size() >= 6 && quoted[1] == quoted[0] && quoted[2] == quoted[0];
  const std::size_t marks = is_triple ? 3 : 1;
  const std::string_view body = quoted.substr(marks, quoted.size() - 2 * marks);
  std::string content(body);
  if (!is_raw) {
    auto decoded = Decoder(body, prefix + marks, is_bytes).run();
    if (auto* fault = std::get_if<LiteralFault>(&decoded)) return std::move(*fault);
    content = std::get<std::string>(std::move(decoded));
  }
  if (!is_bytes) return Value(std::move(content));
  const ByteView bytes = as_bytes(content);
  return Value(Bytes(bytes.begin(), bytes.end()));
}

/// True when a decimal number that no double holds is too large, not too small: its first digit
/// other than 0 stands for a power of ten that is not negative.
bool is_too_large(std::string_view text) {
  const std::size_t exponent_at = std::min(text.find_first_of("eE"), text.size());
  const std::string_view digits = text.substr(0, exponent_at);
  const auto point = static_cast<std::int64_t>(std::min(digits.find('.'), digits.size()));
  const auto first =
      static_cast<std::int64_t>(std::min(digits.find_first_of("123456789"), digits.size()));
  const bool is_exponent_negative = text.find('-', exponent_at) != std::string_view::npos;
  std::string_view power = text.substr(std::min(exponent_at + 1, text.size()));
  if (power.starts_with('-') || power.starts_with('+')) power.remove_prefix(1);
  std::int64_t exponent = 0;
  const auto read = std::from_chars(power.data(), power.data() + power.size(), exponent);
  const bool is_beyond = read.ec == std::errc::result_out_of_range || exponent > k_exponent_max;
  if (is_beyond) return !is_exponent_negative;
  return point - first + (is_exponent_negative ? -exponent : exponent) > 0;
}

}  // namespace

std::optional<double> parse_floating(std::string_view text) {
  const bool is_negative = text.starts_with('-');
  if (is_negative || text.starts_with('+')) text.remove_prefix(1);
  if (text.empty() || text.front() == '-') return std::nullopt;
  double value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ptr != text.data() + text.size()) return std::nullopt;
  if (read.ec == std::errc::result_out_of_range) {
    if (is_too_large(text)) return std::nullopt;
    value = 0;
  } else if (read.ec != std::errc()) {
    return std::nullopt;
  }
  return is_negative ? -value : value;
}

void append_utf8(std::string& text, char32_t code_point) {
  const auto continuation = [&](int shift) {
    text += static_cast<char>(0x80 | ((code_point >> shift) & 0x3F));
  };
  if (code_point < 0x80) {
    text += static_cast<char>(code_point);
  } else if (code_point < 0x800) {
    text += static_cast<char>(0xC0 | (code_point >> 6));
  } else if (code_point < 0x10000) {
    text += static_cast<char>(0xE0 | (code_point >> 12));
  } else {
    text += static_cast<char>(0xF0 | (code_point >> 18));
  }
  if (code_point >= 0x10000) continuation(12);
  if (code_point >= 0x800) continuation(6);
  if (code_point >= 0x80) continuation(0);
}

LiteralValue value_of(const Token& token, bool is_negative) {
  if (token.kind == TokenKind::string || token.kind == TokenKind::bytes) {
    return read_string(token.text, token.kind == TokenKind::bytes);
  }
  if (token.kind == TokenKind::floating) {
    const std::optional<double> value = parse_floating(token.text);
    if (!value) return LiteralFault{0, "expected a number in the range of a double"};
    return Value(is_negative ? -*value : *value);
  }
  return read_integer(token.text, token.kind == TokenKind::unsigned_integer, is_negative);
}

}  // namespace octroi::cel
