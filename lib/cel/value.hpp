// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/bytes.hpp"
#include "cel/type.hpp"

namespace octroi::cel {

/// A moment between the years 0001 and 9999, to the nanosecond.
struct Timestamp {
  std::int64_t seconds = 0;      ///< since 1970-01-01T00:00:00Z
  std::int32_t nanoseconds = 0;  ///< 0 to 999 999 999, counted forwards

  friend auto operator<=>(const Timestamp&, const Timestamp&) = default;
};

/// A length of time. As in the reference implementation, what 64 bits of nanoseconds hold.
using Duration = std::chrono::nanoseconds;

/// A value of the Common Expression Language. Immutable; a copy shares its content.
class Value {
 public:
  using List = std::vector<Value>;
  using Entry = std::pair<Value, Value>;
  /// Entries sorted by key, no key twice.
  struct Map {
    std::string type_name;  ///< of an object; empty for a map
    std::vector<Entry> entries;
  };

  Value() = default;  ///< null
  Value(std::nullptr_t) {}
  Value(bool value) : data_(value) {}
  Value(int value) : data_(std::int64_t{value}) {}
  Value(std::int64_t value) : data_(value) {}
  Value(std::uint64_t value) : data_(value) {}
  Value(double value) : data_(value) {}
  Value(const char* value) : Value(std::string(value)) {}
  Value(std::string_view value) : Value(std::string(value)) {}
  Value(std::string value);  ///< must be UTF-8
  Value(Bytes value);
  Value(List value);
  Value(Timestamp value) : data_(value) {}
  Value(Duration value) : data_(value) {}
  Value(Type value);

  /// A map of keys that are bool, int, uint or string. Of entries with one key the first is kept;
  /// see has_repeated_key.
  [[nodiscard]] static Value map(std::vector<Entry> entries);
  /// An object of a declared type; fields that are not known are left out.
  [[nodiscard]] static Value object(std::string type_name, std::vector<Entry> fields);

  [[nodiscard]] TypeKind kind() const noexcept;
  /// The type as a value, without parameters: what `type(x)` yields.
  [[nodiscard]] Type type() const;
  [[nodiscard]] bool is_map_or_object() const noexcept;

  /// The content, of a kind that the caller has checked; another kind is a broken invariant.
  [[nodiscard]] bool as_boolean() const;
  [[nodiscard]] std::int64_t as_integer() const;
  [[nodiscard]] std::uint64_t as_unsigned() const;
  [[nodiscard]] double as_floating() const;
  [[nodiscard]] const std::string& as_string() const;
  [[nodiscard]] const Bytes& as_bytes() const;
  [[nodiscard]] const List& as_list() const;
  [[nodiscard]] const Map& as_map() const;  ///< of a map or an object
  [[nodiscard]] Timestamp as_timestamp() const;
  [[nodiscard]] Duration as_duration() const;
  [[nodiscard]] const Type& as_type() const;

  /// The value under a key of a map or object, or nullptr. A number finds the key of the same
  /// numeric value whatever its type. Borrowed from this value.
  [[nodiscard]] const Value* find(const Value& key) const;
  [[nodiscard]] const Value* find_field(std::string_view name) const;

 private:
  template <typename T>
  using Shared = std::shared_ptr<const T>;
  std::variant<std::monostate, bool, std::int64_t, std::uint64_t, double, Shared<std::string>,
               Shared<Bytes>, Shared<List>, Shared<Map>, Timestamp, Duration, Shared<Type>>
      data_;
};

/// The order of map keys: by kind (bool, number, string), then by value; numbers of different types
/// by what they are worth. Both must be allowed as keys.
[[nodiscard]] std::weak_ordering compare_keys(const Value& left, const Value& right);

/// True when a value may be the key of a map: bool, int, uint, string.
[[nodiscard]] bool is_key(const Value& value);

/// True when two entries have one key.
[[nodiscard]] bool has_repeated_key(const std::vector<Value::Entry>& entries);

}  // namespace octroi::cel
