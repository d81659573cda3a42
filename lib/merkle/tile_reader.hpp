// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "merkle/tile.hpp"

namespace octroi::merkle {

/// The content of the file at a path relative to the log's folder, or nothing when there is none.
/// A file longer than `bytes_max` may be refused with an Error.
using FileReader =
    std::function<std::optional<std::string>(const std::string& path, std::size_t bytes_max)>;

/// A tile's file: its hashes, 32 bytes each.
[[nodiscard]] std::string tile_bytes(const Tile& tile, const HashReader& reader);

/// The hashes in a tile's file; nothing when it has not exactly the tile's width.
[[nodiscard]] std::optional<Hashes> parse_tile(const Tile& tile, std::string_view bytes);

/// Reads hashes from the tiles of a tree of that size; older trees too, so give the newest size
/// that the files have. Where a partial tile is gone, the full one is read, as a log may delete
/// partial tiles once they are full. The reader throws Error(damaged) when a tile is missing or has
/// another size.
///
/// What it gives is worth as much as the files: nothing is known of it until the root, or a proof
/// made with it, has been checked against a signed head.
[[nodiscard]] HashReader tile_reader(TreeSize size, FileReader files);

}  // namespace octroi::merkle
