// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "cel/program.hpp"
#include "rules/compiled_rulebook.hpp"
#include "rules/fact_views.hpp"
#include "rules/facts.hpp"

namespace octroi::rules {

/// What a condition said of some facts: whether it holds, or why nobody knows.
struct ConditionResult {
  std::optional<bool> holds;
  const Unanswered* unanswered = nullptr;  ///< as long as the facts' bindings
};

/// The facts in the forms that conditions read: made when they are needed, once for all rules. The
/// facts are borrowed. Copies share what is made, so one thread uses them at a time.
class FactBindings {
 public:
  /// For rules about the whole request.
  explicit FactBindings(const Facts& facts);

  /// The same facts, and the dataset use at that place, which rules see under the name `dataset`.
  [[nodiscard]] FactBindings with_dataset(std::size_t dataset) const;

  /// By number, for compiled conditions.
  [[nodiscard]] FactViews& views() const;
  /// By name, for expressions that are not compiled.
  [[nodiscard]] const cel::Bindings& bindings() const;
  /// Keeps why a condition could not be evaluated.
  [[nodiscard]] const Unanswered* keep(Unanswered why) const;

 private:
  struct Content;
  explicit FactBindings(std::shared_ptr<Content> content) : content_(std::move(content)) {}
  std::shared_ptr<Content> content_;
};

/// One CEL expression of a rule that yields true or false, type-checked against the fact schema.
class Condition {
 public:
  /// The condition, or what is wrong with it; problems carry `rule` and `where`.
  [[nodiscard]] static std::variant<Condition, std::vector<RulebookProblem>> compile(
      std::string_view expression, std::string_view rule, std::string_view where);

  /// `allowance` is what it may take in steps, with others; without one, no more than any
  /// expression.
  [[nodiscard]] ConditionResult evaluate(const FactBindings& facts,
                                         cel::Allowance* allowance = nullptr) const;

  /// The paths of the facts it reads, sorted: "dataset.extent", "host.exclusively_eu_law".
  [[nodiscard]] const std::vector<std::string>& reads() const { return reads_; }

  /// The expression as it was written.
  [[nodiscard]] const std::string& source() const { return source_; }

  /// True when it is `true`, or `false`, and nothing else.
  [[nodiscard]] bool is_literal(bool value) const { return literal_ == value; }

 private:
  Condition(std::string_view source, cel::Program program);
  std::string source_;
  std::optional<bool> literal_;  ///< what it is, where it is nothing else
  cel::Program program_;
  std::shared_ptr<const cel::Plan> plan_;
  std::vector<std::string> reads_;
};

/// What is wrong with a fact path that is not part of an expression; empty when the fact exists and
/// is of one of `types`, or of any where none is named.
[[nodiscard]] std::vector<RulebookProblem> problems_of_fact_path(
    std::string_view path, std::string_view where, const std::vector<cel::Type>& types = {});

}  // namespace octroi::rules
