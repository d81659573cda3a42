// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cel/ast.hpp"
#include "cel/evaluated.hpp"
#include "cel/program.hpp"

namespace octroi::cel {

/// The value of a resolved tree under bindings, within an allowance if there is one.
/// Source: cel-spec, doc/langdef.md, "Evaluation".
[[nodiscard]] Evaluated evaluate(const Node& root, const Bindings& bindings,
                                 Allowance* allowance = nullptr);

}  // namespace octroi::cel
