// SPDX-License-Identifier: Apache-2.0
#include "law/deadlines.hpp"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "catch.hpp"
#include "support/day.hpp"

using octroi::Date;
using octroi::format_date;
using octroi::parse_date;
using namespace octroi::law;

using octroi::test::day;

namespace {

std::string due(Deadline deadline, std::string_view start, Extension extension = Extension::no,
                const Holidays& holidays = {}) {
  return format_date(last_day_of(deadline, day(start), extension, holidays));
}

std::string due_with(Deadline deadline, std::string_view start, std::vector<Pause> pauses) {
  const auto last = last_day_of(deadline, day(start), Extension::no, {}, std::move(pauses));
  return last ? format_date(*last) : "none";
}

/// The day of that date in a later month, found by trying days that exist: another way than the
/// calendar arithmetic of the program.
Date same_date_later(Date start, int months) {
  const std::string text = format_date(start);
  const int month = std::stoi(text.substr(5, 2)) - 1 + months;
  const int year = std::stoi(text.substr(0, 4)) + month / 12;
  for (int date = std::stoi(text.substr(8, 2));; --date) {
    const auto found = parse_date(fmt::format("{:04}-{:02}-{:02}", year, month % 12 + 1, date));
    if (found) return *found;
  }
}

Date next_working_day(Date from) {
  while (std::chrono::weekday(from) == std::chrono::Saturday ||
         std::chrono::weekday(from) == std::chrono::Sunday) {
    from += std::chrono::days(1);
  }
  return from;
}

}  // namespace

TEST_CASE("periods in months end on the same date, on every day of five years") {
  const std::pair<Deadline, int> months[] = {{Deadline::ehds_permit, 3},
                                             {Deadline::ehds_data, 2},
                                             {Deadline::ehds_results, 18},
                                             {Deadline::ehds_deletion, 6},
                                             {Deadline::secnumcloud_change, 1}};
  for (Date start = day("2027-01-01"); start <= day("2031-12-31"); start += std::chrono::days(1)) {
    for (const auto& [deadline, count] : months) {
      INFO(format_date(start) << " " << name_of(deadline));
      CHECK(last_day_of(deadline, start) == next_working_day(same_date_later(start, count)));
    }
  }
}

TEST_CASE("months end where the month does") {
  CHECK(due(Deadline::secnumcloud_change, "2029-01-31") == "2029-02-28");
  CHECK(due(Deadline::secnumcloud_change, "2028-01-31") == "2028-02-29");
  CHECK(due(Deadline::ehds_permit, "2029-11-30") == "2030-02-28");
  CHECK(due(Deadline::cnil_authorisation, "2020-12-31") == "2021-03-01");  // 28 February: Sunday
}

TEST_CASE("no deadline lies after the last day that can be written") {
  const octroi::Date last = day("9999-12-31");
  for (int at = 0; at <= static_cast<int>(Deadline::secnumcloud_change); ++at) {
    const auto deadline = static_cast<Deadline>(at);
    INFO(name_of(deadline));
    for (const char* start : {"9999-12-31", "9999-12-30", "9999-06-01"}) {
      CHECK(last_day_of(deadline, day(start)) <= last);
      CHECK(last_day_of(deadline, day(start), Extension::yes) <= last);
    }
  }
}

/// Every deadline in months from each day on which a month of a leap year and of a common one ends
/// or nearly ends, by a table of month lengths instead of the calendar.
TEST_CASE("months end at every month end of leap and common years") {
  const auto length = [](int year, int month) {
    const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && is_leap ? 29 : days[month - 1];
  };
  for (const int year : {2000, 2027, 2028, 2029, 2100}) {
    for (int month = 1; month <= 12; ++month) {
      for (int date = 27; date <= length(year, month); ++date) {
        for (int count = 1; count <= 24; ++count) {
          const int at = month - 1 + count;
          const int end_year = year + at / 12;
          const int end_month = at % 12 + 1;
          const std::string start = fmt::format("{:04}-{:02}-{:02}", year, month, date);
          const std::string end = fmt::format("{:04}-{:02}-{:02}", end_year, end_month,
                                              std::min(date, length(end_year, end_month)));
          INFO(start << " and " << count << " months");
          CHECK(format_date(octroi::add_months(day(start), count)) == end);
          const std::pair<Deadline, int> months[] = {{Deadline::secnumcloud_change, 1},
                                                     {Deadline::cnil_authorisation, 2},
                                                     {Deadline::ehds_permit, 3},
                                                     {Deadline::ehds_deletion, 6},
                                                     {Deadline::ehds_results, 18}};
          for (const auto& [deadline, of_deadline] : months) {
            if (of_deadline == count) {
              CHECK(last_day_of(deadline, day(start)) == next_working_day(day(end)));
            }
          }
        }
      }
    }
  }
}

