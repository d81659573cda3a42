// SPDX-License-Identifier: Apache-2.0
#include "merkle/tile.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/error.hpp"

namespace octroi::merkle {
namespace {

constexpr unsigned k_tile_height = 8;  // levels of the tree from one level of tiles to the next
constexpr unsigned k_tile_levels = 8;
constexpr std::string_view k_tile_folder = "tile/";
constexpr std::string_view k_bundle_folder = "tile/entries/";

/// 1234067 is `x001/x234/067`; with a width under 256, `.p/` and the width follow.
std::string place_text(std::uint64_t index, unsigned width) {
  std::string text = fmt::format("{:03}", index % 1000);
  for (index /= 1000; index > 0; index /= 1000) text = fmt::format("x{:03}/", index % 1000) + text;
  if (width != k_tile_width) text += fmt::format(".p/{}", width);
  return text;
}

/// A decimal number at the start of a text, which is then shortened by it.
template <typename Number>
bool take_number(std::string_view& text, Number& number) {
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc()) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return true;
}

/// Reads what place_text writes, and more: the caller compares.
std::optional<EntryBundle> read_place(std::string_view text) {
  EntryBundle place;
  const std::size_t partial = std::min(text.find(".p/"), text.size());
  std::string digits;
  for (const char c : text.substr(0, partial)) {
    if (c >= '0' && c <= '9') digits += c;
  }
  std::string_view rest = digits;
  if (!take_number(rest, place.index) || !rest.empty()) return std::nullopt;
  if (partial == text.size()) return place;
  text.remove_prefix(partial + 3);
  if (!take_number(text, place.width) || !text.empty()) return std::nullopt;
  if (place.width == 0 || place.width >= k_tile_width) return std::nullopt;
  return place;
}

/// How many hashes a tree has on a level of tiles.
std::uint64_t hashes_on(unsigned tile_level, TreeSize size) {
  return size.value >> (k_tile_height * tile_level);
}

/// Calls `visit` with index and width of each row of at most 256 that has something new when `from`
/// things became `to`.
template <typename Visit>
void visit_rows(std::uint64_t from, std::uint64_t to, const Visit& visit) {
  if (from >= to) return;
  for (std::uint64_t index = from / k_tile_width; index <= (to - 1) / k_tile_width; ++index) {
    const std::uint64_t left = to - index * k_tile_width;
    visit(index, static_cast<unsigned>(std::min<std::uint64_t>(left, k_tile_width)));
  }
}

}  // namespace

std::string path_of(const Tile& tile) {
  return fmt::format("{}{}/{}", k_tile_folder, tile.level, place_text(tile.index, tile.width));
}

std::string path_of(const EntryBundle& bundle) {
  return std::string(k_bundle_folder) + place_text(bundle.index, bundle.width);
}

std::optional<Tile> parse_tile_path(std::string_view path) {
  std::string_view rest = path;
  if (!rest.starts_with(k_tile_folder)) return std::nullopt;
  rest.remove_prefix(k_tile_folder.size());
  Tile tile;
  if (!take_number(rest, tile.level) || tile.level >= k_tile_levels) return std::nullopt;
  if (!rest.starts_with('/')) return std::nullopt;
  const std::optional<EntryBundle> place = read_place(rest.substr(1));
  if (!place) return std::nullopt;
  tile.index = place->index;
  tile.width = place->width;
  // Many texts are read alike; only the one that is written is the tile's path.
  if (path_of(tile) != path) return std::nullopt;
  return tile;
}

std::optional<EntryBundle> parse_bundle_path(std::string_view path) {
  if (!path.starts_with(k_bundle_folder)) return std::nullopt;
  const std::optional<EntryBundle> bundle = read_place(path.substr(k_bundle_folder.size()));
  if (!bundle || path_of(*bundle) != path) return std::nullopt;
  return bundle;
}

void visit_tiles(TreeSize from, TreeSize to, const std::function<void(const Tile&)>& visit) {
  for (unsigned level = 0; level < k_tile_levels; ++level) {
    visit_rows(hashes_on(level, from), hashes_on(level, to),
               [&](std::uint64_t index, unsigned width) {
                 visit({level, index, width});
               });
  }
}

void visit_bundles(TreeSize from, TreeSize to,
                   const std::function<void(const EntryBundle&)>& visit) {
  visit_rows(from.value, to.value, [&](std::uint64_t index, unsigned width) {
    visit({index, width});
  });
}

std::vector<Node> nodes_of(const Tile& tile) {
  std::vector<Node> nodes;
  for (unsigned i = 0; i < tile.width; ++i) {
    nodes.push_back({k_tile_height * tile.level, tile.index * k_tile_width + i});
  }
  return nodes;
}

Tile tile_with(const Node& node, TreeSize size) {
  const unsigned level = node.level / k_tile_height;
  const std::uint64_t first = node.index << (node.level % k_tile_height);
  const std::uint64_t index = first / k_tile_width;
  const std::uint64_t end = (node.index + 1) << (node.level % k_tile_height);
  if (level >= k_tile_levels || hashes_on(level, size) < end) {
    broken_invariant("a node is in the tree whose tile is asked for");
  }
  const std::uint64_t left = hashes_on(level, size) - index * k_tile_width;
  return {level, index, static_cast<unsigned>(std::min<std::uint64_t>(left, k_tile_width))};
}

}  // namespace octroi::merkle
