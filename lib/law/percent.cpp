// SPDX-License-Identifier: Apache-2.0
#include "law/percent.hpp"

namespace octroi::law {

std::optional<Percent> Percent::parse(std::string_view text) {
  constexpr std::size_t k_decimals = 6;
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view decimals =
      point == std::string_view::npos ? std::string_view("0") : text.substr(point + 1);
  if (whole.empty() || whole.size() > 3 || decimals.empty() || decimals.size() > k_decimals) {
    return std::nullopt;
  }
  std::string digits(whole);
  digits += decimals;
  digits.append(k_decimals - decimals.size(), '0');
  std::int64_t units = 0;
  for (const char digit : digits) {
    if (digit < '0' || digit > '9') return std::nullopt;
    units = units * 10 + (digit - '0');
  }
  const Percent result(units);
  if (result > of(100)) return std::nullopt;
  return result;
}

std::string Percent::text() const {
  std::string result = std::to_string(units_ / k_units);
  const std::int64_t rest = units_ % k_units;
  if (rest == 0) return result;
  std::string decimals = std::to_string(k_units + rest).substr(1);  // keeps the leading zeros
  decimals.erase(decimals.find_last_not_of('0') + 1);
  return result + "." + decimals;
}

}  // namespace octroi::law
