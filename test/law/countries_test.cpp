// SPDX-License-Identifier: Apache-2.0
#include "law/countries.hpp"

#include "catch.hpp"
#include "support/day.hpp"

using octroi::Date;
using octroi::law::Country;
using octroi::law::is_in_european_economic_area;
using octroi::law::is_in_european_union;

using octroi::test::day;

namespace {

int members_on(std::string_view date, bool (*is_member)(Country, Date)) {
  // Parts of Member States with codes of their own are territory, and no members.
  const std::string_view territories = "GP GF MQ RE MF YT AX ";
  int count = 0;
  for (char first = 'A'; first <= 'Z'; ++first) {
    for (char second = 'A'; second <= 'Z'; ++second) {
      const std::string code{first, second};
      const auto country = Country::from(code);
      // UK and EL are read as GB and GR, which would count twice.
      if (!country || country->code() != code) continue;
      if (territories.find(code) != std::string_view::npos) continue;
      if (is_member(*country, day(date))) ++count;
    }
  }
  return count;
}

}  // namespace

TEST_CASE("a country code is read in its usual spellings and nothing else") {
  CHECK(Country::from("FR")->code() == "FR");
  CHECK(Country::from("fr")->code() == "FR");
  CHECK(Country::from("UK")->code() == "GB");
  CHECK(Country::from("EL")->code() == "GR");
  for (const char* wrong : {"", "F", "FRA", "EU", "XK", "ZZ", "AN", "SU", "F ", " F", "F1", "Fr ",
                            "D AE", "E ", "France"}) {
    INFO(wrong);
    CHECK_FALSE(Country::from(wrong));
  }
}

TEST_CASE("membership of the Union counts by day") {
  struct Row {
    const char* country;
    const char* date;
    bool is_member;
  };
  const Row rows[] = {
      {"FR", "2021-02-19", true},  {"IE", "1972-12-31", false}, {"IE", "1973-01-01", true},
      {"GB", "2020-01-31", true},  {"GB", "2020-02-01", false}, {"GB", "2020-12-31", false},
      {"HR", "2013-06-30", false}, {"HR", "2013-07-01", true},  {"BG", "2006-12-31", false},
      {"NO", "2021-02-19", false}, {"CH", "2021-02-19", false}, {"US", "2021-02-19", false},
      {"RE", "2021-02-19", true},  {"YT", "2013-12-31", false}, {"YT", "2014-01-01", true},
      {"PF", "2021-02-19", false}, {"GL", "2021-02-19", false}, {"JE", "2019-01-01", false},
  };
  for (const Row& row : rows) {
    INFO(row.country << " on " << row.date);
    CHECK(is_in_european_union(*Country::from(row.country), day(row.date)) == row.is_member);
  }
}

TEST_CASE("the economic area is the Union and three more, and not Switzerland") {
  CHECK(is_in_european_economic_area(*Country::from("NO"), day("2021-02-19")));
  CHECK(is_in_european_economic_area(*Country::from("LI"), day("1995-05-01")));
  CHECK_FALSE(is_in_european_economic_area(*Country::from("LI"), day("1995-04-30")));
  CHECK_FALSE(is_in_european_economic_area(*Country::from("CH"), day("2021-02-19")));
  CHECK_FALSE(is_in_european_economic_area(*Country::from("GB"), day("2021-02-19")));
  CHECK_FALSE(is_in_european_economic_area(*Country::from("FR"), day("1993-12-31")));
  CHECK_FALSE(is_in_european_economic_area(*Country::from("HR"), day("2013-07-01")));
}

TEST_CASE("there are as many members as history says") {
  CHECK(members_on("1957-12-31", is_in_european_union) == 0);
  CHECK(members_on("1958-01-01", is_in_european_union) == 6);
  CHECK(members_on("1973-01-01", is_in_european_union) == 9);
  CHECK(members_on("1981-01-01", is_in_european_union) == 10);
  CHECK(members_on("1986-01-01", is_in_european_union) == 12);
  CHECK(members_on("1995-01-01", is_in_european_union) == 15);
  CHECK(members_on("2004-05-01", is_in_european_union) == 25);
  CHECK(members_on("2007-01-01", is_in_european_union) == 27);
  CHECK(members_on("2020-01-31", is_in_european_union) == 28);
  CHECK(members_on("2021-02-19", is_in_european_union) == 27);
  CHECK(members_on("2021-02-19", is_in_european_economic_area) == 30);
}
