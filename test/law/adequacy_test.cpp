// SPDX-License-Identifier: Apache-2.0
#include "law/adequacy.hpp"

#include "catch.hpp"
#include "support/day.hpp"

using octroi::Date;
using octroi::format_date;
using octroi::parse_date;
using namespace octroi::law;

using octroi::test::day;

namespace {

Country country(std::string_view code) {
  return Country::from(code).value();
}

bool has_decision(std::string_view code, std::string_view as_of) {
  return adequacy_of(country(code), day(as_of)) != nullptr;
}

Adequacy with(std::string_view code, const char* scheme, const char* from, const char* until,
              std::string_view as_of) {
  return adequacy_for(country(code), {scheme, parse_date(from), parse_date(until)}, day(as_of));
}

}  // namespace

TEST_CASE("a decision applies from its first through its last day") {
  struct Row {
    const char* country;
    const char* from;
    const char* through;  ///< "" where it has no end
  };
  const Row rows[] = {{"AD", "2010-10-19", ""},           {"AR", "2003-06-30", ""},
                      {"BR", "2026-01-26", ""},           {"CA", "2001-12-20", ""},
                      {"CH", "2000-07-26", ""},           {"FO", "2010-03-05", ""},
                      {"GB", "2020-02-01", "2031-12-27"}, {"GG", "2003-11-21", ""},
                      {"IL", "2011-01-31", ""},           {"IM", "2004-04-28", ""},
                      {"JE", "2008-05-08", ""},           {"JP", "2019-01-23", ""},
                      {"KR", "2021-12-17", ""},           {"NZ", "2012-12-19", ""},
                      {"US", "2000-07-26", "2015-10-05"}, {"US", "2016-07-12", "2020-07-15"},
                      {"US", "2023-07-10", ""},           {"UY", "2012-08-21", ""}};
  for (const Row& row : rows) {
    INFO(row.country << " " << row.from);
    const Date first = day(row.from);
    CHECK(adequacy_of(country(row.country), first) != nullptr);
    CHECK(adequacy_of(country(row.country), first - std::chrono::days(1)) == nullptr);
    const std::optional<Date> last = parse_date(row.through);
    CHECK(has_decision(row.country, last ? row.through : "2026-11-23"));
    if (!last) continue;
    CHECK(adequacy_of(country(row.country), *last + std::chrono::days(1)) == nullptr);
  }
}

TEST_CASE("the United Kingdom is covered without a gap until its decision ends") {
  for (Date at = day("2020-02-01"); at <= day("2031-12-27"); at += std::chrono::days(1)) {
    INFO(format_date(at));
    REQUIRE(adequacy_of(country("GB"), at) != nullptr);
  }
  CHECK(adequacy_of(country("GB"), day("2021-02-19"))->decision ==
        "Trade and Cooperation Agreement, article 782");
}

TEST_CASE("countries of the Union, and most others, have no decision") {
  for (const char* code : {"FR", "DE", "IS", "NO", "LI", "IN", "CN", "RU", "AU", "MC", "TR"}) {
    INFO(code);
    CHECK_FALSE(has_decision(code, "2026-11-23"));
  }
}

TEST_CASE("on the day of the CNAM deliberation the United States were not adequate") {
  CHECK(with("US", "dpf", "2020-01-01", "", "2021-02-19") == Adequacy::not_adequate);
  CHECK(with("US", "privacy-shield", "2018-01-01", "", "2021-02-19") == Adequacy::not_adequate);
}

TEST_CASE("a decision for a scheme covers who was under it on the day") {
  CHECK(with("US", "dpf", "2023-09-01", "", "2026-11-23") == Adequacy::adequate);
  CHECK(with("US", "dpf", "2023-09-01", "2026-11-23", "2026-11-23") == Adequacy::adequate);
  CHECK(with("US", "dpf", "2023-09-01", "2026-11-22", "2026-11-23") == Adequacy::not_adequate);
  CHECK(with("US", "dpf", "2026-11-24", "", "2026-11-23") == Adequacy::not_adequate);
  CHECK(with("US", "pipeda", "2023-09-01", "", "2026-11-23") == Adequacy::not_adequate);
  CHECK(with("US", "all", "2023-09-01", "", "2026-11-23") == Adequacy::not_adequate);
  CHECK(with("US", "dpf", "", "", "2026-11-23") == Adequacy::unknown);
  CHECK(with("US", "", "", "", "2026-11-23") == Adequacy::unknown);
  CHECK(with("CA", "pipeda", "2020-01-01", "", "2026-11-23") == Adequacy::adequate);
  CHECK(with("JP", "appi", "2020-01-01", "", "2026-11-23") == Adequacy::adequate);
  CHECK(with("KR", "pipa", "2022-01-01", "", "2026-11-23") == Adequacy::adequate);
  CHECK(with("CH", "", "", "", "2026-11-23") == Adequacy::adequate);
}
