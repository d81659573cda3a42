// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "law/ownership.hpp"
#include "model/provider.hpp"

namespace octroi::law {

/// The holdings that a provider declares, with exact shares.
[[nodiscard]] std::vector<Holding> holdings_of(const model::Provider& provider);

}  // namespace octroi::law
