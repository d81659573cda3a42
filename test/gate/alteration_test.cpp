// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <fstream>
#include <map>

#include <fmt/format.h>

#include "catch.hpp"
#include "gate/audit.hpp"
#include "gate/rich_board.hpp"
#include "registry/sqlite_database.hpp"
#include "support/temporary_folder.hpp"

using namespace octroi;
using namespace octroi::gate;
using sample::found_in;
using sample::rich_file;

namespace {

/// Changes that an audit of the file alone cannot see, and why.
const std::map<std::string, const char*> k_not_evidence = {
    {"checkpoints: every row taken out", "as one row of them"},
    {"checkpoints: a row taken out",
     "a checkpoint can be signed again: whoever was given it holds it, and audits --against it"},
};

std::vector<std::string> texts_of(Database& database, const std::string& sql) {
  std::vector<std::string> texts;
  const auto row = database.query(sql);
  while (row->step()) {
    std::string line;
    for (int column = 0; column < row->columns(); ++column) line += row->cell(column) + "|";
    texts.push_back(line);
  }
  return texts;
}

std::vector<std::string> names_of(Database& database, const std::string& sql) {
  std::vector<std::string> names;
  const auto row = database.query(sql);
  while (row->step()) names.push_back(row->text(0));
  return names;
}

std::vector<std::string> tables_of(Database& database) {
  return names_of(database,
                  "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT GLOB "
                  "'sqlite_*' ORDER BY name");
}

struct Column {
  std::string name;
  std::string type;
};

std::vector<Column> columns_of(Database& database, const std::string& table) {
  std::vector<Column> columns;
  const auto row = database.query("SELECT name, type FROM pragma_table_info($1)", table);
  while (row->step()) columns.push_back({row->text(0), row->text(1)});
  return columns;
}

/// A copy in memory that is altered and put right again, table by table.
class Altered {
 public:
  Altered() : database_(registry::open_sqlite_in_memory()) {
    const std::filesystem::path file = folder_.path() / "octroi.db";
    write_text(file, rich_file());
    database_->run_script(
        "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; ATTACH '" +
        file.string() + "' AS pristine");
    for (const std::string& table : tables_of(*database_)) restore(table);
  }

  Database& database() { return *database_; }

  void restore(const std::string& table) {
    database_->run_script(
        fmt::format("DELETE FROM main.{0}; INSERT INTO main.{0} SELECT * FROM "
                    "pristine.{0}",
                    table));
  }

  /// Changes a copy of the table by `sql` ("held" is its name) and puts its rows in place. False
  /// when no such table can be: SQLite refuses it, or it is the same as before.
  bool alter(const std::string& table, const std::string& sql) {
    const std::string all = "SELECT * FROM main." + table;
    const std::vector<std::string> before = sorted(texts_of(*database_, all));
    database_->run_script("DROP TABLE IF EXISTS temp.held; CREATE TEMP TABLE held AS " + all);
    try {
      database_->run_script(sql + fmt::format("; DELETE FROM main.{0}; INSERT INTO main.{0} SELECT "
                                              "* FROM temp.held",
                                              table));
    } catch (const Error&) {
      database_->run_script("DROP TABLE temp.held");
      restore(table);
      return false;
    }
    database_->run_script("DROP TABLE temp.held");
    return sorted(texts_of(*database_, all)) != before;
  }

 private:
  /// A table has no order: rows that only changed places are the same table.
  static std::vector<std::string> sorted(std::vector<std::string> rows) {
    std::sort(rows.begin(), rows.end());
    return rows;
  }

  static void write_text(const std::filesystem::path& file, const std::string& bytes) {
    std::ofstream(file, std::ios::binary) << bytes;
  }

