// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace octroi::law {

/// A share of capital or votes, exact: a whole number of millionths of a percent. Ceilings are
/// compared with it, so no floating point ever comes near it.
class Percent {
 public:
  constexpr Percent() = default;

  /// Whole percents, for constants: `Percent::of(24)`.
  [[nodiscard]] static constexpr Percent of(std::int64_t percents) {
    return Percent(percents * k_units);
  }
  /// One hundredth of a percent, a basis point.
  [[nodiscard]] static constexpr Percent hundredth() { return Percent(k_units / 100); }
  /// Reads "24", "24.5" or "0.000001": digits, at most six of them after the point, from 0 to 100.
  [[nodiscard]] static std::optional<Percent> parse(std::string_view text);

  /// A number of millionths of a percent: 24 % are 24'000'000.
  [[nodiscard]] static constexpr Percent millionths(std::int64_t units) { return Percent(units); }
  [[nodiscard]] constexpr std::int64_t millionths() const { return units_; }

  /// The shortest decimal form: "24", "24.5".
  [[nodiscard]] std::string text() const;

  constexpr Percent& operator+=(Percent other) {
    units_ += other.units_;
    return *this;
  }
  friend constexpr Percent operator+(Percent left, Percent right) { return left += right; }
  friend constexpr Percent operator-(Percent left, Percent right) {
    return Percent(left.units_ - right.units_);
  }
  friend constexpr auto operator<=>(const Percent&, const Percent&) = default;

 private:
  static constexpr std::int64_t k_units = 1'000'000;
  explicit constexpr Percent(std::int64_t units) : units_(units) {}
  std::int64_t units_ = 0;
};

}  // namespace octroi::law
