// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "merkle/hash.hpp"

namespace octroi::merkle {

/// Whether the proof shows that `leaf` (a leaf hash) is leaf `index` of that tree. The head's size
/// has to come from where its root comes from: a proof does not always tell two sizes apart.
/// Source: RFC 9162 section 2.1.3.2.
[[nodiscard]] bool proves_inclusion(const Hash& leaf, LeafIndex index, const TreeHead& head,
                                    std::span<const Hash> proof);

/// Whether the proof shows that tree `from` is the beginning of tree `to`. Never of a tree without
/// leaves, for which RFC 9162 knows no proof: see proves_growth.
/// Source: RFC 9162 section 2.1.4.2.
[[nodiscard]] bool proves_consistency(const TreeHead& from, const TreeHead& to,
                                      std::span<const Hash> proof);

/// The same, and the tree without leaves is the beginning of every tree: its root must be the hash
/// of nothing and the proof empty. This is the rule for log heads.
/// Source: C2SP tlog-witness, add-checkpoint.
[[nodiscard]] bool proves_growth(const TreeHead& from, const TreeHead& to,
                                 std::span<const Hash> proof);

}  // namespace octroi::merkle
