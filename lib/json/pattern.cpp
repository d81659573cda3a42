// SPDX-License-Identifier: Apache-2.0
#include "json/pattern.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <regex>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "json/plain_pattern.hpp"

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
  const bool is_ascii = std::all_of(expression.begin(), expression.end(), [](char character) {
    return static_cast<unsigned char>(character) < 0x80;
  });
  if (!is_ascii) refuse("in ASCII");
  if (expression.find("(?=") != std::string::npos || expression.find("(?!") != std::string::npos) {
    refuse("without look-ahead");
  }
}

}  // namespace

struct Pattern::Compiled {
  std::optional<PlainPattern> plain;
  std::regex anywhere;  ///< unless it is plain
};

Pattern::Pattern(std::string expression) : expression_(std::move(expression)) {
  check_syntax(expression_);
  if (std::optional<PlainPattern> plain = PlainPattern::compile(expression_)) {
    compiled_ = std::make_shared<Compiled>(Compiled{std::move(plain), {}});
    return;
  }
  try {
    const std::regex alone(expression_, k_flags);  // what follows could balance a parenthesis
    // A whole match that skips what stands around: a search would start anew at every byte.
    compiled_ = std::make_shared<Compiled>(
        Compiled{std::nullopt, std::regex("[^]*(?:" + expression_ + ")[^]*", k_flags)});
  } catch (const std::regex_error& error) {
    throw Error(ErrorCode::bad_input, fmt::format("expected a regular expression, got {}: {}",
                                                  octroi::in_quotes(expression_), error.what()));
  }
}

bool Pattern::matches(std::string_view text) const {
  if (text.size() > k_text_bytes_max) broken_invariant("json: text too long for a pattern");
  if (compiled_->plain) return compiled_->plain->matches(text);
  return std::regex_match(text.begin(), text.end(), compiled_->anywhere);
}

}  // namespace octroi::json
