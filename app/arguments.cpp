// SPDX-License-Identifier: Apache-2.0
#include "arguments.hpp"

#include <fmt/format.h>

#include <charconv>

#include "base/error.hpp"
#include "base/safe_text.hpp"

namespace octroi::app {
namespace {

constexpr int k_number_max = 999'999;

[[noreturn]] void refuse(std::string_view name, std::string_view expected, std::string_view got) {
  throw Error(ErrorCode::usage,
              fmt::format("{}: expected {}, got {}", name, expected, in_quotes(got)));
}

}  // namespace

void Arguments::add(std::string_view name, std::string value) {
  values_[std::string(name)].push_back(std::move(value));
}

bool Arguments::has(std::string_view name) const {
  return values_.find(name) != values_.end();
}

const std::string& Arguments::required(std::string_view name) const {
  const auto found = values_.find(name);
  if (found == values_.end())
    broken_invariant("a command asks for what its table does not require");
  return found->second.front();
}

std::optional<std::string> Arguments::text(std::string_view name) const {
  const auto found = values_.find(name);
  if (found == values_.end()) return std::nullopt;
  return found->second.front();
}

std::vector<std::string> Arguments::all(std::string_view name) const {
  const auto found = values_.find(name);
  if (found == values_.end()) return {};
  return found->second;
}

std::optional<Date> Arguments::date(std::string_view name) const {
  const auto given = text(name);
  if (!given) return std::nullopt;
  const std::optional<Date> date = parse_date(*given);
  if (!date) refuse(name, "a day YYYY-MM-DD", *given);
  return date;
}

std::optional<Instant> Arguments::time(std::string_view name) const {
  const auto given = text(name);
  if (!given) return std::nullopt;
  if (const std::optional<Date> date = parse_date(*given)) return Instant(*date);
  const std::optional<Instant> instant = parse_instant(*given);
  if (!instant) refuse(name, "a day YYYY-MM-DD or a moment YYYY-MM-DDThh:mm:ssZ", *given);
  return instant;
}

std::optional<int> Arguments::number(std::string_view name, int least) const {
  const auto given = text(name);
  if (!given) return std::nullopt;
  int number = -1;
  const char* const end = given->data() + given->size();
  const auto [stop, failure] = std::from_chars(given->data(), end, number);
  if (failure != std::errc{} || stop != end || number < least || number > k_number_max) {
    refuse(name, fmt::format("a whole number from {} to {}", least, k_number_max), *given);
  }
  return number;
}

Assignment split_assignment(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) return {std::string(text), ""};
  return {std::string(text.substr(0, equals)), std::string(text.substr(equals + 1))};
}

}  // namespace octroi::app
