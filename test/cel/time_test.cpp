// SPDX-License-Identifier: Apache-2.0
#include "cel/time.hpp"

#include <limits>

#include "catch.hpp"
#include "cel/sample.hpp"

using namespace octroi::cel;
using sample::value_of;

namespace {

std::string duration_read(std::string_view text) {
  const auto duration = parse_duration(text);
  return duration ? format_duration(*duration) : "none";
}

std::string timestamp_read(std::string_view text) {
  const auto timestamp = parse_timestamp(text);
  return timestamp ? format_timestamp(*timestamp) : "none";
}

}  // namespace

TEST_CASE("lengths of time are read and written") {
  struct Row {
    const char* text;
    const char* written;
  };
  const Row rows[] = {
      {"0", "0s"},
      {"1h30m", "5400s"},
      {"1.5h", "5400s"},
      {"-1.5s", "-1.5s"},
      {"+2s", "2s"},
      {"100ms", "0.1s"},
      {"1us", "0.000001s"},
      {"-1ns", "-0.000000001s"},
      {"1m1ms", "60.001s"},
      {".5s", "0.5s"},
      {"5.s", "5s"},
      {"9223372036.854775807s", "9223372036.854775807s"},
      {"-9223372036.854775808s", "-9223372036.854775808s"},
      {"9223372036.854775808s", "none"},
      {"99999999999999999999s", "none"},
      {"1", "none"},
      {"s", "none"},
      {".s", "none"},
      {"1d", "none"},
      {"1s ", "none"},
      {"--1s", "none"},
      {"", "none"},
      {"-", "none"},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(duration_read(row.text) == row.written);
  }
}

TEST_CASE("moments are read and written") {
  CHECK(timestamp_read("2021-02-19T08:30:15Z") == "2021-02-19T08:30:15Z");
  CHECK(timestamp_read("2021-02-19T08:30:15.120Z") == "2021-02-19T08:30:15.12Z");
  CHECK(timestamp_read("1969-12-31T23:59:59.999999999Z") == "1969-12-31T23:59:59.999999999Z");
  CHECK(timestamp_read("2021-02-19T08:30:15.5+02:00") == "2021-02-19T06:30:15.5Z");
  CHECK(timestamp_read("0001-01-01T00:00:00Z") == "0001-01-01T00:00:00Z");
  CHECK(timestamp_read("0001-01-01T00:00:00+00:01") == "none");
  CHECK(timestamp_read("9999-12-31T23:59:59-00:01") == "none");
  CHECK(timestamp_read("2021-02-30T00:00:00Z") == "none");
  CHECK(timestamp_read("2021-02-19") == "none");
}

TEST_CASE("times are added within their ranges") {
  const Timestamp last{253402300799, 999999999};
  CHECK_FALSE(later(last, Duration(1)));
  CHECK(later(last, Duration(-1)) == Timestamp{253402300799, 999999998});
  CHECK(later({0, 0}, Duration(-1)) == Timestamp{-1, 999999999});
  CHECK(later({5, 999999999}, Duration(2)) == Timestamp{6, 1});
  CHECK(between({0, 5}, {1, 0}) == Duration(999999995));
  CHECK_FALSE(between({-62135596800, 0}, last));
  CHECK_FALSE(sum(Duration::max(), Duration(1)));
  CHECK_FALSE(difference(Duration::min(), Duration(1)));
  CHECK(value_of("when - duration('-9223372036.854775808s') > when").starts_with("error: range"));
}

TEST_CASE("the parts of a moment, in any zone") {
  struct Row {
    const char* source;
    const char* value;
  };
  const Row rows[] = {
      {"when.getFullYear()", "2021"},
      {"when.getMonth()", "1"},
      {"when.getDate()", "19"},
      {"when.getDayOfMonth()", "18"},
      {"when.getDayOfYear()", "49"},
      {"when.getDayOfWeek()", "5"},
      {"timestamp('2021-02-21T00:00:00Z').getDayOfWeek()", "0"},
      {"when.getHours()", "8"},
      {"when.getHours('Europe/Paris')", "9"},
      {"when.getHours('-09:30')", "23"},
      {"when.getDate('-09:30')", "18"},
      {"when.getMinutes('+05:45')", "15"},
      {"when.getSeconds()", "15"},
      {"when.getMilliseconds()", "250"},
      {"duration('-3661s').getMinutes()", "-61"},
      {"duration('1.5s').getMilliseconds()", "500"},
      {"when.getHours('Europe/Nowhere')",
       "error: expected a time zone as in Europe/Paris or +01:00, got \"Europe/Nowhere\""},
      {"when.getHours('/etc/localtime')",
       "error: expected a time zone as in Europe/Paris or +01:00, got \"/etc/localtime\""},
      {"when.getHours('file:UTC')",
       "error: expected a time zone as in Europe/Paris or +01:00, got \"file:UTC\""},
      {"when.getHours('localtime')",
       "error: expected a time zone as in Europe/Paris or +01:00, got \"localtime\""},
      {"when.getHours('../zoneinfo/UTC')",
       "error: expected a time zone as in Europe/Paris or +01:00, got \"../zoneinfo/UTC\""},
      {"when.getHours('+24:00')",
       "error: expected a time zone as in Europe/Paris or +01:00, got \"+24:00\""},
      {"timestamp(9999999999999)", "error: range error: expected a time in the range of its type"},
  };
  for (const Row& row : rows) {
    INFO(row.source);
    CHECK(value_of(row.source) == row.value);
  }
}
