// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "cel/ast.hpp"
#include "cel/environment.hpp"

namespace octroi::cel {

/// Decides what the names of a tree mean: a macro's variable before anything declared, then the
/// longest declared name, then the name of a type, which becomes a literal. Also finds the function
/// of each call and the path of each selection. What is not declared stays as it is.
/// Source: cel-spec, doc/langdef.md, "Name Resolution".
void resolve(Node& root, const Environment& environment);

/// True for a variable, or plain selections from one: a node with a path of its own.
[[nodiscard]] bool is_plain_chain(const Node& node);

/// The paths that a resolved tree reads; see Program::references.
[[nodiscard]] std::vector<std::string> references_of(const Node& root);

}  // namespace octroi::cel
