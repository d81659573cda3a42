// SPDX-License-Identifier: Apache-2.0
#include "merkle/tile.hpp"

#include <map>
#include <set>

#include "catch.hpp"
#include "support/vectors.hpp"

namespace octroi::merkle {
namespace {

std::vector<Tile> tiles_between(std::uint64_t from, std::uint64_t to) {
  std::vector<Tile> tiles;
  visit_tiles({from}, {to}, [&](const Tile& tile) { tiles.push_back(tile); });
  return tiles;
}

std::vector<EntryBundle> bundles_between(std::uint64_t from, std::uint64_t to) {
  std::vector<EntryBundle> bundles;
  visit_bundles({from}, {to}, [&](const EntryBundle& bundle) { bundles.push_back(bundle); });
  return bundles;
}

}  // namespace

// Source: C2SP tlog-tiles, the example and the rule of its section on Merkle tree tiles.
TEST_CASE("paths of tiles and bundles") {
  CHECK(path_of(Tile{0, 0, 256}) == "tile/0/000");
  CHECK(path_of(Tile{0, 67, 1}) == "tile/0/067.p/1");
  CHECK(path_of(Tile{1, 999, 255}) == "tile/1/999.p/255");
  CHECK(path_of(Tile{1, 1000, 256}) == "tile/1/x001/000");
  CHECK(path_of(Tile{2, 1234067, 256}) == "tile/2/x001/x234/067");
  CHECK(path_of(Tile{2, 1234067, 8}) == "tile/2/x001/x234/067.p/8");
  CHECK(path_of(EntryBundle{0, 256}) == "tile/entries/000");
  CHECK(path_of(EntryBundle{1067, 17}) == "tile/entries/x001/067.p/17");
}

TEST_CASE("the C2SP example of a path, and of the widths of 70 000 entries") {
  const std::optional<json::Value> vectors = test::read_vectors("c2sp-notes/notes.json");
  if (!vectors) return;
  CHECK(path_of(Tile{2, 1234067, 256}) ==
        vectors->at("tile_paths").as_array().at(0).as_array().at(1).as_string());
  const json::Value& widths = vectors->at("partial_widths_size_70000");
  std::map<unsigned, std::int64_t> full;
  std::map<unsigned, std::int64_t> partial;
  for (const Tile& tile : tiles_between(0, 70'000)) {
    if (tile.width == k_tile_width) {
      ++full[tile.level];
    } else {
      partial[tile.level] = tile.width;
    }
  }
  CHECK(full[0] == widths.at("full_level0_tiles").as_integer());
  CHECK(full[1] == widths.at("full_level1_tiles").as_integer());
  CHECK(partial[0] == widths.at("level0").as_integer());
  CHECK(partial[1] == widths.at("level1").as_integer());
  CHECK(partial[2] == widths.at("level2").as_integer());
  CHECK(full.size() + partial.size() == 5);
}

TEST_CASE("paths come back") {
  for (const std::uint64_t index :
       {0ULL, 1ULL, 999ULL, 1000ULL, 1234067ULL, 36028797018963967ULL}) {
    for (const unsigned width : {1U, 99U, 255U, 256U}) {
      for (unsigned level = 0; level < 8; ++level) {
        const Tile tile{level, index, width};
        CHECK(parse_tile_path(path_of(tile)) == tile);
        CHECK_FALSE(parse_bundle_path(path_of(tile)).has_value());
      }
      const EntryBundle bundle{index, width};
      CHECK(parse_bundle_path(path_of(bundle)) == bundle);
      CHECK_FALSE(parse_tile_path(path_of(bundle)).has_value());
    }
  }
}

TEST_CASE("paths that no log has") {
  const std::vector<std::pair<const char*, const char*>> corruptions = {
      {"nothing", ""},
      {"folder alone", "tile/0/"},
      {"another folder", "tiles/0/000"},
      {"no level", "tile//000"},
      {"level out of range", "tile/8/000"},
      {"level with a zero before", "tile/00/000"},
      {"level below 0", "tile/-1/000"},
      {"two digits", "tile/0/67"},
      {"four digits", "tile/0/1000"},
      {"x on the last group", "tile/0/x067"},
      {"no x on the first group", "tile/0/001/067"},
      {"group of zeros before", "tile/0/x000/067"},
      {"capital X", "tile/0/X001/067"},
      {"width 0", "tile/0/067.p/0"},
      {"width 256", "tile/0/067.p/256"},
      {"width with a zero before", "tile/0/067.p/08"},
      {"no width", "tile/0/067.p/"},
      {"width twice", "tile/0/067.p/8.p/8"},
      {"something behind", "tile/0/067/"},
      {"something behind the width", "tile/0/067.p/8 "},
      {"line feed", "tile/0/067\n"},
      {"up and down", "tile/0/../0/067"},
      {"index too large", "tile/0/x999/x999/x999/x999/x999/x999/999"},
      {"a sign", "tile/0/+67"},
  };
  for (const auto& [name, path] : corruptions) {
    INFO(name);
    CHECK_FALSE(parse_tile_path(path).has_value());
    std::string entries = path;
    if (entries.starts_with("tile/0/")) entries.replace(0, 7, "tile/entries/");
    CHECK_FALSE(parse_bundle_path(entries).has_value());
  }
}

TEST_CASE("the tiles of a tree hold each of its hashes at their levels once") {
  for (const std::uint64_t size :
       {0ULL, 1ULL, 255ULL, 256ULL, 257ULL, 65'535ULL, 65'536ULL, 70'000ULL}) {
    INFO(size);
    std::set<Node> nodes;
    std::uint64_t count = 0;
    for (const Tile& tile : tiles_between(0, size)) {
      CHECK(tile.width >= 1);
      CHECK(tile.width <= k_tile_width);
      for (const Node& node : nodes_of(tile)) {
        if ((node.index + 1) << node.level > size) FAIL_CHECK("a node outside the tree");
        nodes.insert(node);
        ++count;
      }
    }
    CHECK(count == size + size / 256 + size / 65'536);
    CHECK(nodes.size() == count);
    std::uint64_t entries = 0;
    for (const EntryBundle& bundle : bundles_between(0, size)) {
      CHECK(bundle.index * k_tile_width == entries);
      entries += bundle.width;
    }
    CHECK(entries == size);
  }
}

TEST_CASE("growing writes what is new and nothing else") {
  CHECK(tiles_between(5, 5).empty());
  CHECK(bundles_between(5, 5).empty());
  CHECK(tiles_between(256, 256).empty());
  CHECK(tiles_between(5, 7) == std::vector<Tile>{{0, 0, 7}});
  CHECK(tiles_between(255, 256) == std::vector<Tile>{{0, 0, 256}, {1, 0, 1}});
  CHECK(tiles_between(256, 257) == std::vector<Tile>{{0, 1, 1}});
  CHECK(tiles_between(300, 600) == std::vector<Tile>{{0, 1, 256}, {0, 2, 88}, {1, 0, 2}});
  CHECK(bundles_between(300, 600) == std::vector<EntryBundle>{{1, 256}, {2, 88}});
  // Whatever the steps: at the end, each tile of the tree has been written.
  for (const std::uint64_t step : {1ULL, 7ULL, 255ULL, 256ULL, 1000ULL}) {
    std::set<Tile> written;
    for (std::uint64_t size = 0; size < 2000; size += step) {
      for (const Tile& tile : tiles_between(size, size + step)) {
        if (!written.insert(tile).second) FAIL_CHECK(path_of(tile) << " is written twice");
      }
      for (const Tile& tile : tiles_between(0, size + step)) {
        if (!written.contains(tile)) FAIL_CHECK(path_of(tile) << " is missing");
      }
    }
  }
}

}  // namespace octroi::merkle
