// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "merkle/node.hpp"

/// The files of a log that is published as tiles.
/// Source: C2SP tlog-tiles (https://c2sp.org/tlog-tiles), version 0.1.0.
namespace octroi::merkle {

/// How many hashes a full tile has, and how many entries a full bundle.
constexpr unsigned k_tile_width = 256;

/// A row of hashes next to each other: nodes of level 8 * level, from index * 256, `width` of them.
struct Tile {
  unsigned level = 0;             ///< 0 to 7: a 64-bit tree has no higher ones
  std::uint64_t index = 0;        ///< from 0, on its level
  unsigned width = k_tile_width;  ///< 1 to 256; less than 256 is a partial tile
  friend auto operator<=>(const Tile&, const Tile&) = default;
};

/// The entries of the leaves from index * 256, `width` of them.
struct EntryBundle {
  std::uint64_t index = 0;
  unsigned width = k_tile_width;
  friend auto operator<=>(const EntryBundle&, const EntryBundle&) = default;
};

/// `tile/0/x001/x234/067`, and `tile/0/x001/x234/067.p/8` when partial: relative to the log's
/// folder.
[[nodiscard]] std::string path_of(const Tile& tile);
/// `tile/entries/x001/x234/067`, and with `.p/8` when partial.
[[nodiscard]] std::string path_of(const EntryBundle& bundle);

/// The tile or bundle of a path; nothing for every text that path_of does not give.
[[nodiscard]] std::optional<Tile> parse_tile_path(std::string_view path);
[[nodiscard]] std::optional<EntryBundle> parse_bundle_path(std::string_view path);

/// Calls `visit` for each tile that a tree of size `to` has and one of size `from` had not, or not
/// as wide: what to write when a log has grown. With `from` 0, all tiles of a tree. Lowest level
/// first, then by index.
void visit_tiles(TreeSize from, TreeSize to, const std::function<void(const Tile&)>& visit);
/// The same for entry bundles.
void visit_bundles(TreeSize from, TreeSize to,
                   const std::function<void(const EntryBundle&)>& visit);

/// The nodes of a tile, in order.
[[nodiscard]] std::vector<Node> nodes_of(const Tile& tile);

/// The tile of a tree of that size from whose hashes the node's is computed, as wide as the tree
/// has it. The node must be in the tree.
[[nodiscard]] Tile tile_with(const Node& node, TreeSize size);

}  // namespace octroi::merkle
