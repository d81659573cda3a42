// SPDX-License-Identifier: Apache-2.0
#include "registry/tree.hpp"

#include "base/error.hpp"
#include "merkle/tree.hpp"
#include "registry/log.hpp"

namespace octroi::registry {
namespace {

constexpr std::string_view k_store_hash =
    "INSERT INTO tree_hashes (log, position, hash) VALUES (1, $1, $2)";
constexpr std::string_view k_hash = "SELECT hash FROM tree_hashes WHERE log = 1 AND position = $1";

merkle::TreeSize size_of(std::int64_t events) {
  return {static_cast<std::uint64_t>(events)};
}

}  // namespace

void append_to_tree(Database& database, std::int64_t seq, const merkle::Hash& leaf) {
  const merkle::TreeSize before = size_of(seq);
  auto position = static_cast<std::int64_t>(merkle::stored_count(before));
  for (const merkle::Hash& hash : merkle::append(before, leaf, tree_reader(database))) {
    database.run(k_store_hash, position++, hash);
  }
}

merkle::HashReader tree_reader(Database& database) {
  return [&database](std::span<const merkle::Node> nodes) {
    merkle::Hashes hashes;
    hashes.reserve(nodes.size());
    for (const merkle::Node& node : nodes) {
      const auto row =
          database.query(k_hash, static_cast<std::int64_t>(merkle::stored_index(node)));
      if (!row->step()) throw Error(ErrorCode::damaged, "registry: a hash of the log is missing");
      hashes.push_back(row->digest(0));
    }
    return hashes;
  };
}

merkle::TreeHead tree_head(Database& database) {
  const merkle::TreeSize size = size_of(read_head(database).size);
  return {size, merkle::root(size, tree_reader(database))};
}

}  // namespace octroi::registry
