// SPDX-License-Identifier: Apache-2.0
#include "rules/fact_schema.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/error.hpp"
#include "json/read.hpp"
#include "model/document.hpp"
#include "model/schema_shapes.hpp"

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

/// The name of the definition that a schema refers to, or "".
std::string_view referred(const Value& schema) {
  const Value* reference = schema.find("$ref");
  if (reference == nullptr) return {};
  const std::string_view text = reference->as_string();
  return text.starts_with(k_definitions) ? text.substr(k_definitions.size()) : std::string_view{};
}

/// The type of the values that a schema describes. An object's is named after its definition.
cel::Type type_of(const Value& schema) {
  if (const std::string_view name = referred(schema); !name.empty()) {
    const Value& defined = definition(name);
    return defined.text("type") == "object" ? cel::Type::object(std::string(name))
                                            : type_of(defined);
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

/// What a rule sees as `dataset`.
const Value& dataset_schema() {
  return schema_value().at("properties").at("datasets").at("items");
}

cel::Environment read_environment() {
  cel::Environment result;
  for (const auto& [name, type] : fields_of(schema_value())) result.declare_variable(name, type);
  result.declare_variable("dataset", type_of(dataset_schema()));
  for (const auto& [name, schema] : schema_value().at("definitions").as_object()) {
    if (schema.text("type") == "object") result.declare_object(name, fields_of(schema));
  }
  return result;
}

bool is_required(const Value& object, std::string_view name) {
  const std::vector<std::string> required = json::to_strings(object.find("required"));
  return std::find(required.begin(), required.end(), name) != required.end();
}

/// The schema itself, or the definition that it refers to.
const Value& resolved(const Value& schema) {
  const std::string_view name = referred(schema);
  return name.empty() ? schema : definition(name);
}

/// Follows a path member by member; calls `visit` with each schema and the name of the member that
/// is looked for in it. False where it leads to no fact; else `end` is the schema of what lies
/// there.
template <typename Visit>
bool follow(std::string_view path, Visit visit, const Value** end) {
  const Value* schema = &schema_value();
  while (!path.empty()) {
    const std::size_t dot = std::min(path.find('.'), path.size());
    const std::string_view name = path.substr(0, dot);
    path.remove_prefix(std::min(dot + 1, path.size()));
    if (schema == &schema_value() && name == "dataset") {
      *end = &dataset_schema();
    } else {
      visit(*schema, name);
      const Value* properties = schema->find("properties");
      *end = properties == nullptr ? nullptr : properties->find(name);
      if (*end == nullptr) return false;
    }
    schema = &resolved(**end);
  }
  return true;
}

}  // namespace

bool can_be_absent(std::string_view path) {
  bool is_always_there = true;
  const Value* end = nullptr;
  const bool is_known = follow(
      path,
      [&](const Value& object, std::string_view name) {
        is_always_there = is_always_there && is_required(object, name);
      },
      &end);
  return !is_known || !is_always_there;
}

FactDeclaration declaration_of(std::string_view path) {
  const Value* end = nullptr;
  if (!follow(
          path, [](const Value&, std::string_view) {}, &end) ||
      end == nullptr)
    return {};
  return {type_of(*end).kind(), json::to_strings(resolved(*end).find("enum"))};
}

const json::Schema& fact_schema() {
  static const json::Schema result = json::Schema::compile(schema_value(), k_source);
  return result;
}

bool fits_schema(std::string_view definition, const Value& facts) {
  return model::is_of_shape("facts_" + std::string(definition), facts);
}

const cel::Environment& fact_environment() {
  static const cel::Environment result = read_environment();
  return result;
}

}  // namespace octroi::rules
