// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "base/safe_text.hpp"
#include "catch.hpp"
#include "json/read.hpp"
#include "json/schema.hpp"
#include "json/write.hpp"
#include "model/document.hpp"
#include "model/schema_shapes.hpp"

/// Whether the shape of a schema says what the schema does, of a value and of its changes.
namespace octroi::test {

using json::Value;

/// Asks the shape and the schema about one value after another.
struct Both {
  explicit Both(const std::string& name)
      : shape(*model::shape_of(name)),
        schema(json::Schema::compile(json::read(model::schema_text(name), name), name)) {}

  void ask(const Value& value) {
    json::Tape laid;
    laid.lay(value);
    const bool is_valid = schema.validate(value).empty();
    ++(is_valid ? accepted : refused);
    const std::string text = json::canonical(value);
    if (json::accepts(shape, laid.root()) != is_valid) FAIL(text);
    if (json::accepts(shape, value) != is_valid) FAIL(text);
    json::Tape tape;
    if (tape.read(text) && json::accepts(shape, tape.root()) != is_valid) FAIL(text);
  }

  const json::Shape& shape;
  json::Schema schema;
  int accepted = 0;
  int refused = 0;
};

inline std::vector<Value> other_texts(const std::string& text) {
  std::vector<Value> others = {"",
                               "a",
                               "A",
                               "é",
                               "2026-02-30T00:00:00Z",
                               "2026-03-02T08:00:00Z",
                               text + "a",
                               text + "\n",
                               text + "é",
                               "a" + text,
                               std::string(200, 'a'),
                               std::string(201, 'a'),
                               std::string(64, 'a'),
                               std::string(65, 'a'),
                               std::string(401, 'a'),
                               std::string(2001, 'a')};
  if (text.empty()) return others;
  others.emplace_back(text.substr(1));
  others.emplace_back(text.substr(0, text.size() - 1));
  for (std::size_t at = 0; at < std::min<std::size_t>(text.size(), 40); ++at) {
    for (const char c : {'A', 'z', '0', '9', '-', '.', '/', ':', '_', ' ', '\x7f'}) {
      std::string changed = text;
      changed[at] = c;
      others.emplace_back(changed);
    }
  }
  std::erase_if(others, [](const Value& other) { return !is_utf8(other.as_string()); });
  return others;
}

/// Calls `visit` with the value and each of its changes, one at a time.
inline void for_each_change(const Value& value, const std::function<void(const Value&)>& visit) {
  for (const Value& other :
       {Value(), Value(true), Value(0), Value(-1), Value(1), Value(65535), Value(65536),
        Value(100000), Value(100001), Value("a"), Value(Value::Array{}), Value(Value::Object{}),
        json::strings({"a"}), json::strings({"a", "a"}), json::object({{"a", "b"}})}) {
    visit(other);
  }
  if (value.is_string()) {
    for (const Value& other : other_texts(value.as_string())) visit(other);
  }
  if (value.is_array()) {
    const Value::Array& items = value.as_array();
    for (const std::size_t size : {0U, 2U, 100U, 101U, 200U, 201U, 501U}) {
      visit(Value::Array(size, items.empty() ? Value("a") : items.front()));
    }
    for (std::size_t at = 0; at < items.size(); ++at) {
      for_each_change(items[at], [&](const Value& changed) {
        Value::Array others = items;
        others[at] = changed;
        visit(others);
      });
    }
  }
  if (!value.is_object()) return;
  Value more = value;
  more.set("more", "a");
  visit(more);
  for (const auto& [name, member] : value.as_object()) {
    Value less = value;
    less.as_object().erase(name);
    visit(less);
    Value renamed = less;
    renamed.set(name + "x", member);
    visit(renamed);
    for_each_change(member, [&, key = name](const Value& changed) {
      Value other = value;
      other.set(key, changed);
      visit(other);
    });
  }
}

}  // namespace octroi::test
