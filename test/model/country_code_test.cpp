// SPDX-License-Identifier: Apache-2.0
#include "model/country_code.hpp"

#include "catch.hpp"

#include <string>

using octroi::model::iso_country_code;

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
