// SPDX-License-Identifier: Apache-2.0
#include "registry/tree.hpp"

#include "base/error.hpp"
#include "catch.hpp"
#include "merkle/tree.hpp"
#include "registry/log.hpp"
#include "registry/sqlite_database.hpp"

using namespace octroi;
using namespace octroi::registry;

namespace {

/// RFC 6962 section 2.1, word for word: the reference.
merkle::Hash root_of(const std::vector<merkle::Hash>& leaves, std::size_t from, std::size_t to) {
  if (to - from == 1) return leaves[from];
  std::size_t split = 1;
  while (split * 2 < to - from) split *= 2;
  return merkle::node_hash(root_of(leaves, from, from + split), root_of(leaves, from + split, to));
}

}  // namespace

TEST_CASE("the stored hashes give the root of every size that the log ever had") {
  const auto database = open_sqlite_in_memory();
  make_log(*database, "log.example");
  std::vector<merkle::Hash> leaves;
  for (std::int64_t seq = 0; seq < 200; ++seq) {
    const std::string event = "event " + std::to_string(seq);
    leaves.push_back(merkle::leaf_hash(event));
    append_to_tree(*database, seq, leaves.back());
    const auto row = database->query("SELECT count(*) FROM tree_hashes");
    REQUIRE(row->step());
    CHECK(static_cast<std::uint64_t>(row->integer(0)) ==
          merkle::stored_count({static_cast<std::uint64_t>(seq) + 1}));
  }
  for (std::size_t size = 1; size <= leaves.size(); ++size) {
    CHECK(merkle::root({size}, tree_reader(*database)) == root_of(leaves, 0, size));
  }
}

TEST_CASE("a hash that is missing is damage, not a guess") {
  const auto database = open_sqlite_in_memory();
  make_log(*database, "log.example");
  for (std::int64_t seq = 0; seq < 5; ++seq) {
    append_to_tree(*database, seq, merkle::leaf_hash("event"));
  }
  database->run_script("DELETE FROM tree_hashes WHERE position = 6");
  const auto code_of = [](const auto& act) {
    try {
      act();
    } catch (const Error& error) {
      return error.code();
    }
    return ErrorCode::usage;
  };
  CHECK(code_of([&] { static_cast<void>(merkle::root({5}, tree_reader(*database))); }) ==
        ErrorCode::damaged);
}
