// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace octroi::json {

enum class Kind { null, boolean, integer, number, string, array, object };

class Value;

/// The members of an object in one row, sorted by the bytes of their names, each name once. To set
/// one moves those after it; whoever has many in any order makes the object of them at once.
class Object {
 public:
  using value_type = std::pair<std::string, Value>;  // INVARIANT: nobody writes to a name
  using Row = std::vector<value_type>;
  using iterator = Row::iterator;
  using const_iterator = Row::const_iterator;

  Object() = default;
  /// Of members in any order; nothing where two have the same name.
  [[nodiscard]] static std::optional<Object> of(Row members);
  /// The same where it is known that no two have the same name.
  [[nodiscard]] static Object of_distinct(Row members);
  /// The same where they are known to be in order too.
  [[nodiscard]] static Object of_sorted(Row members);

  [[nodiscard]] iterator begin();
  [[nodiscard]] iterator end();
  [[nodiscard]] const_iterator begin() const;
  [[nodiscard]] const_iterator end() const;
  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] bool empty() const;

  [[nodiscard]] iterator find(std::string_view name);
  [[nodiscard]] const_iterator find(std::string_view name) const;
  [[nodiscard]] bool contains(std::string_view name) const;
  /// The member's value, which must be there.
  [[nodiscard]] Value& at(std::string_view name);
  [[nodiscard]] const Value& at(std::string_view name) const;

  /// The member's value; null at first. As any reference to a value inside, it ends when another
  /// member is added or taken away.
  [[nodiscard]] Value& operator[](std::string_view name);

  /// False, and nothing is changed, where there is a member of that name.
  bool emplace(std::string_view name, Value value);
  void insert_or_assign(std::string_view name, Value value);
  /// How many members of that name there were.
  std::size_t erase(std::string_view name);
  /// Takes a member's value out; nothing where there is none.
  [[nodiscard]] std::optional<Value> extract(std::string_view name);

  friend bool operator==(const Object& left, const Object& right);

 private:
  /// Where the member of that name is, or would be.
  [[nodiscard]] std::size_t place_of(std::string_view name) const;
  [[nodiscard]] bool is_at(std::size_t place, std::string_view name) const;

  Row members_;
};

/// One JSON value. An integer is a number written without fraction or exponent that fits 64 bits;
/// every other number is a double, which documents and events refuse (see ReadLimits).
class Value {
 public:
  using Array = std::vector<Value>;
  using Object = json::Object;

  Value() = default;
  Value(std::nullptr_t) {}
  Value(bool value) : data_(value) {}
  Value(int value) : data_(std::int64_t{value}) {}
  Value(std::int64_t value) : data_(value) {}
  Value(double value) : data_(value) {}
  Value(const char* value) : data_(std::string(value)) {}
  Value(std::string_view value) : data_(std::string(value)) {}
  Value(std::string value) : data_(std::move(value)) {}
  Value(Array value) : data_(std::move(value)) {}
  Value(Object value) : data_(std::move(value)) {}

  [[nodiscard]] Kind kind() const noexcept { return static_cast<Kind>(data_.index()); }
  [[nodiscard]] bool is_null() const noexcept { return kind() == Kind::null; }
  [[nodiscard]] bool is_boolean() const noexcept { return kind() == Kind::boolean; }
  [[nodiscard]] bool is_integer() const noexcept { return kind() == Kind::integer; }
  [[nodiscard]] bool is_string() const noexcept { return kind() == Kind::string; }
  [[nodiscard]] bool is_array() const noexcept { return kind() == Kind::array; }
  [[nodiscard]] bool is_object() const noexcept { return kind() == Kind::object; }

  /// The content, of a kind that the caller has checked (a schema, or kind()). Another kind is a
  /// broken invariant and ends the process: what comes from outside is validated first.
  [[nodiscard]] bool as_boolean() const;
  [[nodiscard]] std::int64_t as_integer() const;
  [[nodiscard]] double as_number() const;  ///< of an integer too
  [[nodiscard]] const std::string& as_string() const;
  [[nodiscard]] const Array& as_array() const;
  [[nodiscard]] const Object& as_object() const;
  [[nodiscard]] Array& as_array();
  [[nodiscard]] Object& as_object();

  /// The member of that name, or nullptr when there is none or this is no object.
  [[nodiscard]] const Value* find(std::string_view name) const;
  /// The member of that name, which must be there (a schema has said so).
  [[nodiscard]] const Value& at(std::string_view name) const;
  /// The member's text, or `otherwise` where the member is absent.
  [[nodiscard]] std::string text(std::string_view name, std::string_view otherwise = "") const;
  /// Whether the member is true, or nothing where it is absent.
  [[nodiscard]] std::optional<bool> flag(std::string_view name) const;
  /// Sets a member; makes a null value an object first.
  void set(std::string_view name, Value value);
  /// Appends to an array; makes a null value an array first.
  void push(Value value);

  friend bool operator==(const Value&, const Value&) = default;

 private:
  std::variant<std::monostate, bool, std::int64_t, double, std::string, Array, Object> data_;
};

inline Object::iterator Object::begin() {
  return members_.begin();
}
inline Object::iterator Object::end() {
  return members_.end();
}
inline Object::const_iterator Object::begin() const {
  return members_.begin();
}
inline Object::const_iterator Object::end() const {
  return members_.end();
}
inline std::size_t Object::size() const {
  return members_.size();
}
inline bool Object::empty() const {
  return members_.empty();
}

/// A name and what stands under it. What is in a braced list cannot be moved out of it unless it
/// says so itself.
struct Member {
  Member(std::string its_name, Value its_value)
      : name(std::move(its_name)), value(std::move(its_value)) {}
  std::string name;
  mutable Value value;
};

/// An object from its members, whose values are moved into it:
/// `object({{"name", 1}, {"other", "x"}})`.
[[nodiscard]] Value object(std::initializer_list<Member> members);

/// An array of strings.
[[nodiscard]] Value strings(const std::vector<std::string>& texts);

/// The strings of an array of strings; empty for nullptr (an absent member).
[[nodiscard]] std::vector<std::string> to_strings(const Value* array);

}  // namespace octroi::json
