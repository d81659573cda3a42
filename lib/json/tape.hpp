// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "json/read.hpp"
#include "json/value.hpp"

namespace octroi::json {

class TapeValue;

/// A JSON value laid out flat, each value after the one before. It borrows names and texts from
/// what was read, so that reading allocates nothing for each of them; a tape that is used again
/// allocates nothing at all.
class Tape {
 public:
  /// Lays out a plain text: no escape in it, and what read() accepts with these limits. False for
  /// any other text, which says nothing about whether it is right. The text must outlive the tape.
  [[nodiscard]] bool read(std::string_view text, const ReadLimits& limits = {});

  /// Lays out a value, which must outlive the tape.
  void lay(const Value& value);

  /// What was read or laid last.
  [[nodiscard]] TapeValue root() const;

 private:
  friend class TapeReader;
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

  void lay(std::string_view name, const Value& value);

  std::vector<Entry> entries_;
};

/// One value on a tape, and the way to those inside it. Borrows from the tape.
class TapeValue {
 public:
  explicit TapeValue(const Tape::Entry* entry) : entry_(entry) {}

  [[nodiscard]] Kind kind() const noexcept { return entry_->kind; }
  [[nodiscard]] std::string_view name() const noexcept { return entry_->name; }

  /// The content, of a kind that the caller has checked. Another kind is a broken invariant.
  [[nodiscard]] bool as_boolean() const;
  [[nodiscard]] std::int64_t as_integer() const;
  [[nodiscard]] std::string_view as_string() const;

  /// How many items or members there are.
  [[nodiscard]] std::size_t size() const;
  /// The member of that name, which must be there.
  [[nodiscard]] TapeValue at(std::string_view name) const;
  [[nodiscard]] std::optional<TapeValue> find(std::string_view name) const;
  /// Of an object: whether each name comes after the one before, by their bytes.
  [[nodiscard]] bool is_sorted() const { return entry_->is_sorted; }

  /// Items or members, in the order of the text: `for (const TapeValue item : value)`.
  class Iterator {
   public:
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
