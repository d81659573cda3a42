// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <string>

#include "catch.hpp"
#include "json/read.hpp"
#include "json/refusal.hpp"
#include "json/schema.hpp"

namespace octroi::json {
namespace {

std::string refused(std::string_view schema) {
  const Value value = read(schema, "schema", {.integers_only = false});
  return refusal([&value] { (void)Schema::compile(value, "request.schema.json"); });
}

struct Corruption {
  const char* name;
  std::string schema;
  std::string refusal;  ///< of which the message consists, after the file name
};

}  // namespace

TEST_CASE("a schema beyond the subset is refused where it is") {
  const auto corruption = GENERATE(values<Corruption>({
      {"misspelt keyword", R"({"properties": {"a": {"minimun": 1}}})",
       "/properties/a/minimun: a keyword outside the subset of draft 7 (did you mean "
       "\"minimum\"?)"},
      {"keyword of draft 7 left out", R"({"dependencies": {}})",
       "/dependencies: a keyword outside the subset of draft 7"},
      {"keyword of another draft", R"({"items": {"$defs": {}}})",
       "/items/$defs: a keyword outside the subset of draft 7"},
      {"name that needs escapes", R"({"properties": {"a/b~c": {"typ": 1}}})",
       "/properties/a~1b~0c/typ: a keyword outside the subset of draft 7 (did you mean \"type\"?)"},
      {"another draft", R"({"$schema": "https://json-schema.org/draft/2020-12/schema"})",
       "/$schema: expected draft 7, got \"https://json-schema.org/draft/2020-12/schema\""},
      {"not a schema", "[]", "expected a schema: an object, true or false, got an empty list"},
      {"not a schema, inside", R"({"allOf": [true, "x"]})",
       "/allOf/1: expected a schema: an object, true or false, got \"x\""},
      {"no alternatives", R"({"anyOf": []})",
       "/anyOf: expected at least one schema, got an empty list"},
      {"no choices", R"({"enum": []})", "/enum: expected at least one value, got an empty list"},
      {"no types", R"({"type": []})", "/type: expected at least one type, got an empty list"},
      {"unknown type", R"({"type": ["string", "text"]})",
       "/type/1: expected the name of a type, got \"text\""},
      {"unknown format", R"({"format": "email"})",
       "/format: expected the format \"date\" or \"date-time\", got \"email\""},
      {"wrong pattern", R"({"pattern": "["})",
       "/pattern: expected a regular expression, got \"[\""},
      {"wrong pattern of names", "{\"patternProperties\": {\"(?=a)\": true}}",
       "/patternProperties/(?=a): expected a regular expression without look-ahead"},
      {"negative count", R"({"minItems": -1})", "/minItems: expected a count, got -1"},
      {"fraction as a count", R"({"maxLength": 1.5})", "/maxLength: expected a count, got 1.5"},
      {"fraction as a divisor", R"({"multipleOf": 0.5})",
       "/multipleOf: expected a whole number above 0, got 0.5"},
      {"zero as a divisor", R"({"multipleOf": 0})",
       "/multipleOf: expected a whole number above 0, got 0"},
      {"text as a bound", R"({"minimum": "1"})", "/minimum: expected a number, got \"1\""},
      {"draft 4's exclusiveMinimum", R"({"exclusiveMinimum": true})",
       "/exclusiveMinimum: expected a number, got true"},
      {"draft 3's required", R"({"required": true})", "/required: expected a list, got true"},
      {"number as a name", R"({"required": ["a", 1]})", "/required/1: expected text, got 1"},
      {"text as a flag", R"({"uniqueItems": "yes"})",
       "/uniqueItems: expected true or false, got \"yes\""},
      {"$id inside", R"({"items": {"$id": "x"}})",
       "/items/$id: expected $id at the root only, got \"x\""},
      {"keyword beside $ref", R"({"items": {"$ref": "#", "minItems": 1}})",
       "/items/minItems: a keyword without effect beside $ref"},
      {"reference to another file", R"({"items": {"$ref": "other.json"}})",
       "/items/$ref: expected a reference inside this document (\"#/…\"), got \"other.json\""},
      {"reference to nothing", R"({"items": {"$ref": "#/definitions/x"}})",
       "/items/$ref: expected a reference to a schema, got \"#/definitions/x\", where none stands"},
      {"reference to what is no schema", R"({"items": {"$ref": "#/enum/0"}, "enum": [{}]})",
       "/items/$ref: expected a reference to a schema, got \"#/enum/0\", where none stands"},
      {"reference with a bad escape", R"({"items": {"$ref": "#/%zz"}})",
       "/items/$ref: expected a reference to a schema, got \"#/%zz\", where none stands"},
  }));
  INFO(corruption.name);
  CHECK_THAT(refused(corruption.schema), StartsWith("request.schema.json: " + corruption.refusal));
}

TEST_CASE("a reference that consumes no input is refused, one that does is not") {
  CHECK(refused(R"({"$ref": "#"})") ==
        "request.schema.json: a reference that leads back to itself");
  CHECK_THAT(refused(R"({"definitions": {"a": {"$ref": "#/definitions/b"},
                                          "b": {"allOf": [{"$ref": "#/definitions/a"}]}}})"),
             EndsWith("a reference that leads back to itself"));
  for (const char* around : {R"({"anyOf": [{"$ref": "#"}]})", R"({"oneOf": [true, {"$ref": "#"}]})",
                             R"({"not": {"$ref": "#"}})", R"({"if": {"$ref": "#"}})",
                             R"({"then": {"$ref": "#"}})", R"({"else": {"not": {"$ref": "#"}}})"}) {
    INFO(around);
    CHECK_THAT(refused(around), EndsWith("a reference that leads back to itself"));
  }
  for (const char* below :
       {R"({"items": {"$ref": "#"}})", R"({"items": [{"$ref": "#"}]})",
        R"({"additionalItems": {"$ref": "#"}})", R"({"contains": {"$ref": "#"}})",
        R"({"properties": {"a": {"$ref": "#"}}})", R"({"patternProperties": {"a": {"$ref": "#"}}})",
        R"({"additionalProperties": {"$ref": "#"}})", R"({"propertyNames": {"$ref": "#"}})"}) {
    INFO(below);
    CHECK(refused(below) == "accepted");
  }
}

TEST_CASE("a reference reaches any schema of the document by its escaped pointer") {
  const Value schema = read(R"({
    "definitions": {"a/b": {"type": "integer"}, "c~d": {"type": "null"}, "e%f": {"type": "array"}},
    "items": [{"$ref": "#/definitions/a~1b"}, {"$ref": "#/definitions/c~0d"},
              {"$ref": "#/definitions/e%25f"}, {"$ref": "#/items/0"}]})",
                            "schema");
  const Schema compiled = Schema::compile(schema, "schema");
  CHECK(compiled.validate(Value::Array{1, Value(), Value::Array{}, 2}).empty());
  CHECK(compiled.validate(Value::Array{Value(), 1, 1, Value()}).size() == 4);
}

TEST_CASE("annotations are taken, also beside $ref") {
  CHECK(refused(R"({"$schema": "http://json-schema.org/draft-07/schema#", "$id": "x", "title": "t",
    "description": "d", "$comment": "c", "default": 1, "examples": [2], "definitions": {"a": true},
    "items": {"$ref": "#/definitions/a", "description": "why"}})") == "accepted");
  CHECK(refused(R"({"description": 1})") ==
        "request.schema.json: /description: expected text, got 1");
}

TEST_CASE("the project's own schemas are within the subset") {
  int count = 0;
  for (const auto& file :
       std::filesystem::directory_iterator(std::filesystem::path(OCTROI_SOURCE) / "schemas")) {
    if (!file.path().string().ends_with(".schema.json")) continue;
    INFO(file.path().filename());
    ++count;
    CHECK(refused(content_of(file.path())) == "accepted");
  }
  CHECK(count > 0);
}

}  // namespace octroi::json
