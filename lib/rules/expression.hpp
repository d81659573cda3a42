// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cel/value.hpp"
#include "json/value.hpp"

/// Expressions by themselves, for whoever writes or tests rules.
namespace octroi::rules {

/// What an expression came to.
struct ExpressionAnswer {
  std::string type;                 ///< of the expression, or of its value where that is dyn
  std::optional<cel::Value> value;  ///< nothing where it has none
  std::string error;                ///< why it has none, or ""
  std::string missing;              ///< the path of the fact whose absence is the reason, or ""
};
/// The form under schemas/output/rules-eval.schema.json.
[[nodiscard]] json::Value to_json(const ExpressionAnswer& answer);

/// The facts of a file to try expressions on: as facts.schema.json, but what is not known yet need
/// not be there. Throws Error(bad_input) naming `source` with everything that does not fit.
[[nodiscard]] json::Value partial_facts(json::Value value, std::string_view source);

/// Type-checks an expression as one of a rulebook, and evaluates it. `facts` are partial_facts, or
/// nullptr for none. `dataset` is the id of the one that the name `dataset` stands for; "": the
/// only one there is, else none.
/// Throws Error(bad_input) with line, column and a caret for all that is wrong with the expression,
/// and when there is no such dataset.
[[nodiscard]] ExpressionAnswer evaluate_expression(std::string_view expression,
                                                   const json::Value* facts,
                                                   const std::string& dataset);

/// The answer (schemas/output/expression-line.schema.json) to one line of a batch
/// (schemas/expression-line.schema.json). Whatever is wrong with the line is said in its answer.
[[nodiscard]] json::Value answer_line(std::string_view line);

/// The answer to a line that is longer than limits::k_batch_line_bytes_max.
[[nodiscard]] json::Value answer_long_line();

}  // namespace octroi::rules
