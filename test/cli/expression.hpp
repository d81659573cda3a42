// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <re2/re2.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace octroi::script {

/// A regular expression of a script, in the syntax of RE2; ^ and $ match at every line.
class Expression {
 public:
  /// Throws Error(bad_input) when it is wrong.
  explicit Expression(std::string_view text);

  /// The place of a match, and the text of the first group, if there is one.
  struct Match {
    std::size_t end;
    std::string group;
  };

  /// The first match at or after `start`.
  [[nodiscard]] std::optional<Match> find_in(std::string_view text, std::size_t start = 0) const;
  [[nodiscard]] int groups() const { return compiled_.NumberOfCapturingGroups(); }
  /// Replaces every match (\1 stands for the first group); returns how many there were.
  int replace_in(std::string& text, const std::string& replacement) const;

 private:
  RE2 compiled_;
};

}  // namespace octroi::script
