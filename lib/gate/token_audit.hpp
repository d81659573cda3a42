// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gate/context.hpp"
#include "gate/token.hpp"

namespace octroi::gate {

/// Whether a token that was logged says what its request, decision and assessment give, and
/// nothing more: its claims are made again of the recorded documents and compared, each one.
/// Whoever holds the seal could write others.
/// False when a document that it rests on was erased, so that nothing can be made again.
/// Throws Error when it does not, which names the first claim that is another.
[[nodiscard]] bool require_granted_claims(Database& database, const TokenClaims& claims);

}  // namespace octroi::gate
