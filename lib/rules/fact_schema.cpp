// SPDX-License-Identifier: Apache-2.0
#include "rules/fact_schema.hpp"

#include <string>

#include <fmt/format.h>

#include "base/error.hpp"
#include "json/read.hpp"
#include "model/document.hpp"

namespace octroi::rules {
namespace {

using json::Value;

constexpr std::string_view k_source = "facts.schema.json";
constexpr std::string_view k_definitions = "#/definitions/";

const Value& schema_value() {
  static const Value result = json::read(model::schema_text("facts"), k_source);
  return result;
}

[[noreturn]] void fail(std::string_view what) {
  throw Error(ErrorCode::could_not, fmt::format("{}: {}", k_source, what));
}

const Value& definition(std::string_view name) {
  const Value* found = schema_value().at("definitions").find(name);
  if (found == nullptr) fail(fmt::format("expected a definition of {}, got none", name));
  return *found;
}

/// The type of the values that a schema describes. An object's is named after its definition.
cel::Type type_of(const Value& schema) {
  const std::string reference = schema.text("$ref");
  if (reference.starts_with(k_definitions)) {
    const std::string name = reference.substr(k_definitions.size());
    const Value& defined = definition(name);
    return defined.text("type") == "object" ? cel::Type::object(name) : type_of(defined);
  }
  const std::string type = schema.text("type");
  if (type == "string") return cel::TypeKind::string;
  if (type == "integer") return cel::TypeKind::integer;
  if (type == "boolean") return cel::TypeKind::boolean;
  if (type == "array") return cel::Type::list(type_of(schema.at("items")));
  fail(fmt::format("expected a type that rules know, got {}", type));
}

cel::Environment::Fields fields_of(const Value& schema) {
  cel::Environment::Fields result;
  for (const auto& [name, property] : schema.at("properties").as_object()) {
    result.emplace(name, type_of(property));
  }
  return result;
}

cel::Environment read_environment() {
  cel::Environment result;
  for (const auto& [name, type] : fields_of(schema_value())) result.declare_variable(name, type);
  result.declare_variable("dataset",
                          type_of(schema_value().at("properties").at("datasets").at("items")));
  for (const auto& [name, schema] : schema_value().at("definitions").as_object()) {
    if (schema.text("type") == "object") result.declare_object(name, fields_of(schema));
  }
  return result;
}

}  // namespace

const json::Schema& fact_schema() {
  static const json::Schema result = json::Schema::compile(schema_value(), k_source);
  return result;
}

const cel::Environment& fact_environment() {
  static const cel::Environment result = read_environment();
  return result;
}

}  // namespace octroi::rules
