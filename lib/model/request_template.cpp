// SPDX-License-Identifier: Apache-2.0
#include "model/request_template.hpp"

#include "json/write.hpp"
#include "model/request_schema.hpp"

#include <algorithm>

namespace octroi::model {
namespace {

using json::Value;

Value placeholder(const Value& schema);

/// Members that nobody has to be told about: "$schema", "$comment", and what has one value only.
bool is_given(const std::string& name, const Value& schema) {
  return name.starts_with('$') || schema.find("const") != nullptr;
}

/// The members a template shows of an object: the required ones, or all where none is required
/// because one of several will do.
std::vector<std::string> shown_members(const Value& object) {
  std::vector<std::string> names = json::to_strings(object.find("required"));
  if (!names.empty()) return names;
  for (const auto& [name, schema] : object.at("properties").as_object()) {
    if (!is_given(name, schema)) names.push_back(name);
  }
  return names;
}

/// What each member is, a line for each, the required first.
Value comment_for(const Value& object) {
  const std::vector<std::string> shown = shown_members(object);
  Value required = Value::Array{};
  Value optional = Value::Array{};
  for (const auto& [name, schema] : object.at("properties").as_object()) {
    if (is_given(name, schema)) continue;
    const bool is_shown = std::find(shown.begin(), shown.end(), name) != shown.end();
    if (is_shown) {
      required.push(name + ": " + description_of(schema));
    } else {
      optional.push(name + " (may be left out): " + description_of(schema));
    }
  }
  for (Value& line : optional.as_array()) required.push(std::move(line));
  return required;
}

Value object_placeholder(const Value& object) {
  Value result = json::object({{"$comment", comment_for(object)}});
  for (const std::string& name : shown_members(object)) {
    result.set(name, placeholder(object.at("properties").at(name)));
  }
  return result;
}

std::string alternatives(const Value& values) {
  std::string text;
  for (const std::string& value : json::to_strings(&values)) {
    text += (text.empty() ? "" : " | ") + value;
  }
  return text;
}

/// A list with one placeholder, where something has to be in it or there are values to choose from.
bool shows_item(const Value& list) {
  return list.find("minItems") != nullptr || resolved(list.at("items")).find("enum") != nullptr;
}

/// A value of the right shape that does not validate: nothing is declared by leaving it as it is.
Value placeholder(const Value& schema) {
  const Value& here = resolved(schema);
  if (const Value* constant = here.find("const")) return *constant;
  if (const Value* values = here.find("enum")) return alternatives(*values);
  const std::string type = here.text("type");
  if (type == "object") return object_placeholder(here);
  if (type == "array" && shows_item(here)) return Value::Array{placeholder(here.at("items"))};
  if (type == "string") return here.text("format") == "date" ? "YYYY-MM-DD" : "";
  return nullptr;  // numbers, true or false, and other lists that may be empty
}

}  // namespace

std::string request_template() {
  return json::pretty(object_placeholder(request_schema()));
}

}  // namespace octroi::model
