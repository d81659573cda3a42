// SPDX-License-Identifier: Apache-2.0
#include "json/value.hpp"

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

}  // namespace

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
  as_object().insert_or_assign(std::string(name), std::move(value));
}

void Value::push(Value value) {
  if (is_null()) data_ = Array{};
  as_array().push_back(std::move(value));
}

Value object(std::initializer_list<Member> members) {
  Value::Object result;
  for (const Member& one : members) result.try_emplace(one.name, std::move(one.value));
  return result;
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
