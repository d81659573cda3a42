// SPDX-License-Identifier: Apache-2.0
#include "base/time.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace octroi {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Instant k_first = Date(std::chrono::year(1) / 1 / 1);
constexpr Instant k_last = Date(std::chrono::year(9999) / 12 / 31) + days(1) - seconds(1);

/// Writes a number below 100 over two characters: fmt takes ten times as long, and what is checked
/// in batches writes many.
void write_two(std::string& text, std::size_t at, unsigned value) {
  text[at] = static_cast<char>('0' + value / 10);
  text[at + 1] = static_cast<char>('0' + value % 10);
}

/// Takes texts apart from the left; once something does not fit, nothing fits any more.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  /// A number of exactly `width` digits.
  int number(std::size_t width) {
    if (rest_.size() < width) return fail();
    int value = 0;
    for (const char c : rest_.substr(0, width)) {
      if (c < '0' || c > '9') return fail();
      value = 10 * value + (c - '0');
    }
    rest_.remove_prefix(width);
    return value;
  }
  void expect(char c) {
    if (!skip(c)) fail();
  }
  bool skip(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void digits() {
    const std::size_t end = std::min(rest_.find_first_not_of("0123456789"), rest_.size());
    if (end == 0) fail();
    rest_.remove_prefix(end);
  }
  int fail() {
    is_good_ = false;
    rest_ = {};
    return 0;
  }
  [[nodiscard]] bool is_done() const { return is_good_ && rest_.empty(); }
  [[nodiscard]] bool is_good() const { return is_good_; }

 private:
  std::string_view rest_;
  bool is_good_ = true;
};

Date scan_date(Scanner& scanner) {
  const int year = scanner.number(4);
  scanner.expect('-');
  const int month = scanner.number(2);
  scanner.expect('-');
  const int day = scanner.number(2);
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (year < 1 || !date.ok()) scanner.fail();
  return scanner.is_good() ? Date(date) : Date{};
}

seconds scan_clock(Scanner& scanner) {
  const int hour = scanner.number(2);
  scanner.expect(':');
  const int minute = scanner.number(2);
  scanner.expect(':');
  const int second = scanner.number(2);
  if (hour > 23 || minute > 59 || second > 59) scanner.fail();
  return hours(hour) + minutes(minute) + seconds(second);
}

seconds scan_offset(Scanner& scanner) {
  if (scanner.skip('Z')) return seconds(0);
  const int sign = scanner.skip('-') ? -1 : 1;
  if (sign == 1) scanner.expect('+');
  const int hour = scanner.number(2);
  scanner.expect(':');
  const int minute = scanner.number(2);
  if (hour > 23 || minute > 59) scanner.fail();
  return sign * (hours(hour) + minutes(minute));
}

}  // namespace

std::optional<Instant> parse_instant(std::string_view text) {
  Scanner scanner(text);
  const Date date = scan_date(scanner);
  scanner.expect('T');
  const seconds clock = scan_clock(scanner);
  if (scanner.skip('.')) scanner.digits();
  const seconds offset = scan_offset(scanner);
  if (!scanner.is_done()) return std::nullopt;
  const Instant instant = Instant(date) + clock - offset;
  // An offset at either end of the calendar leads to a year that could not be written again.
  if (instant < k_first || instant > k_last) return std::nullopt;
  return instant;
}

std::string format_instant(Instant instant) {
  const Date date = date_of(instant);
  const std::chrono::hh_mm_ss clock(instant - date);
  std::string text = "T00:00:00Z";
  write_two(text, 1, static_cast<unsigned>(clock.hours().count()));
  write_two(text, 4, static_cast<unsigned>(clock.minutes().count()));
  write_two(text, 7, static_cast<unsigned>(clock.seconds().count()));
  return format_date(date) + text;
}

std::optional<Date> parse_date(std::string_view text) {
  Scanner scanner(text);
  const Date date = scan_date(scanner);
  if (!scanner.is_done()) return std::nullopt;
  return date;
}

std::string format_date(Date date) {
  const std::chrono::year_month_day parts(date);
  const int year = static_cast<int>(parts.year());
  const auto month = static_cast<unsigned>(parts.month());
  const auto day = static_cast<unsigned>(parts.day());
  if (year < 0 || year > 9999) return fmt::format("{}-{:02}-{:02}", year, month, day);
  std::string text = "0000-00-00";
  write_two(text, 0, static_cast<unsigned>(year) / 100);
  write_two(text, 2, static_cast<unsigned>(year) % 100);
  write_two(text, 5, month);
  write_two(text, 8, day);
  return text;
}

Date date_of(Instant instant) {
  return std::chrono::floor<days>(instant);
}

Instant end_of(Date date) {
  return Instant(date) + days(1) - seconds(1);
}

Date add_months(Date date, int months) {
  const std::chrono::year_month_day parts(date);
  const auto month =
      std::chrono::year_month(parts.year(), parts.month()) + std::chrono::months(months);
  const std::chrono::year_month_day same_day = month / parts.day();
  const Date later = same_day.ok() ? Date(same_day) : Date(month / std::chrono::last);
  return std::min(later, k_last_day);
}

}  // namespace octroi
