// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "gate/token.hpp"

namespace octroi::gate {

/// Reads a payload that is written as octroi writes it: canonical JSON without an escape. One pass
/// reads, checks and keeps each claim; it is what makes a batch quick. Fills `claims`, which must
/// be new, and accepts nothing that schemas/token.schema.json refuses. False for any other payload,
/// which says nothing about whether it is right; what is in `claims` then is of no use.
[[nodiscard]] bool read_canonical_claims(std::string_view payload, TokenClaims& claims);

}  // namespace octroi::gate
