// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "cel/ast.hpp"
#include "cel/environment.hpp"
#include "cel/problem.hpp"

namespace octroi::cel {

/// What the checker found: the type of the whole expression, which means something only where there
/// are no problems. They are in the order of the source.
struct Checked {
  Type type;
  std::vector<Problem> problems;
};

/// Type-checks a resolved tree, and marks the selections of declared fields.
/// Source: cel-spec, doc/langdef.md, "Gradual Type Checking".
[[nodiscard]] Checked check(Node& root, std::string_view source, const Environment& environment);

}  // namespace octroi::cel
