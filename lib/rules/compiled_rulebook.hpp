// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/time.hpp"
#include "model/document.hpp"

namespace octroi::rules {

/// One thing wrong with a rulebook, and where.
struct RulebookProblem {
  std::string rule;        ///< the rule's id; "" for the rulebook as a whole
  std::string where;       ///< "applies", "requires", "cites", "because.fr", …
  std::string message;     ///< lower case, what was expected
  std::string expression;  ///< the expression; "" when the problem is not in one
  std::size_t line = 0;    ///< in the expression, from 1; 0 when the problem is not in one
  std::size_t column = 0;
  bool is_warning = false;  ///< a rulebook can be meant so; everything else is an error

  friend bool operator==(const RulebookProblem&, const RulebookProblem&) = default;
};

/// The problem for people: "cnam-2021.whole-base: requires 1:9: …", then the expression's line and
/// a caret under the column. No line feed at the end.
[[nodiscard]] std::string describe(const RulebookProblem& problem);

/// A rulebook whose conditions are type-checked against the fact schema and ready to evaluate.
/// Immutable; cheap to copy; usable from any thread.
class CompiledRulebook {
 public:
  /// The rulebook of a valid document, or every problem of it: expressions that do not parse or
  /// type-check or are no condition, facts that do not exist or that the rulebook itself says it
  /// disregards, rule ids given twice, missing citations and translations.
  [[nodiscard]] static std::variant<CompiledRulebook, std::vector<RulebookProblem>> compile(
      const model::Document& document);

  /// The same, for whoever cannot go on without: throws Error(bad_input) with every problem, naming
  /// `source`.
  [[nodiscard]] static CompiledRulebook require(const model::Document& document,
                                                std::string_view source);

  [[nodiscard]] const std::string& id() const;
  [[nodiscard]] const Digest& sha256() const;
  /// True when the rulebook applies on that day, first and last day included.
  [[nodiscard]] bool is_in_force(Date as_of) const;

  struct Content;  ///< rules and programs, for assess(); see compiled_rulebook.cpp
  [[nodiscard]] const Content& content() const { return *content_; }

 private:
  explicit CompiledRulebook(std::shared_ptr<const Content> content)
      : content_(std::move(content)) {}
  std::shared_ptr<const Content> content_;
};

}  // namespace octroi::rules
