// SPDX-License-Identifier: Apache-2.0
#include "model/request_template.hpp"

#include "json/write.hpp"
#include "model/request_schema.hpp"

#include <algorithm>

namespace octroi::model {
namespace {

using json::Value;

Value placeholder(const Value& schema);

bool is_comment(const std::string& name) {
  return name.starts_with('$') || name == "format";
}

/// The members a template shows of an object: the required ones, or all where none is required
/// because one of several will do.
std::vector<std::string> shown_members(const Value& object) {
  std::vector<std::string> names = json::to_strings(object.find("required"));
  if (!names.empty()) return names;
  for (const auto& [name, schema] : object.at("properties").as_object()) {
    if (!is_comment(name)) names.push_back(name);
  }
  return names;
}

/// What each member is, a line for each, the required first.
Value comment_for(const Value& object) {
  const std::vector<std::string> shown = shown_members(object);
  Value required = Value::Array{};
  Value optional = Value::Array{};
  for (const auto& [name, schema] : object.at("properties").as_object()) {
    if (is_comment(name)) continue;
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

/// A value of the right shape that does not validate: nothing is declared by leaving it as it is.
Value placeholder(const Value& schema) {
  const Value& here = resolved(schema);
  if (const Value* constant = here.find("const")) return *constant;
  if (const Value* values = here.find("enum")) return alternatives(*values);
  const std::string type = here.text("type");
  if (type == "object") return object_placeholder(here);
  if (type == "array" && here.find("minItems") != nullptr) {
    return Value::Array{placeholder(here.at("items"))};
  }
  if (type == "string") return here.text("format") == "date" ? "YYYY-MM-DD" : "";
  return nullptr;  // numbers, true or false, and lists that may be empty
}

}  // namespace

std::string request_template() {
  return json::pretty(object_placeholder(request_schema()));
}

}  // namespace octroi::model
