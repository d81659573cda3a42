// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "gate/trust.hpp"
#include "gate/verifying.hpp"

namespace octroi::gate {

/// Whether the holder of an older trust file can believe a newer one.
struct TrustCheck {
  std::vector<TokenCheck> checks;

  [[nodiscard]] bool is_trusted() const;
};
[[nodiscard]] json::Value to_json(const TrustCheck& check);

/// Checks a signed trust file against one that is trusted already: the same board, not older, and
/// not another account of the same events; every key kept, no window opened again, no demand
/// weakened; every seal that it adds on one chain of handovers, from the seal that the older file
/// holds in force to the one that signed, over none that was compromised by then. A seal that was
/// replaced speaks for nothing any more, whoever has it.
/// Throws Error(bad_input) when a log_policy is none.
[[nodiscard]] TrustCheck check_trust(const TrustFile& newer, const model::Document& older);

}  // namespace octroi::gate
