// SPDX-License-Identifier: Apache-2.0
// What holds of every schema of a document that people write: nothing unknown is let in, nothing
// is without limit, and every member says what to write.
#include "catch.hpp"
#include "json/read.hpp"
#include "model/sample.hpp"
#include "model/schema_texts.hpp"

#include <algorithm>
#include <set>

using namespace octroi;
using namespace octroi::model;
using json::Value;

namespace {

bool is_limited_text(const Value& schema) {
  if (schema.find("maxLength") != nullptr) return true;
  if (schema.text("format") == "date" || schema.text("format") == "date-time") return true;
  const std::string pattern = schema.text("pattern");
  return pattern.starts_with('^') && pattern.ends_with('$') &&
         pattern.find_first_of("*+") == std::string::npos &&
         pattern.find(",}") == std::string::npos;
}

bool is_of_type(const Value& schema, const char* type) {
  const Value* types = schema.find("type");
  if (types == nullptr) return false;
  if (types->is_string()) return types->as_string() == type;
  const std::vector<std::string> names = json::to_strings(types);
  return std::find(names.begin(), names.end(), type) != names.end();
}

/// Looks at a schema and at all that it is made of.
class Inspector {
 public:
  explicit Inspector(const Value& root) : root_(root) {}

  void inspect_all() {
    inspect(root_, "");
    for (const auto& [name, schema] : root_.at("definitions").as_object()) {
      inspect(schema, "/definitions/" + name);
    }
  }

 private:
  bool has_description(const Value& schema) const {
    if (!schema.text("description").empty()) return true;
    const std::string reference = schema.text("$ref");
    if (reference.empty()) return false;
    const std::string name = reference.substr(std::string("#/definitions/").size());
    return !root_.at("definitions").at(name).text("description").empty();
  }

  void inspect(const Value& schema, const std::string& where) {
    INFO(where);
    if (is_of_type(schema, "object")) inspect_object(schema, where);
    if (is_of_type(schema, "array")) {
      CHECK(schema.find("maxItems") != nullptr);
      inspect(schema.at("items"), where + "/items");
    }
    if (is_of_type(schema, "string")) CHECK(is_limited_text(schema));
    if (is_of_type(schema, "integer")) {
      CHECK(schema.find("minimum") != nullptr);
      CHECK(schema.find("maximum") != nullptr);
    }
  }

  /// Members of any name: how they are called, how many there are and what they hold is limited.
  void inspect_map(const Value& schema, const std::string& where) {
    CHECK(schema.find("maxProperties") != nullptr);
    CHECK(schema.find("propertyNames") != nullptr);
    inspect(schema.at("additionalProperties"), where + "/*");
  }

  void inspect_object(const Value& schema, const std::string& where) {
    REQUIRE(schema.find("additionalProperties") != nullptr);
    if (schema.find("properties") == nullptr) return inspect_map(schema, where);
    CHECK(schema.at("additionalProperties") == Value(false));
    const Value::Object& members = schema.at("properties").as_object();
    for (const std::string& name : json::to_strings(schema.find("required"))) {
      INFO(where << " requires " << name);
      CHECK(members.contains(name));
    }
    for (const auto& [name, member] : members) {
      INFO(where << "/" << name);
      CHECK(has_description(member));
      inspect(member, where + "/" + name);
    }
  }

  const Value& root_;
};

}  // namespace

TEST_CASE("every document's schema is closed, limited and described") {
  for (const DocumentKind kind : sample::kinds()) {
    INFO(name_of(kind));
    const Value schema = json::read(schema_text(name_of(kind)), name_of(kind));
    CHECK(schema.at("properties").at("format").text("const") ==
          "octroi/" + std::string(name_of(kind)) + "/1");
    Inspector(schema).inspect_all();
  }
}

TEST_CASE("every embedded schema compiles under its own name, once") {
  std::set<std::string_view> names;
  for (const SchemaText& schema : schema_texts()) {
    INFO(schema.name);
    CHECK(names.insert(schema.name).second);
    CHECK(schema_text(schema.name) == schema.text);
    CHECK_NOTHROW(json::Schema::compile(json::read(schema.text, schema.name), schema.name));
  }
  for (const char* name : {"request", "facts", "event", "token", "output/check"}) {
    INFO(name);
    CHECK(names.contains(name));
  }
  CHECK(schema_text("no-such-schema").empty());
  CHECK(schema_text("").empty());
}
