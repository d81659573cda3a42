// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

namespace octroi::rules {

/// What one rule said of one request, or of one dataset of it.
enum class Outcome {
  not_applicable,  ///< the rule's condition of application does not hold
  pass,            ///< it applies and is met (a rule that narrows is met with an obligation)
  refer,           ///< a person must judge the point it names
  incomplete,      ///< it could not be evaluated, or says that something is missing
  refuse,
};

/// The worst of a set of outcomes. The order is total, so that one more rule can never move a
/// request towards release.
enum class Verdict { clear, refer, incomplete, refuse };

/// "not-applicable", "pass", "refer", "incomplete", "refuse".
[[nodiscard]] std::string_view name_of(Outcome outcome);
/// "clear", "refer", "incomplete", "refuse".
[[nodiscard]] std::string_view name_of(Verdict verdict);

/// The outcome or verdict of that name, or nothing.
[[nodiscard]] std::optional<Outcome> parse_outcome(std::string_view name);
[[nodiscard]] std::optional<Verdict> parse_verdict(std::string_view name);

/// The verdict that one outcome alone leads to.
[[nodiscard]] Verdict verdict_of(Outcome outcome);

/// The worse of two verdicts.
[[nodiscard]] constexpr Verdict worse(Verdict left, Verdict right) {
  return left < right ? right : left;
}

}  // namespace octroi::rules
