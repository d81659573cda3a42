// SPDX-License-Identifier: Apache-2.0
#include "json/run_pattern.hpp"

namespace octroi::json {

std::optional<RunPattern> RunPattern::compile(std::string_view expression) {
  if (!expression.starts_with('^') || !expression.ends_with('$')) return std::nullopt;
  PatternReader reader(expression.substr(1, expression.size() - 2));
  RunPattern result;
  result.runs_.reserve(16);
  while (!reader.rest().empty()) {
    const auto characters = reader.characters();
    if (!characters) return std::nullopt;
    const auto times = reader.times();
    if (!times) return std::nullopt;
    result.runs_.push_back({*characters, *times});
  }
  if (!result.leaves_no_choice()) return std::nullopt;
  return result;
}

/// Whether no run that may go on could also give its next byte to a run after it.
bool RunPattern::leaves_no_choice() const {
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    if (runs_[i].times.most == runs_[i].times.least) continue;
    for (std::size_t next = i + 1; next < runs_.size(); ++next) {
      if ((runs_[i].characters & runs_[next].characters).any()) return false;
      if (runs_[next].times.least > 0) break;
    }
  }
  return true;
}

bool RunPattern::matches(std::string_view text) const {
  std::size_t at = 0;
  for (const Run& run : runs_) {
    const std::size_t most = run.times.most.value_or(text.size());
    std::size_t taken = 0;
    while (taken < most && at < text.size() &&
           run.characters[static_cast<unsigned char>(text[at])]) {
      ++taken;
      ++at;
    }
    if (taken < run.times.least) return false;
  }
  return at == text.size();
}

}  // namespace octroi::json
