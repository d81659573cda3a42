// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "cel/environment.hpp"
#include "cel/evaluated.hpp"
#include "cel/plan.hpp"
#include "cel/problem.hpp"
#include "cel/type.hpp"
#include "cel/value.hpp"

namespace octroi::cel {

/// Variables by name. A variable that is not bound is absent.
using Bindings = std::map<std::string, Value, std::less<>>;

/// How many steps several evaluations may still take together. Whoever uses it up gets an error,
/// and so does everybody after.
struct Allowance {
  std::size_t steps = 0;
};

/// One expression of the Common Expression Language, ready to be evaluated any number of times, by
/// several threads too. Evaluation has no side effect and ends: it is stopped with an error after
/// limits::k_expression_steps_max steps.
/// Source: cel-spec, doc/langdef.md.
class Program {
 public:
  using Compiled = std::variant<Program, std::vector<Problem>>;

  /// Parses and type-checks a source, or says all that is wrong with it. A source above
  /// limits::k_expression_bytes_max, or nested deeper than limits::k_expression_depth_max, is a
  /// problem that names the limit.
  [[nodiscard]] static Compiled compile(std::string_view source, const Environment& environment);

  /// The same without type check: what is wrong with the types shows when it is evaluated, and
  /// names need not be declared. The result has type dyn.
  [[nodiscard]] static Compiled compile_unchecked(std::string_view source,
                                                  const Environment& environment);

  [[nodiscard]] const Type& result_type() const;

  /// The paths it reads, sorted, each once: the longest chains of plain field selections that start
  /// at a variable, "dataset.extent". What is reached by an index or within a macro's own variable
  /// is not part of a path.
  [[nodiscard]] const std::vector<std::string>& references() const;

  /// With an allowance, with no more steps than are left of those that it shares with others.
  [[nodiscard]] Evaluated evaluate(const Bindings& bindings, Allowance* allowance = nullptr) const;

  /// Its compiled form, for facts that have numbers.
  [[nodiscard]] Plan plan(const Numbering& numbering) const;

 private:
  struct Content;
  explicit Program(std::shared_ptr<const Content> content) : content_(std::move(content)) {}
  [[nodiscard]] static Compiled compile(std::string_view source, const Environment& environment,
                                        bool is_checked);
  std::shared_ptr<const Content> content_;
};

}  // namespace octroi::cel
