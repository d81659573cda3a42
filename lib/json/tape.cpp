// SPDX-License-Identifier: Apache-2.0
#include "json/tape.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <string>
#include <utility>

#include "base/error.hpp"
#include "base/safe_text.hpp"

namespace octroi::json {
namespace {

constexpr std::size_t k_tape_digits_max = 15;       // whatever they are, within k_json_integer_max
constexpr std::size_t k_tape_bytes_per_entry = 16;  // of a text, or more
constexpr std::size_t k_tape_entries_at_once = 1024;
constexpr std::size_t k_tape_unsorted_members_max = 64;  // each is compared with all before it

/// Bytes that a string holds as they are. Those beyond ASCII have been found to be UTF-8.
constexpr std::array<bool, 256> k_stands_for_itself = [] {
  std::array<bool, 256> plain{};
  for (std::size_t byte = 0x20; byte < plain.size(); ++byte) plain[byte] = true;
  plain['"'] = plain['\\'] = false;
  return plain;
}();

/// Whether all of eight bytes stand for themselves: none is a quote, a backslash or below a blank.
/// (x - 1) & ~x has the top bit of a byte of x first where that is 0.
bool all_stand_for_themselves(const char* bytes) {
  constexpr std::uint64_t k_ones = 0x0101010101010101;
  std::uint64_t eight = 0;
  std::memcpy(&eight, bytes, sizeof eight);
  const std::uint64_t quotes = eight ^ (k_ones * '"');
  const std::uint64_t backslashes = eight ^ (k_ones * '\\');
  const std::uint64_t found = ((quotes - k_ones) & ~quotes) |
                              ((backslashes - k_ones) & ~backslashes) |
                              ((eight - k_ones * ' ') & ~eight);
  return (found & (k_ones << 7)) == 0;
}

constexpr bool is_tape_blank(char one) {
  return one == ' ' || one == '\n' || one == '\r' || one == '\t';
}

constexpr bool is_tape_digit(char one) {
  return one >= '0' && one <= '9';
}

}  // namespace

/// A recursive descent that gives up at whatever is not plain.
class TapeReader {
 public:
  TapeReader(std::string_view text, const ReadLimits& limits, std::vector<Tape::Entry>& entries)
      : at_(text.data()), end_(text.data() + text.size()), limits_(limits), entries_(entries) {}

  bool read() {
    skip_blanks();
    if (!value({}, limits_.depth_max)) return false;
    skip_blanks();
    return at_ == end_;
  }

 private:
  [[nodiscard]] bool is_at(char wanted) const { return at_ != end_ && *at_ == wanted; }
  bool take(char wanted) {
    const bool is_there = is_at(wanted);
    if (is_there) ++at_;
    return is_there;
  }
  bool take(std::string_view wanted) {
    if (!std::string_view(at_, static_cast<std::size_t>(end_ - at_)).starts_with(wanted)) {
      return false;
    }
    at_ += wanted.size();
    return true;
  }
  void skip_blanks() {
    while (at_ != end_ && is_tape_blank(*at_)) ++at_;
  }

  /// A value and nothing around it; it may hold so many levels of arrays and objects.
  bool value(std::string_view name, std::size_t levels) {
    if (at_ == end_) return false;
    Tape::Entry& entry = entries_.emplace_back();
    entry.name = name;
    switch (*at_) {
      case '"':
        entry.kind = Kind::string;
        return string(entry.text);
      case '{':
        entry.kind = Kind::object;
        return levels > 0 && members(entries_.size() - 1, levels - 1);
      case '[':
        entry.kind = Kind::array;
        return levels > 0 && items(entries_.size() - 1, levels - 1);
      case 't':
      case 'f':
        entry.kind = Kind::boolean;
        entry.boolean = *at_ == 't';
        return take(entry.boolean ? "true" : "false");
      case 'n':
        return take("null");
      default:
        entry.kind = Kind::integer;
        return integer(entry.integer);
    }
  }

  bool string(std::string_view& text) {
    if (!take('"')) return false;
    const char* const start = at_;
    while (end_ - at_ >= 8 && all_stand_for_themselves(at_)) at_ += 8;
    while (at_ != end_ && k_stands_for_itself[static_cast<unsigned char>(*at_)]) ++at_;
    text = {start, static_cast<std::size_t>(at_ - start)};
    return take('"');
  }

  bool integer(std::int64_t& number) {
    const bool is_negative = take('-');
    const char* const start = at_;
    for (; at_ != end_ && is_tape_digit(*at_); ++at_) {
      if (static_cast<std::size_t>(at_ - start) == k_tape_digits_max) return false;
      number = number * 10 + (*at_ - '0');
    }
    const bool is_plain = at_ - start == 1 || (at_ != start && *start != '0');
    if (!is_plain || (is_negative && number == 0)) return false;
    if (is_negative) number = -number;
    return !is_at('.') && !is_at('e') && !is_at('E');
  }

  bool items(std::size_t array, std::size_t levels) {
    ++at_;
    skip_blanks();
    std::size_t count = 0;
    if (!take(']')) {
      do {
        skip_blanks();
        if (++count > limits_.members_max || !value({}, levels)) return false;
        skip_blanks();
      } while (take(','));
      if (!take(']')) return false;
    }
    return close(array, count);
  }

