// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace octroi::app {

/// What was typed for a command, by the names of the command table: "FILE", "--dataset".
class Arguments {
 public:
  void add(std::string_view name, std::string value);

  [[nodiscard]] bool has(std::string_view name) const;
  /// The value of something that the table requires.
  [[nodiscard]] const std::string& required(std::string_view name) const;
  [[nodiscard]] std::optional<std::string> text(std::string_view name) const;
  /// Every value of something repeatable, in order.
  [[nodiscard]] std::vector<std::string> all(std::string_view name) const;

  /// A value as what it stands for. Throws Error(usage) when it is none.
  [[nodiscard]] std::optional<Date> date(std::string_view name) const;
  /// A moment, or the first second (UTC) of a day.
  [[nodiscard]] std::optional<Instant> time(std::string_view name) const;
  /// A whole number from `least` to 999 999.
  [[nodiscard]] std::optional<int> number(std::string_view name, int least = 0) const;

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> values_;
};

/// NAME and VALUE of "NAME=VALUE"; the value is empty where there is no "=".
struct Assignment {
  std::string name;
  std::string value;
};
[[nodiscard]] Assignment split_assignment(std::string_view text);

}  // namespace octroi::app
