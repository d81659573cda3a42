// SPDX-License-Identifier: Apache-2.0
#include "merkle/tile_reader.hpp"

#include <map>

#include "catch.hpp"
#include "merkle/proof.hpp"
#include "merkle/reference_tree.hpp"
#include "merkle/tree.hpp"
#include "support/refusal.hpp"

namespace octroi::merkle {
namespace {

/// A published log in memory: path to content.
using Folder = std::map<std::string, std::string>;

struct Log {
  Store store;
  Frontier frontier;

  void grow(std::uint64_t size) {
    while (frontier.size().value < size) {
      store.add(frontier.append(leaf(frontier.size().value)));
    }
  }
  static Hash leaf(std::uint64_t index) { return leaf_hash("entry " + std::to_string(index)); }
  Folder tiles() {
    Folder folder;
    visit_tiles({0}, frontier.size(), [&](const Tile& tile) {
      folder[path_of(tile)] = tile_bytes(tile, store.reader());
    });
    return folder;
  }
};

FileReader reader_of(const Folder& folder) {
  return [&folder](const std::string& path, std::size_t bytes_max) -> std::optional<std::string> {
    const auto file = folder.find(path);
    if (file == folder.end()) return std::nullopt;
    return file->second.substr(0, bytes_max + 1);
  };
}

void check_tree(const HashReader& reader, Log& log, std::uint64_t size) {
  const TreeHead head{{size}, root({size}, log.store.reader())};
  CHECK(root({size}, reader) == head.root);
  for (std::uint64_t index = 0; index < size; index += size / 50 + 1) {
    const Hashes proof = inclusion_proof({index}, {size}, reader);
    if (!proves_inclusion(Log::leaf(index), {index}, head, proof)) FAIL_CHECK(index);
    const TreeHead old{{index}, root({index}, reader)};
    if (!proves_growth(old, head, consistency_proof({index}, {size}, reader))) FAIL_CHECK(index);
  }
}

}  // namespace

TEST_CASE("roots and proofs from tiles are those of the stored hashes") {
  Log log;
  for (const std::uint64_t size :
       {1ULL, 2ULL, 200ULL, 255ULL, 256ULL, 257ULL, 5000ULL, 70'000ULL}) {
    INFO(size);
    log.grow(size);
    const Folder folder = log.tiles();
    check_tree(tile_reader({size}, reader_of(folder)), log, size);
  }
}

TEST_CASE("an older tree is read from full tiles when its partial ones are gone") {
  Log log;
  log.grow(65'536);
  const Folder folder = log.tiles();
  for (const auto& [path, content] : folder)
    CHECK(path.ends_with("p/1") == path.starts_with("tile/2"));
  check_tree(tile_reader({300}, reader_of(folder)), log, 300);
}

TEST_CASE("an older tree is read through the tiles of a newer one") {
  Log log;
  log.grow(600);
  const Folder folder = log.tiles();
  CHECK_FALSE(folder.contains("tile/0/001.p/44"));
  check_tree(tile_reader({600}, reader_of(folder)), log, 300);
}

TEST_CASE("a tile is asked for once in a proof") {
  Log log;
  log.grow(70'000);
  const Folder folder = log.tiles();
  std::map<std::string, int> asked;
  const HashReader reader =
      tile_reader({70'000}, [&](const std::string& path, std::size_t bytes_max) {
        ++asked[path];
        return reader_of(folder)(path, bytes_max);
      });
  (void)inclusion_proof({12'345}, {70'000}, reader);
  CHECK(asked.size() == 4);
  for (const auto& [path, count] : asked) {
    INFO(path);
    CHECK(count == 1);
  }
}

TEST_CASE("tiles that are missing or have another size") {
  using test::refusal;
  Log log;
  log.grow(300);
  const Folder folder = log.tiles();
  const auto root_with = [](Folder changed) {
    return refusal(ErrorCode::damaged,
                   [&] { (void)root({300}, tile_reader({300}, reader_of(changed))); });
  };
  Folder changed = folder;
  changed.erase("tile/0/001.p/44");
  CHECK(root_with(changed) == "tile/0/001.p/44: is missing");
  changed = folder;
  changed["tile/0/001.p/44"] += "x";
  CHECK(root_with(changed) == "tile/0/001.p/44: expected 1408 bytes, got 1409");
  changed = folder;
  changed["tile/0/001.p/44"].pop_back();
  CHECK(root_with(changed) == "tile/0/001.p/44: expected 1408 bytes, got 1407");
  changed = folder;
  changed.erase("tile/0/001.p/44");
  changed["tile/0/001"] = std::string(44 * 32, 'x');
  CHECK(root_with(changed) == "tile/0/001: expected 8192 bytes, got 1408");
  changed = folder;
  changed["tile/1/000.p/1"].clear();
  CHECK(root_with(changed) == "tile/1/000.p/1: expected 32 bytes, got 0");
}

TEST_CASE("a changed tile gives another root") {
  Log log;
  log.grow(300);
  const Folder folder = log.tiles();
  const Hash right = root({300}, log.store.reader());
  for (const auto& [path, content] : folder) {
    if (path == "tile/0/000") continue;  // the root is computed from the tile above it
    INFO(path);
    Folder changed = folder;
    changed[path].back() ^= 1;
    CHECK(root({300}, tile_reader({300}, reader_of(changed))) != right);
  }
}

}  // namespace octroi::merkle
