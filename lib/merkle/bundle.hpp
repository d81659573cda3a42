// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "merkle/tile.hpp"

namespace octroi::merkle {

/// The longest entry that a bundle can hold, and the longest bundle.
/// Source: C2SP tlog-tiles, the length is 16 bits.
constexpr std::size_t k_entry_bytes_max = 65'535;
constexpr std::size_t k_bundle_bytes_max = k_tile_width * (2 + k_entry_bytes_max);

/// An entry as a bundle holds it: its length as two bytes, the higher first, then its bytes.
/// Throws Error(bad_input) when it is longer than k_entry_bytes_max.
[[nodiscard]] std::string bundled(std::string_view entry);

/// The entries of a bundle's file; nothing when they are not as many as its width says, or the
/// bytes end early or go on behind them. The views are into `bytes`.
[[nodiscard]] std::optional<std::vector<std::string_view>> parse_bundle(const EntryBundle& bundle,
                                                                        std::string_view bytes);

}  // namespace octroi::merkle
