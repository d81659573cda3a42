// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace octroi::json {

/// A regular expression of a schema, compiled once, used from any thread. ECMAScript syntax without
/// back-references and look-ahead, in ASCII; it looks at bytes, so "." is not a character beyond
/// ASCII. Matching takes time in proportion to the text, whatever the expression.
class Pattern {
 public:
  /// A longer text is not looked at: the caller reports it.
  static constexpr std::size_t k_text_bytes_max = 64 * 1024;

  /// Throws Error(bad_input) on an expression that is wrong or beyond this syntax.
  explicit Pattern(std::string expression);

  /// Whether the expression is found anywhere in the text, of at most k_text_bytes_max bytes.
  [[nodiscard]] bool matches(std::string_view text) const;
  [[nodiscard]] const std::string& expression() const noexcept { return expression_; }

 private:
  struct Compiled;
  std::string expression_;
  std::shared_ptr<const Compiled> compiled_;
};

}  // namespace octroi::json
