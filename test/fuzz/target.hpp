// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"

namespace octroi::fuzz {

/// What each target is: one input, given to one parser. An Error is an answer like any other; what
/// must hold of the parser's answer is checked with `require`.
void try_input(std::string_view text);

/// Ends the process when a claim about the parser does not hold.
inline void require(bool holds, const char* claim) {
  if (!holds) broken_invariant(claim);
}

}  // namespace octroi::fuzz
