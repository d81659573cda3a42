// SPDX-License-Identifier: Apache-2.0
#include "json/pattern_reader.hpp"

namespace octroi::json {
namespace {

constexpr std::string_view k_special = "^$\\.*+?()[]{}|";
constexpr std::size_t k_times_max = 512;

/// Whatever the sign of a plain char is on this machine.
constexpr bool is_seven_bit(char one) {
  return static_cast<unsigned char>(one) < 0x80;
}

constexpr bool is_digit(char one) {
  return one >= '0' && one <= '9';
}

}  // namespace

std::optional<PatternReader::Characters> PatternReader::list() {
  Characters characters;
  while (!rest_.empty() && !is_at(']')) {
    const char low = rest_.front();
    char high = low;
    rest_.remove_prefix(1);
    if (rest_.size() > 1 && rest_[0] == '-' && rest_[1] != ']') {
      high = rest_[1];
      rest_.remove_prefix(2);
    }
    constexpr std::string_view k_strange = "\\[^";
    if (!is_seven_bit(low) || !is_seven_bit(high) || k_strange.find(low) != k_strange.npos ||
        k_strange.find(high) != k_strange.npos || low > high) {
      return std::nullopt;
    }
    for (char one = low; one < high; ++one) characters.set(static_cast<std::size_t>(one));
    characters.set(static_cast<std::size_t>(high));
  }
  if (!take("]") || characters.none()) return std::nullopt;
  return characters;
}

std::optional<PatternReader::Characters> PatternReader::characters() {
  if (take("[")) return list();
  const bool is_escaped = take("\\");
  if (rest_.empty()) return std::nullopt;
  const char one = rest_.front();
  rest_.remove_prefix(1);
  const bool is_special = k_special.find(one) != k_special.npos;
  if (!is_seven_bit(one) || (is_escaped ? !is_special && one != '/' : is_special))
    return std::nullopt;
  return Characters().set(static_cast<std::size_t>(one));
}

std::optional<std::size_t> PatternReader::number() {
  if (rest_.empty() || !is_digit(rest_.front())) return std::nullopt;
  std::size_t value = 0;
  while (!rest_.empty() && is_digit(rest_.front())) {
    value = value * 10 + static_cast<std::size_t>(rest_.front() - '0');
    if (value > k_times_max) return std::nullopt;
    rest_.remove_prefix(1);
  }
  return value;
}

std::optional<PatternReader::Times> PatternReader::times() {
  Times result;
  if (take("?")) {
    result = {0, 1};
  } else if (take("*")) {
    result = {0, std::nullopt};
  } else if (take("+")) {
    result = {1, std::nullopt};
  } else if (take("{")) {
    const auto least = number();
    if (!least) return std::nullopt;
    result = {*least, *least};
    if (take(",")) result.most = is_at('}') ? std::nullopt : number();
    const bool is_open = result.most == std::nullopt;
    if (is_open && !is_at('}')) return std::nullopt;
    if (!take("}") || (result.most && *result.most < result.least)) return std::nullopt;
  } else {
    return result;
  }
  const bool is_followed_by_another =
      !rest_.empty() && std::string_view("?*+{").find(rest_.front()) != std::string_view::npos;
  if (is_followed_by_another) return std::nullopt;
  return result;
}

}  // namespace octroi::json
