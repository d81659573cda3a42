// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <variant>

#include "cel/ast.hpp"
#include "cel/problem.hpp"

namespace octroi::cel {

/// The tree of an expression with its macros expanded, or the first thing that is wrong with its
/// syntax, its length or its depth. No tree is deeper than limits::k_expression_depth_max.
/// Source: cel-spec, doc/langdef.md, "Syntax".
[[nodiscard]] std::variant<NodePointer, Problem> parse(std::string_view source);

}  // namespace octroi::cel
