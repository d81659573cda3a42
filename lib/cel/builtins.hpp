// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cel/function.hpp"

/// The standard functions, a file for each family. Each adds its own to the one table.
/// Source: cel-spec, doc/langdef.md, "Standard Definitions".
namespace octroi::cel::builtins {

using Functions = std::vector<Function>;

void add_arithmetic(Functions& functions);
void add_comparisons(Functions& functions);
void add_collections(Functions& functions);
void add_texts(Functions& functions);
void add_patterns(Functions& functions);
void add_conversions(Functions& functions);
void add_time_conversions(Functions& functions);
void add_time_parts(Functions& functions);

/// True when both values are equal; values of different types are not, save numbers of one value.
/// Spends a step for each pair it looks at; false when the budget is used up.
/// Source: cel-spec, doc/langdef.md, "Equality".
[[nodiscard]] bool are_equal(const Value& left, const Value& right, Budget& budget);

/// The order of two numbers of any types, or of two values of one ordered type; nothing where there
/// is none.
[[nodiscard]] std::optional<std::partial_ordering> order(const Value& left, const Value& right);

/// `left + right` and `left - right` where one is a moment or a length of time; nothing where the
/// types do not fit.
[[nodiscard]] std::optional<Evaluated> add_times(const Value& left, const Value& right);
[[nodiscard]] std::optional<Evaluated> subtract_times(const Value& left, const Value& right);

/// `left + right` of texts, bytes and lists; nothing where the types do not fit. A result above
/// limits::k_expression_elements_max is an error that names the limit.
[[nodiscard]] std::optional<Evaluated> concatenate(const Value& left, const Value& right,
                                                   Budget& budget);

/// A regular expression that is written down in an expression, compiled once.
class Pattern {
 public:
  explicit Pattern(const std::string& source);
  ~Pattern();
  Pattern(const Pattern&) = delete;
  Pattern& operator=(const Pattern&) = delete;

  [[nodiscard]] bool is_valid() const;
  /// Whether part of the text matches. Spends what it costs to compile it as well: an evaluation is
  /// not to end otherwise for what was done before it. False when the budget is used up.
  [[nodiscard]] bool matches(std::string_view text, Budget& budget) const;

 private:
  struct Compiled;
  std::unique_ptr<const Compiled> compiled_;
};

}  // namespace octroi::cel::builtins
