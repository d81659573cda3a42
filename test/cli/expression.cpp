// SPDX-License-Identifier: Apache-2.0
#include "cli/expression.hpp"

#include <array>

#include "base/error.hpp"

namespace octroi::script {
namespace {

RE2::Options quiet() {
  RE2::Options options;
  options.set_log_errors(false);
  return options;
}

}  // namespace

Expression::Expression(std::string_view text) : compiled_("(?m)" + std::string(text), quiet()) {
  if (compiled_.ok()) return;
  throw Error(ErrorCode::bad_input, "expected a regular expression, got '" + std::string(text) +
                                        "': " + compiled_.error());
}

std::optional<Expression::Match> Expression::find_in(std::string_view text,
                                                     std::size_t start) const {
  const re2::StringPiece whole(text.data(), text.size());
  std::array<re2::StringPiece, 2> found;
  if (!compiled_.Match(whole, start, whole.size(), RE2::UNANCHORED, found.data(),
                       groups() > 0 ? 2 : 1)) {
    return std::nullopt;
  }
  const auto end = static_cast<std::size_t>(found[0].data() - whole.data()) + found[0].size();
  return Match{end, std::string(found[1])};
}

int Expression::replace_in(std::string& text, const std::string& replacement) const {
  std::string problem;
  if (!compiled_.CheckRewriteString(replacement, &problem)) {
    throw Error(ErrorCode::bad_input, "replacement '" + replacement + "': " + problem);
  }
  return RE2::GlobalReplace(&text, compiled_, replacement);
}

}  // namespace octroi::script
