// SPDX-License-Identifier: Apache-2.0
#include "registry/sqlite_database.hpp"

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <thread>

#include "base/error.hpp"
#include "catch.hpp"
#include "registry/log.hpp"
#include "registry/temporary_folder.hpp"

using namespace octroi;
using namespace octroi::registry;
using sample::TemporaryFolder;

namespace {

std::string error_of(ErrorCode code, const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    INFO(error.what());
    CHECK(error.code() == code);
    return error.what();
  }
  FAIL("expected an Error, got none");
  return {};
}

void make_registry(const std::filesystem::path& path) {
  const auto database = open_sqlite(path, OpenMode::create);
  Transaction transaction(*database, Transaction::Kind::write);
  make_registry_tables(*database);
  make_log(*database, "board.example/log");
  transaction.commit();
}

bool contains(const std::string& text, const char* part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a registry is made once, for its owner alone, and opened again") {
  TemporaryFolder folder;
  make_registry(folder / "octroi.db");
  struct stat status {};
  REQUIRE(::stat((folder / "octroi.db").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
  error_of(ErrorCode::bad_input, [&] { make_registry(folder / "octroi.db"); });
  CHECK(read_head(*open_sqlite(folder / "octroi.db", OpenMode::read)).origin ==
        "board.example/log");
}

TEST_CASE("what is no registry is not opened, and not changed") {
  TemporaryFolder folder;
  const auto open = [&](const char* name) {
    return error_of(ErrorCode::bad_input,
                    [&] { static_cast<void>(open_sqlite(folder / name, OpenMode::write)); });
  };
  CHECK(contains(open("missing.db"), "octroi init"));
  std::ofstream(folder / "text.db") << "this is a text, and long enough to have a header in it";
  CHECK(contains(open("text.db"), "not an octroi registry"));
  std::ofstream(folder / "empty.db").flush();
  CHECK(contains(open("empty.db"), "not an octroi registry"));
  CHECK(std::filesystem::file_size(folder / "empty.db") == 0);
  std::filesystem::create_directory(folder / "folder.db");
  open("folder.db");
}

TEST_CASE("a registry of a newer version is refused with both versions named") {
  TemporaryFolder folder;
  make_registry(folder / "octroi.db");
  open_sqlite(folder / "octroi.db", OpenMode::write)->run_script("PRAGMA user_version = 7");
  for (const OpenMode mode : {OpenMode::read, OpenMode::write}) {
    const std::string message = error_of(
        ErrorCode::bad_input, [&] { static_cast<void>(open_sqlite(folder / "octroi.db", mode)); });
    CHECK(contains(message, "version 7"));
    CHECK(contains(message, "version 1"));
  }
}

TEST_CASE("a registry opened to read cannot be written") {
  TemporaryFolder folder;
  make_registry(folder / "octroi.db");
  const auto database = open_sqlite(folder / "octroi.db", OpenMode::read);
  error_of(ErrorCode::could_not, [&] { database->run("DELETE FROM logs"); });
}

TEST_CASE("a transaction that is not committed leaves nothing") {
  TemporaryFolder folder;
  make_registry(folder / "octroi.db");
  const auto database = open_sqlite(folder / "octroi.db", OpenMode::write);
  {
    Transaction transaction(*database, Transaction::Kind::write);
    database->run("UPDATE logs SET origin = $1", "changed");
  }
  CHECK(read_head(*database).origin == "board.example/log");
}

TEST_CASE("a second writer waits for the first") {
  TemporaryFolder folder;
  make_registry(folder / "octroi.db");
  const auto first = open_sqlite(folder / "octroi.db", OpenMode::write);
  auto transaction = std::make_unique<Transaction>(*first, Transaction::Kind::write);
  std::thread second([&] {
    const auto database = open_sqlite(folder / "octroi.db", OpenMode::write);
    Transaction waiting(*database, Transaction::Kind::write);
    database->run("UPDATE logs SET origin = origin || $1", " second");
    waiting.commit();
  });
  first->run("UPDATE logs SET origin = $1", "first");
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  transaction->commit();
  second.join();
  CHECK(read_head(*first).origin == "first second");
}

TEST_CASE("a reader sees one state while a writer goes on") {
  TemporaryFolder folder;
  make_registry(folder / "octroi.db");
  const auto reader = open_sqlite(folder / "octroi.db", OpenMode::read);
  const auto writer = open_sqlite(folder / "octroi.db", OpenMode::write);
  Transaction reading(*reader, Transaction::Kind::read);
  CHECK(read_head(*reader).origin == "board.example/log");
  writer->run("UPDATE logs SET origin = $1", "changed");
  CHECK(read_head(*reader).origin == "board.example/log");
}

TEST_CASE("values come back as they were bound") {
  const auto database = open_sqlite_in_memory();
  const Bytes bytes = {0, 1, 255};
  const auto row = database->query("SELECT $1, $2, $3, $4, $5", 7, "text'", ByteView(bytes),
                                   std::optional<std::string>(), ByteView());
  REQUIRE(row->step());
  CHECK(row->integer(0) == 7);
  CHECK(row->text(1) == "text'");
  CHECK(row->blob(2) == bytes);
  CHECK(row->is_null(3));
  CHECK_FALSE(row->is_null(4));
  CHECK(row->blob(4).empty());
  CHECK(row->cell(0) == "7");
  CHECK(row->cell(2) == "x'0001ff'");
  CHECK(row->cell(3) == "NULL");
  CHECK_FALSE(row->step());
}

TEST_CASE("a statement that is used again knows nothing of the time before") {
  TemporaryFolder folder;
  make_registry(folder / "octroi.db");
  const auto database = open_sqlite(folder / "octroi.db", OpenMode::write);
  constexpr std::string_view k_two = "SELECT $1, $2";
  {
    const auto row = database->query(k_two, std::string_view("one"), std::string_view("two"));
    REQUIRE(row->step());
    CHECK(row->text(1) == "two");
  }
  const auto row = database->query(k_two, std::string_view("three"));
  REQUIRE(row->step());
  CHECK(row->text(0) == "three");
  CHECK(row->is_null(1));
  CHECK_FALSE(row->step());

  // Two of one text at once do not disturb each other.
  const auto outer = database->query("SELECT value FROM json_each($1)", std::string_view("[1,2]"));
  REQUIRE(outer->step());
  const auto inner = database->query("SELECT value FROM json_each($1)", std::string_view("[7]"));
  REQUIRE(inner->step());
  CHECK(inner->integer(0) == 7);
  REQUIRE(outer->step());
  CHECK(outer->integer(0) == 2);
}

TEST_CASE("a statement that failed does not fail the next one of its text") {
  TemporaryFolder folder;
  make_registry(folder / "octroi.db");
  const auto database = open_sqlite(folder / "octroi.db", OpenMode::write);
  constexpr std::string_view k_insert =
      "INSERT INTO logs (log, origin, size, head, at) VALUES ($1, $2, 0, $3, '')";
  CHECK_THROWS_AS(database->run(k_insert, 1, std::string_view("other"), Digest{}), Error);
  database->run(k_insert, 2, std::string_view("other"), Digest{});
  const auto row = database->query("SELECT count(*) FROM logs");
  REQUIRE(row->step());
  CHECK(row->integer(0) == 2);
}

TEST_CASE("two connections of one reading see the same, whatever is written meanwhile") {
  TemporaryFolder folder;
  make_registry(folder / "octroi.db");
  const auto writer = open_sqlite(folder / "octroi.db", OpenMode::write);
  const auto reader = open_sqlite(folder / "octroi.db", OpenMode::read);
  std::unique_ptr<Database> beside;
  const Transaction transaction(*reader, beside);
  REQUIRE(beside != nullptr);
  writer->run("UPDATE logs SET size = 7");
  CHECK(read_head(*reader).size == 0);
  CHECK(read_head(*beside).size == 0);
  CHECK(read_head(*open_sqlite(folder / "octroi.db", OpenMode::read)).size == 7);
}

TEST_CASE("there is one connection of what is in memory") {
  const auto database = open_sqlite_in_memory();
  std::unique_ptr<Database> beside;
  const Transaction transaction(*database, beside);
  CHECK(beside == nullptr);
}

TEST_CASE("there is one connection of a file whose name is another's by now, or nobody's") {
  TemporaryFolder folder;
  make_registry(folder / "octroi.db");
  make_registry(folder / "other.db");
  open_sqlite(folder / "other.db", OpenMode::write)->run("UPDATE logs SET size = 7");
  const auto reader = open_sqlite(folder / "octroi.db", OpenMode::read);
  const bool is_replaced = GENERATE(true, false);
  if (is_replaced) {
    std::filesystem::rename(folder / "other.db", folder / "octroi.db");
  } else {
    std::filesystem::remove(folder / "octroi.db");
  }
  std::unique_ptr<Database> beside;
  const Transaction transaction(*reader, beside);
  CHECK(beside == nullptr);
  CHECK(read_head(*reader).size == 0);
}
