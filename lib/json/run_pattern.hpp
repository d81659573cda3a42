// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "json/pattern_reader.hpp"

namespace octroi::json {

/// A regular expression without groups, whose repetitions leave no choice of where they end:
/// "^R-[0-9]{4}-[0-9]{4,}$", and most others of schemas. One walk along the text matches it.
class RunPattern {
 public:
  /// Nothing when the expression is of another kind: that says nothing about whether it is right.
  [[nodiscard]] static std::optional<RunPattern> compile(std::string_view expression);

  [[nodiscard]] bool matches(std::string_view text) const;

  /// So many of these characters.
  struct Run {
    PatternReader::Characters characters;
    PatternReader::Times times;
  };
  [[nodiscard]] const std::vector<Run>& runs() const { return runs_; }

 private:
  [[nodiscard]] bool leaves_no_choice() const;

  std::vector<Run> runs_;
};

}  // namespace octroi::json
