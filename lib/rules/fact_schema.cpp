// SPDX-License-Identifier: Apache-2.0
#include "rules/fact_schema.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/error.hpp"
#include "json/read.hpp"
#include "json/shape_check.hpp"
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

/// Facts that are laid out, as a shape looks at a value.
class FactPart {
 public:
  FactPart(std::string_view name, cel::View fact) : name_(name), fact_(fact) {}

  [[nodiscard]] json::Kind kind() const {
    switch (fact_.kind()) {
      case cel::View::Kind::boolean:
        return json::Kind::boolean;
      case cel::View::Kind::integer:
        return json::Kind::integer;
      case cel::View::Kind::text:
        return json::Kind::string;
      case cel::View::Kind::list:
        return json::Kind::array;
      case cel::View::Kind::object:
        return json::Kind::object;
      case cel::View::Kind::sealed:  // a number that is no integer
        return json::Kind::number;
      case cel::View::Kind::unread:
      case cel::View::Kind::none:
      case cel::View::Kind::other:
        break;
    }
    return json::Kind::null;
  }
  [[nodiscard]] std::string_view name() const { return name_; }
  [[nodiscard]] cel::View fact() const { return fact_; }
  [[nodiscard]] std::int64_t as_integer() const { return fact_.as_integer(); }
  [[nodiscard]] std::string_view as_string() const { return fact_.as_text(); }
  [[nodiscard]] std::size_t size() const {
    return fact_.is(cel::View::Kind::list) ? fact_.as_list().size() : fact_.as_object().size();
  }
  [[nodiscard]] std::optional<FactPart> find(std::string_view name) const {
    if (!fact_.is(cel::View::Kind::object)) return std::nullopt;
    const cel::View::Field* field = fact_.find_field(name);
    return field == nullptr ? std::nullopt : std::optional(FactPart(field->name, field->value));
  }

 private:
  std::string_view name_;
  cel::View fact_;
};

template <typename IsSuch>
bool all_parts(const FactPart& container, const IsSuch& is_such) {
  if (container.fact().is(cel::View::Kind::list)) {
    const std::span<const cel::View> items = container.fact().as_list();
    return std::all_of(items.begin(), items.end(),
                       [&](cel::View item) { return is_such(FactPart({}, item)); });
  }
  const std::span<const cel::View::Field> fields = container.fact().as_object();
  return std::all_of(fields.begin(), fields.end(), [&](const cel::View::Field& field) {
    return is_such(FactPart(field.name, field.value));
  });
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

bool fits_schema(std::string_view definition, cel::View facts) {
  const json::Shape* shape = model::shape_of("facts_" + std::string(definition));
  return shape != nullptr &&
         json::ShapeCheck<FactPart>(*shape).accepts(shape->nodes[0], FactPart({}, facts));
}

const cel::Environment& fact_environment() {
  static const cel::Environment result = read_environment();
  return result;
}

}  // namespace octroi::rules
