// SPDX-License-Identifier: Apache-2.0
#include "json/pattern.hpp"

#include <fmt/format.h>

#include <optional>
#include <regex>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "json/plain_pattern.hpp"
#include "json/run_pattern.hpp"

namespace octroi::json {
namespace {

/// libstdc++'s other matcher walks all states at once: no backtracking, no recursion along the
/// text.
#if defined(__GLIBCXX__)
constexpr auto k_flags =
    std::regex::ECMAScript | std::regex::nosubs | std::regex_constants::__polynomial;
#else
constexpr auto k_flags = std::regex::ECMAScript | std::regex::nosubs;
#endif

void check_syntax(const std::string& expression) {
  const auto refuse = [&expression](std::string_view why) {
    throw Error(ErrorCode::bad_input, fmt::format("expected a regular expression {}, got {}", why,
                                                  octroi::in_quotes(expression)));
  };
  if (!is_ascii(expression)) refuse("in ASCII");
  if (expression.find("(?=") != std::string::npos || expression.find("(?!") != std::string::npos) {
    refuse("without look-ahead");
  }
}

std::regex found_anywhere(const std::string& expression) {
  try {
    const std::regex alone(expression, k_flags);  // what follows could balance a parenthesis
    // A whole match that skips what stands around: a search would start anew at every byte.
    return std::regex("[^]*(?:" + expression + ")[^]*", k_flags);
  } catch (const std::regex_error& error) {
    throw Error(ErrorCode::bad_input, fmt::format("expected a regular expression, got {}: {}",
                                                  octroi::in_quotes(expression), error.what()));
  }
}

}  // namespace

struct Pattern::Compiled {
  // The first of these that can.
  std::optional<RunPattern> runs{};
  std::optional<PlainPattern> plain{};
  std::optional<std::regex> anywhere{};
};

Pattern::Pattern(std::string expression) : expression_(std::move(expression)) {
  check_syntax(expression_);
  auto compiled = std::make_shared<Compiled>();
  compiled->runs = RunPattern::compile(expression_);
  if (!compiled->runs) compiled->plain = PlainPattern::compile(expression_);
  if (!compiled->runs && !compiled->plain) compiled->anywhere = found_anywhere(expression_);
  compiled_ = std::move(compiled);
}

bool Pattern::matches(std::string_view text) const {
  if (text.size() > k_text_bytes_max) broken_invariant("json: text too long for a pattern");
  if (compiled_->runs) return compiled_->runs->matches(text);
  if (compiled_->plain) return compiled_->plain->matches(text);
  return std::regex_match(text.begin(), text.end(), *compiled_->anywhere);
}

}  // namespace octroi::json
