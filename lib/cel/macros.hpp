// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "cel/ast.hpp"

namespace octroi::cel {

/// What a macro stands for, or why its arguments are wrong.
struct MacroFault {
  std::size_t offset = 0;
  std::string message;
};
using Expanded = std::variant<Node, MacroFault>;

/// True for a call that is a macro: `has(e.f)`, and of a member `all`, `exists`, `exists_one`,
/// `map` and `filter` with as many arguments as they take.
/// Source: cel-spec, doc/langdef.md, "Macros".
[[nodiscard]] bool is_macro(const Call& call);

/// Replaces such a call.
[[nodiscard]] Expanded expand_macro(Call call);

}  // namespace octroi::cel