  test::TemporaryFolder folder_;
  std::unique_ptr<Database> database_;
};

/// Another value of the same type.
std::string other_value(const Column& column) {
  if (column.type == "INTEGER") return column.name + " + 1";
  if (column.type == "BLOB") {
    return fmt::format("CASE WHEN length({0}) > 0 THEN zeroblob(length({0})) ELSE x'00' END",
                       column.name);
  }
  return fmt::format(
      "CASE WHEN length({0}) > 0 THEN substr({0}, 1, length({0}) - 1) || CASE substr({0}, -1) WHEN "
      "'a' THEN 'b' ELSE 'a' END ELSE 'x' END",
      column.name);
}

std::string empty_value(const Column& column) {
  return column.type == "INTEGER" ? "0" : column.type == "BLOB" ? "x''" : "''";
}

constexpr const char* k_first = "(SELECT min(rowid) FROM held)";
constexpr const char* k_last = "(SELECT max(rowid) FROM held)";

struct Change {
  std::string name;
  std::string sql;
};

std::vector<Change> changes_of(const Column& column) {
  std::vector<Change> changes;
  for (const char* row : {k_first, k_last}) {
    const std::string at =
        fmt::format("UPDATE held SET {} = {{}} WHERE rowid = {}", column.name, row);
    changes.push_back({"another value", fmt::format(fmt::runtime(at), other_value(column))});
  }
  const std::string at =
      fmt::format("UPDATE held SET {} = {{}} WHERE rowid = {}", column.name, k_last);
  changes.push_back({"emptied", fmt::format(fmt::runtime(at), empty_value(column))});
  changes.push_back({"NULL", fmt::format(fmt::runtime(at), "NULL")});
  changes.push_back(
      {"swapped",
       fmt::format("CREATE TEMP TABLE two AS SELECT rowid AS place, {0} AS v FROM held WHERE rowid "
                   "IN ({1}, {2}); UPDATE held SET {0} = (SELECT v FROM two WHERE place <> "
                   "held.rowid) WHERE rowid IN (SELECT place FROM two) AND (SELECT count(*) FROM "
                   "two) = 2; DROP TABLE two",
                   column.name, k_first, k_last)});
  return changes;
}

/// Everything that was not found and has no reason to be so.
class Misses {
 public:
  void judge(Altered& altered, const std::string& table, const std::string& what,
             const std::string& sql) {
    if (!altered.alter(table, sql)) return;
    ++tried_;
    const std::string name = table + what;
    INFO(name);
    std::optional<std::string> found;
    CHECK_NOTHROW(found = found_in(altered.database()));
    altered.restore(table);
    if (found.has_value() == k_not_evidence.contains(name)) FAIL_CHECK("not as expected: " + name);
  }
  [[nodiscard]] int tried() const { return tried_; }

 private:
  int tried_ = 0;
};

}  // namespace

TEST_CASE("the rich board is sound, and no table of it is empty") {
  Altered altered;
  const AuditReport report =
      audit(altered.database(), sample::rich_now(), [](std::int64_t, std::int64_t) {});
  for (const AuditFault& fault : report.faults) FAIL_CHECK(fault.what);
  CHECK(report.assessments >= 2);
  CHECK(report.erased_assessments == 1);
  const std::vector<AuditGap> gaps = {
      {AuditGapKind::erased_assessments, {"R-2026-0003 version 1, event 23"}},
      {AuditGapKind::erased_documents,
       {"assessment R-2026-0003 version 1", "request R-2026-0003 version 1"}},
      {AuditGapKind::cosignatures, {"26 events: witness.example"}}};
  REQUIRE(report.not_checked.size() == gaps.size());
  for (std::size_t i = 0; i < gaps.size(); ++i) {
    CHECK(name_of(report.not_checked[i].kind) == name_of(gaps[i].kind));
    CHECK(report.not_checked[i].names == gaps[i].names);
  }
  for (const std::string& table : tables_of(altered.database())) {
    INFO(table);
    CHECK_FALSE(texts_of(altered.database(), "SELECT * FROM " + table).empty());
  }
}

TEST_CASE("a value changed in any column of any table is found") {
  Altered altered;
  Misses misses;
  for (const std::string& table : tables_of(altered.database())) {
    for (const Column& column : columns_of(altered.database(), table)) {
      const int before = misses.tried();
      for (const Change& change : changes_of(column)) {
        misses.judge(altered, table, "." + column.name + ": " + change.name, change.sql);
      }
      INFO(table << "." << column.name);
      CHECK(misses.tried() > before);
    }
  }
  CHECK(found_in(altered.database()) == std::nullopt);  // it was put right each time
}

TEST_CASE("a row added to or taken out of any table is found") {
  Altered altered;
  Misses misses;
  for (const std::string& table : tables_of(altered.database())) {
    for (const char* row : {k_first, k_last}) {
      misses.judge(altered, table, ": a row taken out",
                   fmt::format("DELETE FROM held WHERE rowid = {}", row));
    }
    misses.judge(altered, table, ": every row taken out", "DELETE FROM held");
    std::string values;
    for (const Column& column : columns_of(altered.database(), table)) {
      values += (values.empty() ? "" : ", ") + other_value(column);
    }
    misses.judge(
        altered, table, ": a row added",
        fmt::format("INSERT INTO held SELECT {} FROM held WHERE rowid = {}", values, k_last));
  }
  CHECK(misses.tried() > 80);
}
