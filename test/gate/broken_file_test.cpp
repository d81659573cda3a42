// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <random>

#include "catch.hpp"
#include "gate/rich_board.hpp"
#include "registry/sqlite_database.hpp"
#include "support/temporary_folder.hpp"

using namespace octroi;
using namespace octroi::gate;
using sample::found_in;
using sample::rich_file;

namespace {

/// The registry's whole content, as text.
std::string content_of(Database& database) {
  std::string content;
  const auto table = database.query(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*' "
      "ORDER BY name");
  while (table->step()) {
    content += table->text(1) + "\n";
    const auto row = database.query("SELECT * FROM " + table->text(0) + " ORDER BY 1, 2");
    while (row->step()) {
      for (int column = 0; column < row->columns(); ++column) content += row->cell(column) + "|";
      content += "\n";
    }
  }
  return content;
}

/// A file of those bytes, opened and audited. Nothing: it is sound, and `content` is what it holds.
std::optional<std::string> found_in_file(const std::string& bytes, std::string& content) {
  const test::TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "octroi.db";
  std::ofstream(file, std::ios::binary) << bytes;
  try {
    const auto database = registry::open_sqlite(file, registry::OpenMode::read);
    auto found = found_in(*database);
    if (!found) content = content_of(*database);
    return found;
  } catch (const Error& error) {
    if (error.code() != ErrorCode::damaged && error.code() != ErrorCode::bad_input) throw;
    return error.what();
  }
}

}  // namespace

TEST_CASE("a file cut off anywhere is refused or has faults") {
  const std::size_t size = rich_file().size();
  std::string content;
  for (const std::size_t length :
       {std::size_t{0}, std::size_t{1}, std::size_t{99}, std::size_t{100}, std::size_t{512},
        std::size_t{4095}, std::size_t{4096}, std::size_t{4097}, size / 4, size / 2,
        size - size / 4, size - 4096, size - 1}) {
    INFO(length);
    std::optional<std::string> found;
    CHECK_NOTHROW(found = found_in_file(rich_file().substr(0, length), content));
    CHECK(found.has_value());
  }
}

TEST_CASE("flipped bits anywhere in the file change nothing, or are found") {
  std::string whole;
  REQUIRE(found_in_file(rich_file(), whole) == std::nullopt);
  REQUIRE_FALSE(whole.empty());
  int found_count = 0;
  for (unsigned seed = 0; seed < 200; ++seed) {
    INFO(seed);
    std::mt19937 random(seed);
    std::string bytes = rich_file();
    for (unsigned flip = 0; flip <= seed % 3; ++flip) {
      char& one = bytes[random() % bytes.size()];
      one = static_cast<char>(one ^ static_cast<char>(1U << (random() % 8)));
    }
    std::string content;
    std::optional<std::string> found;
    CHECK_NOTHROW(found = found_in_file(bytes, content));
    if (found) ++found_count;
    if (!found) CHECK(content == whole);  // in what holds nothing
  }
  CHECK(found_count > 60);
}

TEST_CASE("tables, indexes, triggers and views are those of the schema") {
  const char* changes[] = {
      "CREATE VIEW seen AS SELECT * FROM members",
      "CREATE INDEX more ON members (roles)",
      "CREATE TRIGGER t AFTER INSERT ON events BEGIN DELETE FROM members; END",
      "DROP INDEX tokens_by_request",
      "ALTER TABLE members ADD COLUMN extra TEXT",
      "ALTER TABLE members RENAME COLUMN roles TO parts",
      "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, ' NOT NULL', '') "
      "WHERE name = 'members'; PRAGMA writable_schema = RESET",
  };
  const auto check = [](const std::string& sql) {
    INFO(sql);
    const test::TemporaryFolder folder;
    const std::filesystem::path file = folder.path() / "octroi.db";
    std::ofstream(file, std::ios::binary) << rich_file();
    const auto database = registry::open_sqlite(file, registry::OpenMode::write);
    database->run_script("PRAGMA foreign_keys = OFF; " + sql);
    std::optional<std::string> found;
    CHECK_NOTHROW(found = found_in(*database));
    CHECK(found.has_value());
  };
  for (const char* sql : changes) check(sql);
  sample::Board board;
  const auto table = board.database().query(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*'");
  while (table->step()) check("DROP TABLE " + table->text(0));
}
