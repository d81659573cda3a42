// SPDX-License-Identifier: Apache-2.0
#include "screen/schema_walk.hpp"

#include <functional>

#include "catch.hpp"
#include "json/read.hpp"
#include "json/schema.hpp"
#include "model/document.hpp"

namespace octroi::screen {
namespace {

using json::Value;

/// Replaces, in a copy of the whole document, the value that is being looked at.
using Rebuild = std::function<Value(const Value&)>;

class Walk {
 public:
  explicit Walk(const Value& schema) : root_(schema) {}

  void visit(const Value& schema, const Value& value, const std::string& path,
             const Rebuild& rebuild) {
    if (const Value* reference = schema.find("$ref")) {
      return visit(target_of(reference->as_string()), value, path, rebuild);
    }
    if (value.is_object()) visit_object(schema, value, path, rebuild);
    if (value.is_array()) visit_array(schema, value, path, rebuild);
    visit_conditions(schema, value, path, rebuild);
  }

  [[nodiscard]] std::vector<Corruption> take() && { return std::move(found_); }

 private:
  const Value& target_of(const std::string& reference) const {
    constexpr std::string_view k_prefix = "#/definitions/";
    REQUIRE(reference.starts_with(k_prefix));
    return root_.at("definitions").at(reference.substr(k_prefix.size()));
  }

  void drop_required(const Value& schema, const Value& value, const std::string& path,
                     const Rebuild& rebuild) {
    for (const std::string& name : json::to_strings(schema.find("required"))) {
      Value::Object members = value.as_object();
      members.erase(name);
      found_.push_back({path + "/" + name + " is dropped", rebuild(members)});
    }
  }

  void visit_object(const Value& schema, const Value& value, const std::string& path,
                    const Rebuild& rebuild) {
    drop_required(schema, value, path, rebuild);
    const Value* others = schema.find("additionalProperties");
    if (others != nullptr && others->is_boolean() && !others->as_boolean()) {
      Value more = value;
      more.set("surprise", 1);
      found_.push_back({path + "/surprise is added", rebuild(more)});
    }
    const Value* properties = schema.find("properties");
    if (properties == nullptr) return;
    for (const auto& [name, member] : value.as_object()) {
      const Value* property = properties->find(name);
      if (property == nullptr) continue;
      const auto replace = [&rebuild, &value, key = name](const Value& part) {
        Value copy = value;
        copy.set(key, part);
        return rebuild(copy);
      };
      visit(*property, member, path + "/" + name, replace);
    }
  }

  void visit_array(const Value& schema, const Value& value, const std::string& path,
                   const Rebuild& rebuild) {
    const Value* items = schema.find("items");
    if (items == nullptr) return;
    for (std::size_t i = 0; i < value.as_array().size(); ++i) {
      const auto replace = [&rebuild, &value, i](const Value& part) {
        Value copy = value;
        copy.as_array()[i] = part;
        return rebuild(copy);
      };
      visit(*items, value.as_array()[i], path + "/" + std::to_string(i), replace);
    }
  }

  /// The branches `if sub is X then …` of the event's schema.
  void visit_conditions(const Value& schema, const Value& value, const std::string& path,
                        const Rebuild& rebuild) {
    const Value* all = schema.find("allOf");
    if (all == nullptr) return;
    for (const Value& branch : all->as_array()) {
      const Value& type = branch.at("if").at("properties").at("sub").at("const");
      if (value.at("sub") == type) visit(branch.at("then"), value, path, rebuild);
    }
  }

  const Value& root_;
  std::vector<Corruption> found_;
};

}  // namespace

std::vector<Corruption> corruptions(const Value& schema, const Value& value) {
  Walk walk(schema);
  walk.visit(schema, value, "", [](const Value& whole) { return whole; });
  return std::move(walk).take();
}

Value schema_document(std::string_view name) {
  const std::string_view text = model::schema_text(name);
  INFO("schema " << name);
  REQUIRE_FALSE(text.empty());
  return json::read(text, name);
}

void require_strict(std::string_view schema_name, const Value& value, std::size_t count_min) {
  const Value document = schema_document(schema_name);
  const json::Schema schema = json::Schema::compile(document, schema_name);
  REQUIRE_NOTHROW(json::require_valid(schema, value, schema_name));
  const std::vector<Corruption> all = corruptions(document, value);
  CHECK(all.size() >= count_min);
  for (const Corruption& corruption : all) {
    INFO(schema_name << ": " << corruption.name);
    CHECK_FALSE(schema.validate(corruption.value).empty());
  }
}

}  // namespace octroi::screen