TEST_CASE("working days agree with counting them one by one, from every day of two years") {
  const Holidays holidays = {day("2028-01-01"), day("2028-04-17"), day("2028-05-01"),
                             day("2028-05-08"), day("2028-05-25"), day("2028-12-25"),
                             day("2029-01-01"), day("2029-04-02"), day("2029-05-01")};
  for (Date start = day("2028-01-01"); start <= day("2029-12-31"); start += std::chrono::days(1)) {
    Date naive = start;
    for (int left = 30; left > 0;) {
      naive += std::chrono::days(1);
      const auto weekday = std::chrono::weekday(naive).iso_encoding();
      if (weekday <= 5 && holidays.find(naive) == holidays.end()) --left;
    }
    INFO(format_date(start));
    CHECK(last_day_of(Deadline::ehds_publication, start, Extension::no, holidays) == naive);
  }
}

TEST_CASE("an extension lengthens the period from its start, and only where there is one") {
  CHECK(due(Deadline::ehds_permit, "2029-04-02") == "2029-07-02");
  CHECK(due(Deadline::ehds_permit, "2029-04-02", Extension::yes) == "2029-10-02");
  CHECK(due(Deadline::ehds_permit, "2029-11-30", Extension::yes) == "2030-05-30");
  CHECK(due(Deadline::ehds_permit_public, "2029-04-02", Extension::yes) == "2029-07-02");
  CHECK(due(Deadline::ehds_permit_trusted, "2029-04-02", Extension::yes) == "2029-08-02");
  CHECK(due(Deadline::cnil_authorisation, "2026-01-05", Extension::yes) == "2026-05-05");
  CHECK(due(Deadline::ehds_data, "2029-04-02", Extension::yes) ==
        due(Deadline::ehds_data, "2029-04-02"));
  CHECK_FALSE(can_be_extended(Deadline::ehds_data));
  CHECK(can_be_extended(Deadline::ehds_permit));
}

TEST_CASE("weeks end on the same day of the week") {
  CHECK(due(Deadline::ehds_completion, "2029-04-04") == "2029-05-02");
  CHECK(due(Deadline::ehds_completion, "2029-04-07") == "2029-05-07");  // a Saturday moves on
}

TEST_CASE("working days pass over Saturdays, Sundays and holidays") {
  CHECK(due(Deadline::snds_completeness, "2026-11-20") == "2026-12-01");  // a Friday
  CHECK(due(Deadline::ehds_publication, "2029-06-01") == "2029-07-13");
  const Holidays holidays = {day("2026-12-25"), day("2027-01-01")};
  CHECK(due(Deadline::snds_completeness, "2026-12-21", Extension::no, holidays) == "2026-12-31");
  CHECK(due(Deadline::snds_completeness, "2026-12-22", Extension::no, holidays) == "2027-01-04");
  CHECK(due(Deadline::ehds_data, "2026-11-01", Extension::no, holidays) == "2027-01-04");
}

TEST_CASE("a clock that stands still adds its days") {
  const auto pause = [](std::string_view from, std::string_view through) {
    return Pause{day(from), day(through)};
  };
  const Deadline permit = Deadline::ehds_permit;
  CHECK(due_with(permit, "2029-04-02", {}) == "2029-07-02");
  CHECK(due_with(permit, "2029-04-02", {pause("2029-05-01", "2029-05-10")}) == "2029-07-12");
  CHECK(due_with(permit, "2029-04-02",
                 {pause("2029-05-05", "2029-05-10"), pause("2029-05-01", "2029-05-07")}) ==
        "2029-07-12");
  CHECK(due_with(permit, "2029-04-02", {pause("2029-08-01", "2029-08-31")}) == "2029-07-02");
  // The first pause moves the end into the second one.
  CHECK(due_with(permit, "2029-04-02",
                 {pause("2029-05-01", "2029-05-10"), pause("2029-07-10", "2029-07-11")}) ==
        "2029-07-16");
  CHECK(due_with(permit, "2029-04-02", {pause("2029-03-01", "2029-04-04")}) == "2029-07-04");
  CHECK(due_with(permit, "2029-04-02", {Pause{day("2029-05-01"), std::nullopt}}) == "none");
  CHECK(due_with(permit, "2029-04-02", {Pause{day("2029-08-01"), std::nullopt}}) == "2029-07-02");
  CHECK(due_with(Deadline::snds_completeness, "2026-11-20", {pause("2026-11-23", "2026-11-24")}) ==
        "2026-12-03");
  CHECK(due_with(Deadline::snds_completeness, "2026-11-20",
                 {Pause{day("2026-11-24"), std::nullopt}}) == "none");
}

TEST_CASE("a pause never brings a deadline forward") {
  const Date start = day("2029-01-15");
  for (int from = -10; from < 120; from += 3) {
    for (int length = 0; length < 40; length += 7) {
      const Pause pause{start + std::chrono::days(from), start + std::chrono::days(from + length)};
      for (const Deadline deadline : {Deadline::ehds_permit, Deadline::ehds_publication}) {
        const auto last = last_day_of(deadline, start, Extension::no, {}, {pause});
        REQUIRE(last.has_value());
        CHECK(*last >= last_day_of(deadline, start));
      }
    }
  }
}

TEST_CASE("every deadline has a name and a source of its own") {
  std::set<std::string_view> names;
  for (int at = 0; at <= static_cast<int>(Deadline::secnumcloud_change); ++at) {
    const auto deadline = static_cast<Deadline>(at);
    CHECK(names.insert(name_of(deadline)).second);
    CHECK_FALSE(source_of(deadline).empty());
  }
}
