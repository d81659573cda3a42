// SPDX-License-Identifier: Apache-2.0
#include "json/value.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace octroi::json {
namespace {

/// The alternative T of the data, which must be the one that is there.
template <typename T, typename Data>
auto& content(Data& data, const char* what) {
  auto* held = std::get_if<T>(&data);
  if (held == nullptr) broken_invariant(what);
  return *held;
}

constexpr std::size_t k_looked_through_max = 32;  // beyond, a row is halved again and again
constexpr std::size_t k_members_of_most = 8;

void insert_at(Object::Row& members, std::size_t place, std::string_view name, Value value) {
  if (members.empty()) members.reserve(k_members_of_most);
  members.emplace(members.begin() + static_cast<std::ptrdiff_t>(place), name, std::move(value));
}

/// By name; each is moved once.
Object::Row sorted(Object::Row members) {
  std::vector<Object::value_type*> order;
  order.reserve(members.size());
  for (Object::value_type& member : members) order.push_back(&member);
  std::sort(order.begin(), order.end(),
            [](const auto* left, const auto* right) { return left->first < right->first; });
  Object::Row result;
  result.reserve(members.capacity());  // whoever asked for more will add more
  for (Object::value_type* member : order) result.push_back(std::move(*member));
  return result;
}

}  // namespace

std::optional<Object> Object::of(Row members) {
  const auto is_in_order = [&members] {  // and no name is there twice
    return std::adjacent_find(members.begin(), members.end(),
                              [](const value_type& left, const value_type& right) {
                                return left.first >= right.first;
                              }) == members.end();
  };
  if (!is_in_order()) {
    members = sorted(std::move(members));
    if (!is_in_order()) return std::nullopt;
  }
  return of_sorted(std::move(members));
}

Object Object::of_distinct(Row members) {
  std::optional<Object> result = of(std::move(members));
  if (!result) broken_invariant("json: a member is given twice");
  return *std::move(result);
}

Object Object::of_sorted(Row members) {
  Object result;
  result.members_ = std::move(members);
  return result;
}

Object::const_iterator Object::find(std::string_view name) const {
  if (members_.size() > k_looked_through_max) {
    const std::size_t place = place_of(name);
    return is_at(place, name) ? begin() + static_cast<std::ptrdiff_t>(place) : end();
  }
  // Lengths and first bytes tell most names apart, which spares a call for each.
  return std::find_if(begin(), end(), [name](const value_type& member) {
    const std::string& its_name = member.first;
    return its_name.size() == name.size() && (name.empty() || its_name[0] == name[0]) &&
           its_name == name;
  });
}

Object::iterator Object::find(std::string_view name) {
  return begin() + (std::as_const(*this).find(name) - std::as_const(*this).begin());
}

bool Object::contains(std::string_view name) const {
  return find(name) != end();
}

const Value& Object::at(std::string_view name) const {
  const const_iterator member = find(name);
  if (member == end()) broken_invariant("json: a member that must be there is absent");
  return member->second;
}

Value& Object::at(std::string_view name) {
  const iterator member = find(name);
  if (member == end()) broken_invariant("json: a member that must be there is absent");
  return member->second;
}

Value& Object::operator[](std::string_view name) {
  const std::size_t place = place_of(name);
  if (!is_at(place, name)) insert_at(members_, place, name, Value());
  return members_[place].second;
}

bool Object::emplace(std::string_view name, Value value) {
  const std::size_t place = place_of(name);
  if (is_at(place, name)) return false;
  insert_at(members_, place, name, std::move(value));
  return true;
}

void Object::insert_or_assign(std::string_view name, Value value) {
  const std::size_t place = place_of(name);
  if (is_at(place, name)) {
    members_[place].second = std::move(value);
  } else {
    insert_at(members_, place, name, std::move(value));
  }
}

std::size_t Object::erase(std::string_view name) {
  return extract(name) ? 1 : 0;
}

std::optional<Value> Object::extract(std::string_view name) {
  const iterator member = find(name);
  if (member == end()) return std::nullopt;
  std::optional<Value> value = std::move(member->second);
  members_.erase(member);
  return value;
}

bool operator==(const Object& left, const Object& right) {
  return left.members_ == right.members_;
}

std::size_t Object::place_of(std::string_view name) const {
  if (members_.empty() || members_.back().first < name) return members_.size();
  const auto place = std::lower_bound(
      begin(), end(), name,
      [](const value_type& member, std::string_view wanted) { return member.first < wanted; });
  return static_cast<std::size_t>(place - begin());
}

bool Object::is_at(std::size_t place, std::string_view name) const {
  return place < members_.size() && members_[place].first == name;
}

bool Value::as_boolean() const {
  return content<bool>(data_, "json: not a boolean");
}

std::int64_t Value::as_integer() const {
  return content<std::int64_t>(data_, "json: not an integer");
}

double Value::as_number() const {
  if (const auto* integer = std::get_if<std::int64_t>(&data_)) return static_cast<double>(*integer);
  return content<double>(data_, "json: not a number");
}

const std::string& Value::as_string() const {
  return content<std::string>(data_, "json: not a string");
}

const Value::Array& Value::as_array() const {
  return content<Array>(data_, "json: not an array");
}

const Value::Object& Value::as_object() const {
  return content<Object>(data_, "json: not an object");
}

Value::Array& Value::as_array() {
  return content<Array>(data_, "json: not an array");
}

Value::Object& Value::as_object() {
  return content<Object>(data_, "json: not an object");
}

const Value* Value::find(std::string_view name) const {
  const auto* members = std::get_if<Object>(&data_);
  if (members == nullptr) return nullptr;
  const auto member = members->find(name);
  return member == members->end() ? nullptr : &member->second;
}

const Value& Value::at(std::string_view name) const {
  const Value* value = find(name);
  if (value == nullptr) broken_invariant("json: a member that a schema requires is absent");
  return *value;
}

std::string Value::text(std::string_view name, std::string_view otherwise) const {
  const Value* value = find(name);
  return value == nullptr ? std::string(otherwise) : value->as_string();
}

std::optional<bool> Value::flag(std::string_view name) const {
  const Value* member = find(name);
  if (member == nullptr) return std::nullopt;
  return member->as_boolean();
}

void Value::set(std::string_view name, Value value) {
  if (is_null()) data_ = Object{};
  as_object().insert_or_assign(name, std::move(value));
}

void Value::push(Value value) {
  if (is_null()) data_ = Array{};
  as_array().push_back(std::move(value));
}

Value object(std::initializer_list<Member> members) {
  Object::Row row;
  row.reserve(members.size());
  for (const Member& one : members) row.emplace_back(one.name, std::move(one.value));
  return Object::of_distinct(std::move(row));
}

Value strings(const std::vector<std::string>& texts) {
  return Value::Array(texts.begin(), texts.end());
}

std::vector<std::string> to_strings(const Value* array) {
  std::vector<std::string> texts;
  if (array == nullptr) return texts;
  texts.reserve(array->as_array().size());
  for (const Value& item : array->as_array()) texts.push_back(item.as_string());
  return texts;
}

}  // namespace octroi::json
