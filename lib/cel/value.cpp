// SPDX-License-Identifier: Apache-2.0
#include "cel/value.hpp"

#include <algorithm>
#include <optional>

#include "base/error.hpp"

namespace octroi::cel {
namespace {

bool key_less(const Value::Entry& left, const Value::Entry& right) {
  return compare_keys(left.first, right.first) < 0;
}

bool key_equal(const Value::Entry& left, const Value::Entry& right) {
  return compare_keys(left.first, right.first) == 0;
}

std::vector<Value::Entry> sorted_once(std::vector<Value::Entry> entries) {
  std::stable_sort(entries.begin(), entries.end(), key_less);
  entries.erase(std::unique(entries.begin(), entries.end(), key_equal), entries.end());
  return entries;
}

/// The content of a variant of shared things, or the end of the process.
template <typename T, typename Data>
const T& content(const Data& data) {
  if (const auto* held = std::get_if<T>(&data)) return *held;
  broken_invariant("a value read as another kind than it has");
}

template <typename T>
std::shared_ptr<const T> share(T value) {
  return std::make_shared<const T>(std::move(value));
}

/// The rank of a key's kind, and whether it is a number.
int rank_of(TypeKind kind) {
  if (kind == TypeKind::boolean) return 0;
  return kind == TypeKind::string ? 2 : 1;
}

std::weak_ordering compare_numbers(const Value& left, const Value& right) {
  const bool is_left_signed = left.kind() == TypeKind::integer;
  const bool is_right_signed = right.kind() == TypeKind::integer;
  if (is_left_signed && is_right_signed) return left.as_integer() <=> right.as_integer();
  if (is_left_signed && left.as_integer() < 0) return std::weak_ordering::less;
  if (is_right_signed && right.as_integer() < 0) return std::weak_ordering::greater;
  const auto magnitude = [](const Value& value, bool is_signed) {
    return is_signed ? static_cast<std::uint64_t>(value.as_integer()) : value.as_unsigned();
  };
  return magnitude(left, is_left_signed) <=> magnitude(right, is_right_signed);
}

/// The integer that a number is worth exactly, as a key; nothing for a fraction.
std::optional<Value> as_key(double value) {
  if (value >= -0x1p63 && value < 0x1p63) {
    const auto whole = static_cast<std::int64_t>(value);
    if (static_cast<double>(whole) == value) return Value(whole);
  } else if (value >= 0x1p63 && value < 0x1p64) {
    return Value(static_cast<std::uint64_t>(value));  // every double from 2^53 on is whole
  }
  return std::nullopt;
}

}  // namespace

Value::Value(std::string value) : data_(share(std::move(value))) {}
Value::Value(Bytes value) : data_(share(std::move(value))) {}
Value::Value(List value) : data_(share(std::move(value))) {}
Value::Value(Type value) : data_(share(std::move(value))) {}

Value Value::map(std::vector<Entry> entries) {
  return object({}, std::move(entries));
}

Value Value::object(std::string type_name, std::vector<Entry> fields) {
  Value result;
  result.data_ = share(Map{std::move(type_name), sorted_once(std::move(fields))});
  return result;
}

TypeKind Value::kind() const noexcept {
  constexpr TypeKind k_kinds[] = {
      TypeKind::null,     TypeKind::boolean,   TypeKind::integer,  TypeKind::unsigned_integer,
      TypeKind::floating, TypeKind::string,    TypeKind::bytes,    TypeKind::list,
      TypeKind::map,      TypeKind::timestamp, TypeKind::duration, TypeKind::type};
  const TypeKind kind = k_kinds[data_.index()];
  return kind == TypeKind::map && !as_map().type_name.empty() ? TypeKind::object : kind;
}

Type Value::type() const {
  const TypeKind own = kind();
  return own == TypeKind::object ? Type::object(as_map().type_name) : Type(own);
}

bool Value::is_map_or_object() const noexcept {
  return std::holds_alternative<Shared<Map>>(data_);
}

bool Value::as_boolean() const {
  return content<bool>(data_);
}

std::int64_t Value::as_integer() const {
  return content<std::int64_t>(data_);
}

std::uint64_t Value::as_unsigned() const {
  return content<std::uint64_t>(data_);
}

double Value::as_floating() const {
  return content<double>(data_);
}

const std::string& Value::as_string() const {
  return *content<Shared<std::string>>(data_);
}

const Bytes& Value::as_bytes() const {
  return *content<Shared<Bytes>>(data_);
}

const Value::List& Value::as_list() const {
  return *content<Shared<List>>(data_);
}

const Value::Map& Value::as_map() const {
  return *content<Shared<Map>>(data_);
}

Timestamp Value::as_timestamp() const {
  return content<Timestamp>(data_);
}

Duration Value::as_duration() const {
  return content<Duration>(data_);
}

const Type& Value::as_type() const {
  return *content<Shared<Type>>(data_);
}

const Value* Value::find(const Value& key) const {
  if (key.kind() == TypeKind::floating) {
    const std::optional<Value> whole = as_key(key.as_floating());
    return whole ? find(*whole) : nullptr;
  }
  if (!is_map_or_object() || !is_key(key)) return nullptr;
  const std::vector<Entry>& entries = as_map().entries;
  const auto found = std::lower_bound(entries.begin(), entries.end(), key,
                                      [](const Entry& entry, const Value& wanted) {
                                        return compare_keys(entry.first, wanted) < 0;
                                      });
  const bool is_there = found != entries.end() && compare_keys(found->first, key) == 0;
  return is_there ? &found->second : nullptr;
}

const Value* Value::find_field(std::string_view name) const {
  return find(Value(name));
}

std::weak_ordering compare_keys(const Value& left, const Value& right) {
  const int rank = rank_of(left.kind());
  if (rank != rank_of(right.kind())) return rank <=> rank_of(right.kind());
  if (rank == 0) return left.as_boolean() <=> right.as_boolean();
  if (rank == 2) return left.as_string() <=> right.as_string();
  return compare_numbers(left, right);
}

bool is_key(const Value& value) {
  const TypeKind kind = value.kind();
  return kind == TypeKind::boolean || kind == TypeKind::integer ||
         kind == TypeKind::unsigned_integer || kind == TypeKind::string;
}

bool has_repeated_key(const std::vector<Value::Entry>& entries) {
  std::vector<Value::Entry> sorted = entries;
  std::stable_sort(sorted.begin(), sorted.end(), key_less);
  return std::adjacent_find(sorted.begin(), sorted.end(), key_equal) != sorted.end();
}

}  // namespace octroi::cel
