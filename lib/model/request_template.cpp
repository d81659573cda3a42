// SPDX-License-Identifier: Apache-2.0
#include "model/request_template.hpp"

#include <algorithm>

#include "json/write.hpp"
#include "model/request_schema.hpp"

namespace octroi::model {
namespace {

using json::Value;

constexpr std::size_t k_comment_bytes_max = 1990;  // a "$comment" may have 2000 characters

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

/// What each member is, the required first.
std::string comment_for(const Value& object) {
  const std::vector<std::string> shown = shown_members(object);
  std::string required;
  std::string optional;
  for (const auto& [name, schema] : object.at("properties").as_object()) {
    if (is_comment(name)) continue;
    const bool is_shown = std::find(shown.begin(), shown.end(), name) != shown.end();
    std::string line = name + (is_shown ? ": " : " (may be left out): ") + description_of(schema);
    (is_shown ? required : optional) += " | " + line;
  }
  std::string comment = required + optional;
  comment.erase(0, 3);
  if (comment.size() <= k_comment_bytes_max) return comment;
  return comment.substr(0, comment.rfind(" | ", k_comment_bytes_max));
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
  Value result = object_placeholder(request_schema());
  return json::pretty(result);
}

}  // namespace octroi::model
