// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "law/ownership.hpp"

namespace octroi::law {

/// The parties in an order in which holders come before those they hold. Parties that hold each
/// other, in a ring, follow each other.
struct Rings {
  std::vector<PartyNumber> holders_first;
  std::vector<PartyNumber> ring;  ///< of each party; the same number for all of one ring
};

/// Finds the strongly connected components of the stakes, in linear time and without recursion.
/// Source: R. Tarjan, Depth-first search and linear graph algorithms, SIAM J. Comput. 1 (1972).
[[nodiscard]] Rings rings_of(const Ownership& ownership);

}  // namespace octroi::law
