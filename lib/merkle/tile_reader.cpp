// SPDX-License-Identifier: Apache-2.0
#include "merkle/tile_reader.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "base/error.hpp"

namespace octroi::merkle {
namespace {

constexpr std::size_t k_hash_bytes = sizeof(Hash::bytes);

/// A tile's hashes, from its file or that of the full tile.
Hashes read_tile(const Tile& tile, const FileReader& files) {
  const auto read = [&files](const Tile& one) -> std::optional<Hashes> {
    const std::string path = path_of(one);
    const std::optional<std::string> bytes = files(path, one.width * k_hash_bytes);
    if (!bytes) return std::nullopt;
    std::optional<Hashes> hashes = parse_tile(one, *bytes);
    if (!hashes) {
      throw Error(ErrorCode::damaged, path + ": expected " +
                                          std::to_string(one.width * k_hash_bytes) +
                                          " bytes, got " + std::to_string(bytes->size()));
    }
    return hashes;
  };
  std::optional<Hashes> hashes = read(tile);
  if (!hashes && tile.width != k_tile_width) {
    hashes = read({tile.level, tile.index, k_tile_width});
    if (hashes) hashes->resize(tile.width);
  }
  if (!hashes) throw Error(ErrorCode::damaged, path_of(tile) + ": is missing");
  return *std::move(hashes);
}

/// The hash of a node from the tile that holds its subtree's hashes of the tile's level.
Hash hash_in_tile(const Node& node, const Tile& tile, const Hashes& hashes) {
  const unsigned height = node.level - nodes_of(tile).front().level;
  const std::uint64_t first = (node.index << height) - tile.index * k_tile_width;
  Hashes row(hashes.begin() + static_cast<std::ptrdiff_t>(first),
             hashes.begin() + static_cast<std::ptrdiff_t>(first + (std::uint64_t{1} << height)));
  while (row.size() > 1) {
    for (std::size_t i = 0; i < row.size() / 2; ++i) row[i] = node_hash(row[2 * i], row[2 * i + 1]);
    row.resize(row.size() / 2);
  }
  return row.front();
}

}  // namespace

std::string tile_bytes(const Tile& tile, const HashReader& reader) {
  std::string bytes;
  for (const Hash& hash : read_hashes(reader, nodes_of(tile))) bytes += as_text(hash.bytes);
  return bytes;
}

std::optional<Hashes> parse_tile(const Tile& tile, std::string_view bytes) {
  if (bytes.size() != tile.width * k_hash_bytes) return std::nullopt;
  Hashes hashes(tile.width);
  for (Hash& hash : hashes) {
    std::copy_n(as_bytes(bytes).begin(), k_hash_bytes, hash.bytes.begin());
    bytes.remove_prefix(k_hash_bytes);
  }
  return hashes;
}

HashReader tile_reader(TreeSize size, FileReader files) {
  return [size, files = std::move(files)](std::span<const Node> nodes) {
    std::map<Tile, Hashes> tiles;
    Hashes hashes;
    for (const Node& node : nodes) {
      const Tile tile = tile_with(node, size);
      auto row = tiles.find(tile);
      if (row == tiles.end()) row = tiles.emplace(tile, read_tile(tile, files)).first;
      hashes.push_back(hash_in_tile(node, tile, row->second));
    }
    return hashes;
  };
}

}  // namespace octroi::merkle
