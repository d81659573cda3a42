// SPDX-License-Identifier: Apache-2.0
#include "model/request_schema.hpp"

#include "base/error.hpp"
#include "json/read.hpp"
#include "model/document.hpp"

namespace octroi::model {
namespace {

constexpr std::string_view k_definitions = "#/definitions/";

const json::Value& step(const json::Value& schema, const std::string& token) {
  const json::Value& here = resolved(schema);
  if (const json::Value* items = here.find("items")) return *items;
  const json::Value* properties = here.find("properties");
  const json::Value* property = properties == nullptr ? nullptr : properties->find(token);
  if (property == nullptr) broken_invariant("a question about no member of a request");
  return *property;
}

}  // namespace

const json::Value& request_schema() {
  static const json::Value schema = json::read(schema_text("request"), "request.schema.json");
  return schema;
}

const json::Value& resolved(const json::Value& schema) {
  const json::Value* reference = schema.find("$ref");
  if (reference == nullptr) return schema;
  const std::string& pointer = reference->as_string();
  if (!pointer.starts_with(k_definitions)) broken_invariant("a reference outside the definitions");
  return request_schema().at("definitions").at(pointer.substr(k_definitions.size()));
}

std::string description_of(const json::Value& schema) {
  const std::string own = schema.text("description");
  return own.empty() ? resolved(schema).text("description") : own;
}

const json::Value& schema_at(std::string_view pointer) {
  const json::Value* at = &request_schema();
  while (!pointer.empty()) {
    pointer.remove_prefix(1);  // the slash
    const std::size_t end = pointer.find('/');
    at = &step(*at, std::string(pointer.substr(0, end)));
    pointer = end == std::string_view::npos ? "" : pointer.substr(end);
  }
  return *at;
}

}  // namespace octroi::model
