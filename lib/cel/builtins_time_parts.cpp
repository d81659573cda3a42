// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>

#include <absl/time/civil_time.h>
#include <absl/time/time.h>
#include <fmt/format.h>

#include "base/safe_text.hpp"
#include "cel/builtins.hpp"
#include "cel/characters.hpp"

namespace octroi::cel::builtins {
namespace {

/// The zone of "+11:00" or "-02:30"; nothing for another form.
std::optional<absl::TimeZone> fixed_zone(std::string_view name) {
  const int sign = name.starts_with('-') ? -1 : 1;
  if (name.starts_with('-') || name.starts_with('+')) name.remove_prefix(1);
  const bool is_fixed = name.size() == 5 && is_digit(name[0]) && is_digit(name[1]) &&
                        name[2] == ':' && is_digit(name[3]) && is_digit(name[4]);
  if (!is_fixed) return std::nullopt;
  const int hours = (name[0] - '0') * 10 + (name[1] - '0');
  const int minutes = (name[3] - '0') * 10 + (name[4] - '0');
  if (hours > 23 || minutes > 59) return std::nullopt;
  return absl::FixedTimeZone(sign * (hours * 60 + minutes) * 60);
}

/// True for names of the time zone database alone. Abseil would also open any file that a name
/// leads to, and it keeps every name that it was ever asked for: so it is asked only for those that
/// are there. "localtime" depends on the machine.
bool is_zone_name(std::string_view name) {
  const bool is_plain = std::all_of(name.begin(), name.end(), [](char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           c == '+' || c == '-' || c == '/';
  });
  if (!is_plain || name.empty() || name.starts_with('/') || name == "localtime") return false;
  if (name == "UTC") return true;
  const char* folder = std::getenv("TZDIR");  // as Abseil does
  std::error_code ignored;                    // what cannot be looked at is no zone
  return std::filesystem::is_regular_file(
      std::filesystem::path(folder == nullptr ? "/usr/share/zoneinfo" : folder) / name, ignored);
}

std::optional<absl::TimeZone> find_zone(const std::string& name) {
  if (auto fixed = fixed_zone(name)) return fixed;
  absl::TimeZone zone;
  if (!is_zone_name(name) || !absl::LoadTimeZone(name, &zone)) return std::nullopt;
  return zone;
}

using Part = std::int64_t (*)(const absl::TimeZone::CivilInfo& time);

/// A part of a moment, in UTC or in the zone that the second argument names.
Evaluated part_of(std::string_view name, Arguments arguments, Part part) {
  if (arguments[0].kind() != TypeKind::timestamp ||
      (arguments.size() == 2 && arguments[1].kind() != TypeKind::string)) {
    return no_such_overload(name, arguments);
  }
  std::optional<absl::TimeZone> zone = absl::UTCTimeZone();
  if (arguments.size() == 2) zone = find_zone(arguments[1].as_string());
  if (!zone) {
    return failure(fmt::format("expected a time zone as in Europe/Paris or +01:00, got {}",
                               in_quotes(arguments[1].as_string())));
  }
  const Timestamp timestamp = arguments[0].as_timestamp();
  const absl::Time time =
      absl::FromUnixSeconds(timestamp.seconds) + absl::Nanoseconds(timestamp.nanoseconds);
  return Value(part(zone->At(time)));
}

/// A part of a length of time: whole units of so many nanoseconds, modulo `modulus` unless 0.
Evaluated units_of(const Value& value, std::int64_t nanoseconds, std::int64_t modulus) {
  const std::int64_t units = value.as_duration().count() / nanoseconds;
  return Value(modulus == 0 ? units : units % modulus);
}

bool is_duration(Arguments arguments) {
  return arguments.size() == 1 && arguments[0].kind() == TypeKind::duration;
}

Evaluated get_full_year(Arguments arguments, Context&) {
  return part_of("getFullYear", arguments,
                 [](const auto& time) { return std::int64_t{time.cs.year()}; });
}

Evaluated get_month(Arguments arguments, Context&) {
  return part_of("getMonth", arguments,
                 [](const auto& time) { return std::int64_t{time.cs.month() - 1}; });
}

Evaluated get_date(Arguments arguments, Context&) {
  return part_of("getDate", arguments,
                 [](const auto& time) { return std::int64_t{time.cs.day()}; });
}

Evaluated get_day_of_month(Arguments arguments, Context&) {
  return part_of("getDayOfMonth", arguments,
                 [](const auto& time) { return std::int64_t{time.cs.day() - 1}; });
}

Evaluated get_day_of_year(Arguments arguments, Context&) {
  return part_of("getDayOfYear", arguments, [](const auto& time) {
    return std::int64_t{absl::GetYearDay(absl::CivilDay(time.cs)) - 1};
  });
}

Evaluated get_day_of_week(Arguments arguments, Context&) {
  return part_of("getDayOfWeek", arguments, [](const auto& time) {
    const auto from_monday = static_cast<int>(absl::GetWeekday(absl::CivilDay(time.cs)));
    return std::int64_t{(from_monday + 1) % 7};
  });
}

Evaluated get_hours(Arguments arguments, Context&) {
  if (is_duration(arguments)) return units_of(arguments[0], 3'600'000'000'000, 0);
  return part_of("getHours", arguments,
                 [](const auto& time) { return std::int64_t{time.cs.hour()}; });
}

Evaluated get_minutes(Arguments arguments, Context&) {
  if (is_duration(arguments)) return units_of(arguments[0], 60'000'000'000, 0);
  return part_of("getMinutes", arguments,
                 [](const auto& time) { return std::int64_t{time.cs.minute()}; });
}

Evaluated get_seconds(Arguments arguments, Context&) {
  if (is_duration(arguments)) return units_of(arguments[0], 1'000'000'000, 0);
  return part_of("getSeconds", arguments,
                 [](const auto& time) { return std::int64_t{time.cs.second()}; });
}

Evaluated get_milliseconds(Arguments arguments, Context&) {
  if (is_duration(arguments)) return units_of(arguments[0], 1'000'000, 1'000);
  return part_of("getMilliseconds", arguments,
                 [](const auto& time) { return absl::ToInt64Milliseconds(time.subsecond); });
}

void add_part(Functions& functions, const std::string& name, Implementation call) {
  functions.push_back(member(name, call, {"timestamp -> int"}));
  functions.push_back(member(name, call, {"timestamp, string -> int"}));
}

void add_part_of_both(Functions& functions, const std::string& name, Implementation call) {
  functions.push_back(member(name, call, {"timestamp -> int", "duration -> int"}));
  functions.push_back(member(name, call, {"timestamp, string -> int"}));
}

}  // namespace

void add_time_parts(Functions& functions) {
  add_part(functions, "getFullYear", get_full_year);
  add_part(functions, "getMonth", get_month);
  add_part(functions, "getDate", get_date);
  add_part(functions, "getDayOfMonth", get_day_of_month);
  add_part(functions, "getDayOfYear", get_day_of_year);
  add_part(functions, "getDayOfWeek", get_day_of_week);
  add_part_of_both(functions, "getHours", get_hours);
  add_part_of_both(functions, "getMinutes", get_minutes);
  add_part_of_both(functions, "getSeconds", get_seconds);
  add_part_of_both(functions, "getMilliseconds", get_milliseconds);
}

}  // namespace octroi::cel::builtins
