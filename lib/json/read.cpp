// SPDX-License-Identifier: Apache-2.0
#include "json/read.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <vector>

#include "base/characters.hpp"
#include "base/error.hpp"
#include "base/limits.hpp"
#include "base/safe_text.hpp"
#include "json/readers.hpp"
#include "json/to_value.hpp"

namespace octroi::json {
namespace {

constexpr std::string_view k_number = "0123456789+-.eE";

/// The text being read, and how to complain about a place in it.
struct Source {
  std::string_view text;
  std::string_view name;

  [[noreturn]] void refuse(std::size_t offset, const std::string& why) const {
    const std::string_view before = text.substr(0, offset);
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const std::string_view in_line = before.substr(before.rfind('\n') + 1);
    const auto column = 1 + count_characters(in_line);
    throw Error(ErrorCode::bad_input,
                fmt::format("{}: line {}, column {}: {}", printable(name), line, column, why));
  }
};

/// Walks the text and tells how far the parser has read, which its events do not say.
class CountingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  CountingIterator(const char* at, std::size_t* bytes_read) : at_(at), bytes_read_(bytes_read) {}

  reference operator*() const { return *at_; }
  CountingIterator& operator++() {
    ++at_;
    ++*bytes_read_;
    return *this;
  }
  friend bool operator==(const CountingIterator& left, const CountingIterator& right) {
    return left.at_ == right.at_;
  }

 private:
  const char* at_;
  std::size_t* bytes_read_;
};

/// Where the string whose closing quote stands before `end` begins: at the nearest quote that an
/// even number of backslashes precedes.
std::size_t string_start(std::string_view text, std::size_t end) {
  for (std::size_t at = end - 1; at > 0;) {
    at = text.rfind('"', at - 1);
    const std::size_t other = text.find_last_not_of('\\', at - 1);
    const std::size_t backslashes = at == 0 ? 0 : at - 1 - other;
    if (backslashes % 2 == 0) return at;
  }
  return 0;
}

/// Where the number that the parser has just read begins; it may have read one byte more.
std::size_t number_start(std::string_view text, std::size_t end) {
  const std::size_t last = text.substr(0, end).find_last_of(k_number);
  return text.find_last_not_of(k_number, last) + 1;
}

/// Where the token begins that the parser did not expect, of which it has read the last byte.
std::size_t unexpected_start(std::string_view text, std::size_t end, std::string_view why) {
  constexpr std::array<std::string_view, 3> k_literals = {"true", "false", "null"};
  if (why.starts_with("unexpected string")) return string_start(text, end);
  if (why.starts_with("unexpected number")) return number_start(text, end);
  for (const std::string_view literal : k_literals) {
    if (text.substr(0, end).ends_with(literal)) return end - literal.size();
  }
  return end == 0 ? 0 : end - 1;
}

/// What people who write JSON by hand most often get wrong, or an empty view.
std::string_view hint(std::string_view text, std::size_t offset, std::string_view why) {
  if (offset >= text.size() || why.starts_with("invalid string")) return "";
  const char character = text[offset];
  if (character == '\'') return " (text stands in double quotes)";
  if (character == '/' || character == '#') return " (JSON has no comments)";
  const std::size_t before = text.substr(0, offset).find_last_not_of(" \t\r\n");
  if (before == std::string_view::npos) return "";
  const bool is_closing = character == '}' || character == ']';
  if (is_closing) return text[before] == ',' ? " (no comma after the last one)" : "";
  const bool is_after_value = std::string_view(",:[{").find(text[before]) == std::string_view::npos;
  return is_after_value && character == '"' ? " (is a comma missing before it?)" : "";
}

/// The parser's reason without its code, its place, and the bytes it quotes.
std::string reason(std::string_view what) {
  const std::size_t dash = what.find(" - ");
  if (dash != std::string_view::npos) what.remove_prefix(dash + 3);
  return printable(what.substr(0, what.find("; last read:")));
}

/// Takes the parser's events and builds the value; every limit is checked as the event comes.
class Builder {
 public:
  Builder(const Source& source, const ReadLimits& limits) : source_(source), limits_(limits) {}

  Value take() { return nest_.take(); }
  std::size_t* bytes_read() { return &bytes_read_; }

  bool null() { return add(Value()); }
  bool boolean(bool value) { return add(value); }

  bool number_integer(std::int64_t value) {
    if (limits_.integers_only &&
        (value > limits::k_json_integer_max || value < -limits::k_json_integer_max)) {
      refuse_big_integer();
    }
    return add(value);
  }

  bool number_unsigned(std::uint64_t value) {
    if (value <= std::uint64_t{std::numeric_limits<std::int64_t>::max()}) {
      return number_integer(static_cast<std::int64_t>(value));
    }
    if (limits_.integers_only) refuse_big_integer();
    return add(static_cast<double>(value));
  }

