// SPDX-License-Identifier: Apache-2.0
#include "cel/time.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include <fmt/format.h>

#include "base/time.hpp"
#include "cel/characters.hpp"

namespace octroi::cel {
namespace {

constexpr std::int64_t k_nanoseconds = 1'000'000'000;  ///< in a second
constexpr std::int64_t k_first_second = -62135596800;  ///< 0001-01-01T00:00:00Z
constexpr std::int64_t k_last_second = 253402300799;   ///< 9999-12-31T23:59:59Z

/// ".5" for 500 000 000 nanoseconds, "" for none.
std::string fraction_text(std::int64_t nanoseconds) {
  if (nanoseconds == 0) return {};
  std::string result = fmt::format(".{:09}", nanoseconds);
  result.resize(result.find_last_not_of('0') + 1);
  return result;
}

/// The nanoseconds that the digits after a point stand for; those after the ninth are cut off.
std::int64_t fraction_of(std::string_view digits) {
  std::int64_t result = 0;
  for (std::size_t i = 0; i < 9; ++i) {
    result = result * 10 + (i < digits.size() ? digits[i] - '0' : 0);
  }
  return result;
}

struct Unit {
  std::string_view name;
  std::int64_t nanoseconds;
};

/// Longer names first where one starts another.
constexpr std::array k_units = {Unit{"ms", 1'000'000},
                                Unit{"us", 1'000},
                                Unit{"\u00B5s", 1'000},  // the micro sign
                                Unit{"\u03BCs", 1'000},  // the Greek letter
                                Unit{"ns", 1},
                                Unit{"h", 3600 * k_nanoseconds},
                                Unit{"m", 60 * k_nanoseconds},
                                Unit{"s", k_nanoseconds}};

std::string_view take_digits(std::string_view& text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
  const std::string_view result = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  text.remove_prefix(result.size());
  return result;
}

/// Takes away `number * unit`, so that the smallest duration, whose opposite does not exist, can be
/// read too.
bool take_whole(std::int64_t& total, std::string_view digits, std::int64_t unit) {
  std::int64_t number = 0;
  for (const char digit : digits) {
    if (__builtin_mul_overflow(number, 10, &number)) return false;
    if (__builtin_add_overflow(number, digit - '0', &number)) return false;
  }
  return !__builtin_mul_overflow(number, unit, &number) &&
         !__builtin_sub_overflow(total, number, &total);
}

/// The nanoseconds of a fraction of a unit, cut off to whole ones.
std::int64_t part_of(std::string_view digits, std::int64_t unit) {
  std::int64_t result = 0;
  for (const char digit : digits.substr(0, 15)) {
    result += unit / 10 * (digit - '0') + unit % 10 * (digit - '0') / 10;
    unit /= 10;
  }
  return result;
}

/// Takes one number with its unit off the text and away from the total.
bool take_part(std::string_view& text, std::int64_t& total) {
  const std::string_view whole = take_digits(text);
  std::string_view fraction;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    fraction = take_digits(text);
  }
  if (whole.empty() && fraction.empty()) return false;
  for (const Unit& unit : k_units) {
    if (!text.starts_with(unit.name)) continue;
    text.remove_prefix(unit.name.size());
    return take_whole(total, whole, unit.nanoseconds) &&
           !__builtin_sub_overflow(total, part_of(fraction, unit.nanoseconds), &total);
  }
  return false;
}

}  // namespace

bool is_in_range(Timestamp timestamp) {
  return timestamp.seconds >= k_first_second && timestamp.seconds <= k_last_second;
}

std::optional<Timestamp> parse_timestamp(std::string_view text) {
  const std::optional<Instant> instant = parse_instant(text);
  if (!instant) return std::nullopt;
  Timestamp result{instant->time_since_epoch().count(), 0};
  if (const std::size_t point = text.find('.'); point != std::string_view::npos) {
    std::string_view rest = text.substr(point + 1);
    result.nanoseconds = static_cast<std::int32_t>(fraction_of(take_digits(rest)));
  }
  return is_in_range(result) ? std::optional(result) : std::nullopt;
}

std::string format_timestamp(Timestamp timestamp) {
  std::string result = format_instant(Instant(std::chrono::seconds(timestamp.seconds)));
  result.insert(result.size() - 1, fraction_text(timestamp.nanoseconds));
  return result;
}

std::optional<Duration> parse_duration(std::string_view text) {
  const bool is_negative = text.starts_with('-');
  if (is_negative || text.starts_with('+')) text.remove_prefix(1);
  if (text == "0") return Duration(0);
  if (text.empty()) return std::nullopt;
  std::int64_t total = 0;
  while (!text.empty()) {
    if (!take_part(text, total)) return std::nullopt;
  }
  if (!is_negative && __builtin_sub_overflow(0, total, &total)) return std::nullopt;
  return Duration(total);
}

std::string format_duration(Duration duration) {
  const std::int64_t total = duration.count();
  const std::int64_t seconds = total / k_nanoseconds;
  const std::int64_t rest = total % k_nanoseconds;
  const std::string_view sign = total < 0 ? "-" : "";
  return fmt::format("{}{}{}s", sign, seconds < 0 ? -seconds : seconds,
                     fraction_text(rest < 0 ? -rest : rest));
}

std::optional<Timestamp> later(Timestamp timestamp, Duration duration) {
  std::int64_t seconds = timestamp.seconds + duration.count() / k_nanoseconds;
  std::int64_t nanoseconds = timestamp.nanoseconds + duration.count() % k_nanoseconds;
  if (nanoseconds < 0) {
    nanoseconds += k_nanoseconds;
    --seconds;
  } else if (nanoseconds >= k_nanoseconds) {
    nanoseconds -= k_nanoseconds;
    ++seconds;
  }
  const Timestamp result{seconds, static_cast<std::int32_t>(nanoseconds)};
  return is_in_range(result) ? std::optional(result) : std::nullopt;
}

std::optional<Duration> between(Timestamp from, Timestamp to) {
  std::int64_t result = 0;
  if (__builtin_mul_overflow(to.seconds - from.seconds, k_nanoseconds, &result) ||
      __builtin_add_overflow(result, to.nanoseconds - from.nanoseconds, &result)) {
    return std::nullopt;
  }
  return Duration(result);
}

std::optional<Duration> sum(Duration left, Duration right) {
  std::int64_t result = 0;
  if (__builtin_add_overflow(left.count(), right.count(), &result)) return std::nullopt;
  return Duration(result);
}

std::optional<Duration> difference(Duration left, Duration right) {
  std::int64_t result = 0;
  if (__builtin_sub_overflow(left.count(), right.count(), &result)) return std::nullopt;
  return Duration(result);
}

}  // namespace octroi::cel