  bool members(std::size_t object, std::size_t levels) {
    ++at_;
    skip_blanks();
    std::size_t count = 0;
    bool is_sorted = true;
    std::string_view last;  // of all names, by their bytes
    if (!take('}')) {
      do {
        std::string_view name;
        skip_blanks();
        if (++count > limits_.members_max || !string(name)) return false;
        if (count == 1 || last < name) {
          last = name;
        } else if (is_absent(object, name, count)) {
          is_sorted = false;
        } else {
          return false;
        }
        skip_blanks();
        if (!take(':')) return false;
        skip_blanks();
        if (!value(name, levels)) return false;
        skip_blanks();
      } while (take(','));
      if (!take('}')) return false;
    }
    entries_[object].is_sorted = is_sorted;
    return close(object, count);
  }

  /// False too where it would take long to say.
  [[nodiscard]] bool is_absent(std::size_t object, std::string_view name, std::size_t count) const {
    if (count > k_tape_unsorted_members_max) return false;
    for (std::size_t at = object + 1; at < entries_.size(); at += entries_[at].entries) {
      if (entries_[at].name == name) return false;
    }
    return true;
  }

  bool close(std::size_t container, std::size_t count) {
    entries_[container].integer = static_cast<std::int64_t>(count);
    entries_[container].entries = static_cast<std::uint32_t>(entries_.size() - container);
    return true;
  }

  const char* at_;
  const char* end_;
  const ReadLimits& limits_;
  std::vector<Tape::Entry>& entries_;
};

bool Tape::read(std::string_view text, const ReadLimits& limits) {
  clear();
  if (text.size() > limits.bytes_max || !is_utf8(text)) return false;
  entries_.reserve(std::min(text.size() / k_tape_bytes_per_entry, k_tape_entries_at_once));
  return TapeReader(text, limits, entries_).read();
}

void Tape::clear() {
  entries_.clear();
  kept_.reset();
}

void Tape::lay(const Value& value) {
  clear();
  lay({}, value);
}

void Tape::keep(Value value) {
  clear();
  kept_ = std::make_unique<Value>(std::move(value));
  lay({}, *kept_);
}

void Tape::lay(std::string_view name, const Value& value) {
  const std::size_t at = entries_.size();
  Entry& entry = entries_.emplace_back();
  entry.name = name;
  entry.kind = value.kind();
  switch (entry.kind) {
    case Kind::null:
    case Kind::number:
      break;
    case Kind::boolean:
      entry.boolean = value.as_boolean();
      break;
    case Kind::integer:
      entry.integer = value.as_integer();
      break;
    case Kind::string:
      entry.text = value.as_string();
      break;
    case Kind::array:
      entry.integer = static_cast<std::int64_t>(value.as_array().size());
      for (const Value& item : value.as_array()) lay({}, item);
      break;
    case Kind::object:
      entry.integer = static_cast<std::int64_t>(value.as_object().size());
      entry.is_sorted = true;
      for (const auto& [its_name, member] : value.as_object()) lay(its_name, member);
      break;
  }
  entries_[at].entries = static_cast<std::uint32_t>(entries_.size() - at);
}

TapeValue Tape::root() const {
  if (entries_.empty()) broken_invariant("json: nothing is on the tape");
  return TapeValue(entries_.data());
}

bool TapeValue::as_boolean() const {
  if (kind() != Kind::boolean) broken_invariant("json: not a boolean");
  return entry_->boolean;
}

std::int64_t TapeValue::as_integer() const {
  if (kind() != Kind::integer) broken_invariant("json: not an integer");
  return entry_->integer;
}

std::string_view TapeValue::as_string() const {
  if (kind() != Kind::string) broken_invariant("json: not a string");
  return entry_->text;
}

std::size_t TapeValue::size() const {
  if (kind() != Kind::array && kind() != Kind::object) broken_invariant("json: nothing to count");
  return static_cast<std::size_t>(entry_->integer);
}

std::optional<TapeValue> TapeValue::find(std::string_view name) const {
  // The first byte tells most names apart, which spares a call for each.
  const auto is_it = [name](std::string_view other) {
    return other.size() == name.size() && (name.empty() || other.front() == name.front()) &&
           other == name;
  };
  if (!is_object()) return std::nullopt;
  for (const TapeValue member : *this) {
    if (is_it(member.name())) return member;
  }
  return std::nullopt;
}

TapeValue TapeValue::at(std::string_view name) const {
  const std::optional<TapeValue> member = find(name);
  if (!member) broken_invariant("json: a member that a schema requires is absent");
  return *member;
}

std::string_view TapeValue::text(std::string_view name) const {
  const std::optional<TapeValue> member = find(name);
  return member ? member->as_string() : std::string_view();
}

std::optional<bool> TapeValue::flag(std::string_view name) const {
  const std::optional<TapeValue> member = find(name);
  if (!member) return std::nullopt;
  return member->as_boolean();
}

TapeValue TapeValue::list(std::string_view name) const {
  const std::optional<TapeValue> member = find(name);
  if (!member) return empty_list();
  if (!member->is_array()) broken_invariant("json: not an array");
  return *member;
}

TapeValue TapeValue::empty_list() {
  static constexpr Tape::Entry k_empty{.name = {}, .text = {}, .kind = Kind::array};
  return TapeValue(&k_empty);
}

}  // namespace octroi::json
