// SPDX-License-Identifier: Apache-2.0
#include "model/country_code.hpp"

#include "catch.hpp"
#include "json/read.hpp"
#include "json/value.hpp"
#include "model/document.hpp"

#include <string>

using octroi::json::Value;
using octroi::model::iso_country_code;
using octroi::model::means_country;

namespace {

bool is_of_countries(const Value& schema) {
  if (schema.text("$ref") == "#/definitions/country") return true;
  const Value* items = schema.find("items");
  return items != nullptr && items->is_object() && is_of_countries(*items);
}

/// Compares the name of each property under a schema with what the property is.
void check_names(const Value& schema, int& countries) {
  if (schema.is_array()) {
    for (const Value& item : schema.as_array()) check_names(item, countries);
  }
  if (!schema.is_object()) return;
  if (const Value* properties = schema.find("properties")) {
    for (const auto& [name, property] : properties->as_object()) {
      INFO(name);
      CHECK(means_country(name) == is_of_countries(property));
      if (is_of_countries(property)) ++countries;
    }
  }
  for (const auto& [name, member] : schema.as_object()) check_names(member, countries);
}

}  // namespace

TEST_CASE("country codes are the 249 of ISO 3166-1 and two other spellings") {
  int own = 0;
  int other = 0;
  for (char first = 'A'; first <= 'Z'; ++first) {
    for (char second = 'A'; second <= 'Z'; ++second) {
      const std::string letters{first, second};
      const auto code = iso_country_code(letters);
      if (!code) continue;
      ++(*code == letters ? own : other);
    }
  }
  CHECK(own == 249);
  CHECK(other == 2);
  CHECK(iso_country_code("UK") == "GB");
  CHECK(iso_country_code("EL") == "GR");
}

TEST_CASE("anything else is no country code") {
  for (const char* text :
       {"", "F", "FRA", "fr", "Fr", "EU", "XK", "ZZ", "D ", "E A", "AD AE", " F"}) {
    INFO(text);
    CHECK_FALSE(iso_country_code(text));
  }
}

TEST_CASE("the names that mean a country are those of the schemas") {
  int countries = 0;
  for (const char* schema : {"dataset", "provider", "request", "charter", "decision"}) {
    INFO(schema);
    check_names(octroi::json::read(octroi::model::schema_text(schema), schema), countries);
  }
  CHECK(countries > 12);
}
