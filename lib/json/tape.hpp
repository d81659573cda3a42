// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "json/read.hpp"
#include "json/value.hpp"

namespace octroi::json {

class TapeValue;

/// A JSON value laid out flat, each value after the one before. It borrows names and texts from
/// what was read, so that reading allocates nothing for each of them; a tape that is used again
/// allocates nothing at all. To move it moves nothing of what is on it.
class Tape {
 public:
  /// Lays out a plain text: no escape in it, and what read() accepts with these limits. False for
  /// any other text, which says nothing about whether it is right. The text must outlive the tape.
  [[nodiscard]] bool read(std::string_view text, const ReadLimits& limits = {});

  /// Lays out a value, which must outlive the tape.
  void lay(const Value& value);
  /// The same of a value that it keeps.
  void keep(Value value);

  /// What was read or laid last.
  [[nodiscard]] TapeValue root() const;

 private:
  friend class TapeReader;
  friend Value to_value(Tape tape);
  friend class TapeValue;

  struct Entry {
    std::string_view name;      ///< of a member
    std::string_view text;      ///< of a string
    std::int64_t integer = 0;   ///< of an integer; of an array or object: how many are in it
    std::uint32_t entries = 1;  ///< of it and of all that is in it
    Kind kind = Kind::null;
    bool boolean = false;
    bool is_sorted = false;  ///< of an object: each name comes after the one before
  };

  void clear();
  void lay(std::string_view name, const Value& value);

  std::vector<Entry> entries_;
  std::unique_ptr<Value> kept_;  ///< what is on it, where nobody else has that
};

/// One value on a tape, and the way to those inside it. Borrows from the tape.
class TapeValue {
 public:
  explicit TapeValue(const Tape::Entry* entry) : entry_(entry) {}

  [[nodiscard]] Kind kind() const noexcept { return entry_->kind; }
  [[nodiscard]] bool is_integer() const noexcept { return kind() == Kind::integer; }
  [[nodiscard]] bool is_string() const noexcept { return kind() == Kind::string; }
  [[nodiscard]] bool is_array() const noexcept { return kind() == Kind::array; }
  [[nodiscard]] bool is_object() const noexcept { return kind() == Kind::object; }
  [[nodiscard]] std::string_view name() const noexcept { return entry_->name; }

  /// The content, of a kind that the caller has checked. Another kind is a broken invariant.
  [[nodiscard]] bool as_boolean() const;
  [[nodiscard]] std::int64_t as_integer() const;
  [[nodiscard]] std::string_view as_string() const;

  /// How many items or members there are.
  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] bool empty() const { return size() == 0; }
  /// The member of that name, or nothing where there is none or this is no object.
  [[nodiscard]] std::optional<TapeValue> find(std::string_view name) const;
  /// The member of that name, which must be there.
  [[nodiscard]] TapeValue at(std::string_view name) const;
  /// The member's text, or "" where the member is absent.
  [[nodiscard]] std::string_view text(std::string_view name) const;
  /// Whether the member is true, or nothing where it is absent.
  [[nodiscard]] std::optional<bool> flag(std::string_view name) const;
  /// The member, which is an array, or an empty one where it is absent.
  [[nodiscard]] TapeValue list(std::string_view name) const;
  /// An array with nothing in it.
  [[nodiscard]] static TapeValue empty_list();
  /// Of an object: whether each name comes after the one before, by their bytes.
  [[nodiscard]] bool is_sorted() const { return entry_->is_sorted; }

  /// Items or members, in the order of the text: `for (const TapeValue item : value)`.
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = TapeValue;
    using difference_type = std::ptrdiff_t;
    using pointer = void;
    using reference = TapeValue;

    explicit Iterator(const Tape::Entry* entry) : entry_(entry) {}
    TapeValue operator*() const { return TapeValue(entry_); }
    Iterator& operator++() {
      entry_ += entry_->entries;
      return *this;
    }
    friend bool operator==(const Iterator&, const Iterator&) = default;

   private:
    const Tape::Entry* entry_;
  };
  [[nodiscard]] Iterator begin() const { return Iterator(entry_ + 1); }
  [[nodiscard]] Iterator end() const { return Iterator(entry_ + entry_->entries); }

 private:
  const Tape::Entry* entry_;
};

}  // namespace octroi::json
