// SPDX-License-Identifier: Apache-2.0
#include "base/time.hpp"

#include <fmt/format.h>

#include <array>

#include "catch.hpp"

namespace octroi {
namespace {

using std::chrono::days;
using std::chrono::seconds;

/// A calendar that only counts, against which the clever one is held.
struct CountedDay {
  int year;
  int month;
  int day;
};

int days_of(int year, int month) {
  constexpr std::array<int, 12> k_days = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return k_days[static_cast<std::size_t>(month - 1)] + (month == 2 && is_leap ? 1 : 0);
}

CountedDay day_after(CountedDay day) {
  if (day.day < days_of(day.year, day.month)) return {day.year, day.month, day.day + 1};
  if (day.month < 12) return {day.year, day.month + 1, 1};
  return {day.year + 1, 1, 1};
}

CountedDay months_after(CountedDay day, int months) {
  for (; months > 0; --months)
    day = day.month == 12 ? CountedDay{day.year + 1, 1, day.day}
                          : CountedDay{day.year, day.month + 1, day.day};
  for (; months < 0; ++months)
    day = day.month == 1 ? CountedDay{day.year - 1, 12, day.day}
                         : CountedDay{day.year, day.month - 1, day.day};
  day.day = std::min(day.day, days_of(day.year, day.month));
  return day;
}

std::string text_of(CountedDay day) {
  return fmt::format("{:04}-{:02}-{:02}", day.year, day.month, day.day);
}

std::string after_months(const char* date, int months) {
  return format_date(add_months(*parse_date(date), months));
}

/// The moment, written in the one form; "refused" for what is no moment.
std::string read_again(std::string_view text) {
  const std::optional<Instant> instant = parse_instant(text);
  return instant ? format_instant(*instant) : "refused";
}

}  // namespace

TEST_CASE("moments are seconds since 1970") {
  CHECK(parse_instant("1970-01-01T00:00:00Z") == Instant(seconds(0)));
  CHECK(parse_instant("2001-09-09T01:46:40Z") == Instant(seconds(1'000'000'000)));
  CHECK(parse_instant("1969-12-31T23:59:59Z") == Instant(seconds(-1)));
  CHECK(format_instant(Instant(seconds(-1))) == "1969-12-31T23:59:59Z");
  CHECK(format_instant(Instant(seconds(1'645'557'742))) == "2022-02-22T19:22:22Z");
}

TEST_CASE("moments are read with a fraction, which is cut off, and with an offset") {
  CHECK(read_again("2021-02-19T10:00:00Z") == "2021-02-19T10:00:00Z");
  CHECK(read_again("2021-02-19T10:00:00.999999999Z") == "2021-02-19T10:00:00Z");
  CHECK(read_again("2021-02-19T10:00:00.5+01:00") == "2021-02-19T09:00:00Z");
  CHECK(read_again("2021-02-19T10:00:00-05:30") == "2021-02-19T15:30:00Z");
  CHECK(read_again("2021-01-01T00:30:00+01:00") == "2020-12-31T23:30:00Z");
  CHECK(read_again("2021-02-19T10:00:00+00:00") == "2021-02-19T10:00:00Z");
  CHECK(read_again("2021-02-19T10:00:00-00:00") == "2021-02-19T10:00:00Z");
  CHECK(read_again("2020-02-29T23:59:59Z") == "2020-02-29T23:59:59Z");
  CHECK(read_again("2000-02-29T00:00:00Z") == "2000-02-29T00:00:00Z");
}

TEST_CASE("what is no moment is refused") {
  const char* const refused[] = {"",
                                 "2021-02-19",
                                 "2021-02-19T10:00Z",
                                 "2021-02-19T10:00:00",  // parts missing
                                 "2021-02-19t10:00:00Z",
                                 "2021-02-19T10:00:00z",
                                 "2021-02-19 10:00:00Z",
                                 "2021-02-19T10:00:60Z",
                                 "2016-12-31T23:59:60Z",  // the leap second, too
                                 "2021-02-19T24:00:00Z",
                                 "2021-02-19T10:60:00Z",
                                 "2021-02-19T99:00:00Z",
                                 "2021-02-29T00:00:00Z",
                                 "1900-02-29T00:00:00Z",
                                 "2100-02-29T00:00:00Z",
                                 "2021-04-31T00:00:00Z",
                                 "2021-13-01T00:00:00Z",
                                 "2021-00-01T00:00:00Z",
                                 "2021-01-00T00:00:00Z",
                                 "2021-01-32T00:00:00Z",
                                 "0000-01-01T00:00:00Z",
                                 "2021-02-19T10:00:00.Z",
                                 "2021-02-19T10:00:00,5Z",
                                 "2021-02-19T10:00:00. 5Z",
                                 "2021-02-19T10:00:00+24:00",
                                 "2021-02-19T10:00:00+01:60",
                                 "2021-02-19T10:00:00+0100",
                                 "2021-02-19T10:00:00+01",
                                 "2021-02-19T10:00:00 Z",
                                 "2021-02-19T10:00:00ZZ",
                                 "2021-02-19T10:00:00Z ",
                                 " 2021-02-19T10:00:00Z",
                                 "2021-02-19T10:00:00Z\n",
                                 "+021-02-19T10:00:00Z",
                                 "12021-02-19T10:00:00Z",
                                 "2021-2-19T10:00:00Z",
                                 "2021-02-19T1:00:00Z",
                                 "2021-02-19T-1:00:00Z",
                                 "2021-02-19T10:00:00+-1:00",
                                 "２021-02-19T10:00:00Z",
                                 "2021/02/19T10:00:00Z",
                                 "20210219T100000Z",
                                 "0001-01-01T00:00:00+00:01",
                                 "9999-12-31T23:59:59-00:01"};  // outside the years in UTC
  for (const char* text : refused) {
    INFO(text);
    CHECK(read_again(text) == "refused");
  }
  CHECK(read_again(std::string_view("2021-02-19T10:00:00Z\0", 21)) == "refused");
}

TEST_CASE("the first and the last moment are read") {
  CHECK(read_again("0001-01-01T00:00:00Z") == "0001-01-01T00:00:00Z");
  CHECK(read_again("9999-12-31T23:59:59Z") == "9999-12-31T23:59:59Z");
}

TEST_CASE("every truncation of a moment is refused") {
  const std::string text = "2021-02-19T10:00:00.5+01:00";
  for (std::size_t size = 0; size < text.size(); ++size) {
    INFO(text.substr(0, size));
    CHECK_FALSE(parse_instant(text.substr(0, size)).has_value());
  }
}

TEST_CASE("dates are those of a calendar that counts day by day") {
  CountedDay counted{1896, 1, 1};
  Date date = *parse_date("1896-01-01");
  for (; counted.year < 2105; counted = day_after(counted), date += days(1)) {
    if (format_date(date) != text_of(counted) || parse_date(text_of(counted)) != date) {
      FAIL("counted " << text_of(counted) << ", got " << format_date(date));
    }
  }
  CHECK(date == *parse_date("2105-01-01"));
}

TEST_CASE("what is no date is refused") {
  const char* const refused[] = {
      "",           "2021-02-29", "1900-02-29",  "2021-06-31",  "2021-1-01",
      "2021-01-1",  "21-01-01",   "2021-01-01Z", "2021-01-01 ", "0000-12-31",
      "2021-00-10", "2021-13-10", "2021-01-00",  "-001-01-01",  "20210101"};
  for (const char* text : refused) {
    INFO(text);
    CHECK_FALSE(parse_date(text).has_value());
  }
  CHECK(parse_date("2024-02-29").has_value());
  CHECK(format_date(*parse_date("0001-01-01")) == "0001-01-01");
  CHECK(format_date(*parse_date("9999-12-31")) == "9999-12-31");
}

TEST_CASE("months end where the month ends") {
  CHECK(after_months("2021-01-31", 1) == "2021-02-28");
  CHECK(after_months("2020-01-31", 1) == "2020-02-29");
  CHECK(after_months("2021-03-31", -1) == "2021-02-28");
  CHECK(after_months("2020-02-29", 12) == "2021-02-28");
  CHECK(after_months("2020-02-29", 48) == "2024-02-29");
  CHECK(after_months("2021-12-31", 2) == "2022-02-28");
  CHECK(after_months("2021-05-15", 0) == "2021-05-15");
  CHECK(after_months("9998-06-30", 18) == "9999-12-30");
  CHECK(after_months("9998-07-01", 18) == "9999-12-31");  // and none later
  CHECK(after_months("9999-12-31", 600) == "9999-12-31");
}

TEST_CASE("months are those of counting them one by one") {
  CountedDay counted{2019, 12, 1};
  for (Date date = *parse_date("2019-12-01"); counted.year < 2021;
       counted = day_after(counted), date += days(1)) {
    for (int months = -26; months <= 26; ++months) {
      const std::string expected = text_of(months_after(counted, months));
      if (format_date(add_months(date, months)) != expected) {
        FAIL(text_of(counted) << " and " << months << " months: expected " << expected);
      }
    }
  }
}

TEST_CASE("the day of a moment, and the last second of a day") {
  const Date day = *parse_date("1969-12-31");
  CHECK(date_of(*parse_instant("1969-12-31T00:00:00Z")) == day);
  CHECK(date_of(*parse_instant("1969-12-31T23:59:59Z")) == day);
  CHECK(date_of(*parse_instant("1970-01-01T00:00:00Z")) == day + days(1));
  CHECK(format_instant(end_of(day)) == "1969-12-31T23:59:59Z");
  CHECK(date_of(end_of(day)) == day);
}

}  // namespace octroi