  bool number_float(double value, const std::string& digits) {
    if (limits_.integers_only) refuse_not_integer(digits);
    const std::string_view mantissa =
        std::string_view(digits).substr(0, digits.find_first_of("eE"));
    if (value == 0 && mantissa.find_first_of("123456789") != std::string_view::npos) {
      source_.refuse(number(), "expected a number of the range of a double, got one nearer to 0");
    }
    return add(value);
  }

  bool string(std::string& value) { return add(std::move(value)); }
  bool binary(const nlohmann::json::binary_t&) { broken_invariant("json: binary in a text"); }

  bool start_object(std::size_t) {
    check_may_open();
    names_.emplace_back();
    nest_.open_object();
    return true;
  }
  bool end_object() {
    names_.pop_back();
    return nest_.close();
  }
  bool start_array(std::size_t) {
    check_may_open();
    nest_.open_array();
    return true;
  }
  bool end_array() { return nest_.close(); }

  bool key(std::string& name) {
    check_members();
    if (!names_.back().insert(name).second) {
      source_.refuse(string_start(source_.text, bytes_read_),
                     fmt::format("the member {} appears twice", octroi::in_quotes(name)));
    }
    nest_.name(std::move(name));
    return true;
  }

  bool parse_error(std::size_t bytes, const std::string&, const nlohmann::json::exception& error) {
    constexpr int k_number_overflow = 406;
    if (error.id == k_number_overflow) refuse_overflow();
    const std::string why = reason(error.what());
    const std::size_t offset = unexpected_start(source_.text, bytes, why);
    source_.refuse(offset, fmt::format("{}{}", why, hint(source_.text, offset, why)));
  }

 private:
  bool add(Value value) {
    if (nest_.is_in_array()) check_members();
    nest_.add(std::move(value));
    return true;
  }

  void check_may_open() const {
    if (nest_.depth() == limits_.depth_max) {
      source_.refuse(bytes_read_ - 1,
                     fmt::format("nested too deep: expected at most {} levels", limits_.depth_max));
    }
    if (nest_.is_in_array()) check_members();
  }

  /// That there may be one more in the innermost.
  void check_members() const {
    if (nest_.size() < limits_.members_max) return;
    source_.refuse(
        bytes_read_ - 1,
        fmt::format("too many: expected at most {} in one array or object", limits_.members_max));
  }

  std::size_t number() const { return number_start(source_.text, bytes_read_); }

  [[noreturn]] void refuse_big_integer() const {
    source_.refuse(number(), "expected an integer from -(2^53 - 1) to 2^53 - 1, got a larger one");
  }

  [[noreturn]] void refuse_not_integer(std::string_view digits) const {
    if (digits.find_first_of(".eE") == std::string_view::npos) refuse_big_integer();
    source_.refuse(number(), fmt::format("expected an integer without fraction or exponent, got {}",
                                         octroi::in_quotes(digits, 24)));
  }

  [[noreturn]] void refuse_overflow() const {
    const std::string_view text = source_.text.substr(number());
    if (limits_.integers_only) refuse_not_integer(text.substr(0, text.find_first_not_of(k_number)));
    source_.refuse(number(), "expected a number of the range of a double, got a larger one");
  }

  const Source& source_;
  const ReadLimits& limits_;
  std::size_t bytes_read_ = 0;
  Nest nest_;
  std::vector<std::set<std::string>> names_;  ///< of the members of each object that is open
};

/// What the parser would let pass: it skips a byte-order mark and takes a zero byte for the end.
void check_bytes(const Source& source, const ReadLimits& limits) {
  if (source.text.size() > limits.bytes_max) {
    throw Error(ErrorCode::bad_input,
                fmt::format("{}: expected at most {} bytes, got {}", printable(source.name),
                            limits.bytes_max, source.text.size()));
  }
  if (source.text.starts_with("\xEF\xBB\xBF")) {
    source.refuse(0, "expected JSON without a byte-order mark");
  }
  const std::size_t zero = source.text.find('\0');
  if (zero != std::string_view::npos)
    source.refuse(zero, "expected text in UTF-8, got a zero byte");
}

/// Of a text that no tape takes.
Value read_other(std::string_view text, std::string_view source, const ReadLimits& limits) {
  check_bytes({text, source}, limits);
  std::optional<Value> value = read_fast(text, limits);
  return value ? *std::move(value) : read_with_reasons(text, source, limits);
}

}  // namespace

Value read_with_reasons(std::string_view text, std::string_view source, const ReadLimits& limits) {
  const Source place{text, source};
  Builder builder(place, limits);
  const CountingIterator begin(text.data(), builder.bytes_read());
  const CountingIterator end(text.data() + text.size(), builder.bytes_read());
  nlohmann::json::sax_parse(begin, end, &builder);
  return builder.take();
}

Value read(std::string_view text, std::string_view source, const ReadLimits& limits) {
  Tape tape;
  return tape.read(text, limits) ? to_value(tape.root()) : read_other(text, source, limits);
}

Tape read_laid(std::string_view text, std::string_view source, const ReadLimits& limits) {
  Tape tape;
  if (!tape.read(text, limits)) tape.keep(read_other(text, source, limits));
  return tape;
}

}  // namespace octroi::json
