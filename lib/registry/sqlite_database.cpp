// SPDX-License-Identifier: Apache-2.0
#include "registry/sqlite_database.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <deque>
#include <random>
#include <thread>
#include <unordered_map>
#include <utility>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "registry/registry_sql.hpp"

namespace octroi::registry {
namespace {

namespace fs = std::filesystem;

// "octr": tells a registry from any other SQLite file. The value is written once, never changed.
constexpr std::int64_t k_application_id = 0x6f637472;
constexpr std::int64_t k_schema_version = 1;

// A transaction of a thousand requests stays in memory until its commit, or its pages are written
// to the log and read again before that; and few commits wait for the log to be copied into the
// file, which then gets a page once that several commits have changed. In KiB, and pages of 4 KiB.
constexpr std::int64_t k_cache_kib_of_writer = 16 * 1024;
constexpr std::int64_t k_log_pages_before_copying = 8192;

Error translate(const SQLite::Exception& failure, std::string_view file) {
  const int code = failure.getErrorCode() & 0xff;  // without SQLite's extended part
  const std::string name(file);
  switch (code) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorCode::busy, fmt::format("{}: another process has been writing for {} seconds; "
                                           "nothing was changed, try again",
                                           name, k_busy_wait_seconds)};
    case SQLITE_NOTADB:
      return {ErrorCode::bad_input, name + ": this is not an octroi registry"};
    case SQLITE_CORRUPT:
      return {ErrorCode::damaged, name + ": the file is damaged: " + failure.getErrorStr()};
    case SQLITE_FULL:
      return {ErrorCode::could_not, name + ": the disk is full; nothing was changed"};
    case SQLITE_READONLY:
      return {ErrorCode::could_not, name + ": the file or its folder cannot be written"};
    case SQLITE_CANTOPEN:
      return {ErrorCode::could_not, name + ": cannot be opened: " + std::strerror(errno)};
    default:
      return {ErrorCode::could_not, name + ": " + printable(failure.what())};
  }
}

/// A text of a statement, and a prepared statement of it that is not in use.
struct SpareStatement {
  std::string sql;
  std::unique_ptr<SQLite::Statement> statement = nullptr;
};

/// Statements that are prepared and not in use: preparing one costs more than running it. At most
/// one of each text.
class SpareStatements {
 public:
  /// The place for a text; nullptr where none is kept. Stays valid as long as this.
  SpareStatement* find(std::string_view sql) {
    const auto known = by_sql_.find(sql);
    if (known != by_sql_.end()) return known->second;
    // A pragma may act when it is prepared.
    if (sql.starts_with("PRAGMA") || spares_.size() >= k_texts_max) return nullptr;
    SpareStatement& made = spares_.emplace_back(SpareStatement{std::string(sql)});
    by_sql_.emplace(made.sql, &made);
    return &made;
  }

 private:
  static constexpr std::size_t k_texts_max = 200;  ///< more than octroi has
  std::deque<SpareStatement> spares_;              // which stay where they are
  std::unordered_map<std::string_view, SpareStatement*> by_sql_;
};

/// Goes back to the spare ones when it is not used any longer, its rows and values forgotten.
class SqliteStatement final : public Statement {
 public:
  SqliteStatement(SQLite::Database& database, SpareStatements& spares, std::string_view sql,
                  const std::string& file)
      : spare_(spares.find(sql)), file_(file) {
    if (spare_ != nullptr) owned_ = std::move(spare_->statement);
    if (!owned_) owned_ = std::make_unique<SQLite::Statement>(database, std::string(sql));
  }
  SqliteStatement(const SqliteStatement&) = delete;
  SqliteStatement& operator=(const SqliteStatement&) = delete;
  ~SqliteStatement() override {
    if (spare_ == nullptr || has_failed_ || owned_->tryReset() != SQLITE_OK) return;
    owned_->clearBindings();
    spare_->statement = std::move(owned_);
  }

  void bind(int parameter, std::int64_t value) override {
    owned_->bind(parameter, static_cast<int64_t>(value));
  }
  void bind(int parameter, std::string_view value) override {
    owned_->bind(parameter, std::string(value));
  }
  void bind(int parameter, ByteView value) override {
    // An empty vector may hand out a null pointer, which SQLite would bind as NULL.
    owned_->bind(parameter, value.empty() ? static_cast<const void*>("") : value.data(),
                 static_cast<int>(value.size()));
  }
  void bind_null(int parameter) override { owned_->bind(parameter); }

  bool step() override {
    try {
      return owned_->executeStep();
    } catch (const SQLite::Exception& failure) {
      has_failed_ = true;
      throw translate(failure, file_);
    }
  }

  int columns() const override { return owned_->getColumnCount(); }
  bool is_null(int column) const override { return owned_->isColumnNull(column); }
  std::int64_t integer(int column) const override { return value(column).getInt64(); }
  std::string text(int column) const override { return value(column).getString(); }
  Bytes blob(int column) const override {
    const SQLite::Column cell_value = value(column);
    const auto* data = static_cast<const std::uint8_t*>(cell_value.getBlob());
    return data == nullptr ? Bytes{} : Bytes(data, data + cell_value.getBytes());
  }
  std::string cell(int column) const override {
    const SQLite::Column cell_value = value(column);
    if (cell_value.isNull()) return "NULL";
    if (cell_value.isBlob()) return "x'" + to_hex(blob(column)) + "'";
    return (cell_value.isText() ? "'" : "") + cell_value.getString();
  }
  CellView view(int column) const override {
    const SQLite::Column cell_value = value(column);
    const auto bytes = [&cell_value](const void* data) {
      const auto size = static_cast<std::size_t>(cell_value.getBytes());
      return data == nullptr ? "" : std::string_view(static_cast<const char*>(data), size);
    };
    if (cell_value.isNull()) return {};
    if (cell_value.isInteger()) return {CellView::Type::integer, cell_value.getInt64(), {}};
    if (cell_value.isBlob()) return {CellView::Type::blob, 0, bytes(cell_value.getBlob())};
    const auto type = cell_value.isText() ? CellView::Type::text : CellView::Type::real;
    return {type, 0, bytes(cell_value.getText())};
  }

 private:
  SQLite::Column value(int column) const { return owned_->getColumn(column); }

  SpareStatement* spare_;
  std::unique_ptr<SQLite::Statement> owned_;
  const std::string& file_;
  bool has_failed_ = false;
};

class SqliteDatabase final : public Database {
 public:
  SqliteDatabase(std::string file, std::string address, int flags)
      : file_(std::move(file)),
        address_(std::move(address)),
        flags_(flags),
        database_(open(address_, flags_)) {
    sqlite3_busy_handler(database_.getHandle(), &SqliteDatabase::wait_a_little, &busy_since_);
    run_script(
        "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY; "
        "PRAGMA secure_delete = ON;");
  }

  std::unique_ptr<Statement> prepare(std::string_view sql) override {
    try {
      return std::make_unique<SqliteStatement>(database_, spares_, sql, file_);
    } catch (const SQLite::Exception& failure) {
      throw translate(failure, file_);
    }
  }
  void run_script(std::string_view sql) override {
    try {
      database_.exec(std::string(sql));
    } catch (const SQLite::Exception& failure) {
      throw translate(failure, file_);
    }
  }
  void begin_write() override { run("BEGIN IMMEDIATE"); }
  void begin_read() override { run("BEGIN DEFERRED"); }
  // A connection's data_version changes with every commit of another one: between two equal answers
  // there was none, so whoever began to read between them sees what this one sees after them.
  std::unique_ptr<Database> begin_read_twice() override {
    std::unique_ptr<SqliteDatabase> beside;
    std::int64_t before = 0;
    try {
      beside = open_beside();
      if (beside) before = beside->pragma("data_version");
    } catch (const Error&) {  // moved meanwhile, or no more files can be opened: one will do
      beside = nullptr;
    }
    begin_read();
    if (!beside) return nullptr;
    try {
      pragma("schema_version");  // the first reading: from here on, this one sees one state
      beside->begin_read();
      const bool is_same = beside->pragma("data_version") == before;
      // Not the same file when another one got its name in between.
      if (is_same && !has_moved() && !beside->has_moved()) return beside;
    } catch (...) {
      roll_back();
      throw;
    }
    return nullptr;
  }
  void commit() override { run("COMMIT"); }
  void roll_back() noexcept override {
    // SQLite has rolled back by itself after some failures, and then says so: nothing is lost.
    static_cast<void>(database_.tryExec("ROLLBACK"));
  }

  // Deleted content is overwritten in its page (secure_delete); what the write-ahead log still has
  // of it goes with the log.
  void forget_deleted() override {
    const auto row = prepare("PRAGMA wal_checkpoint(TRUNCATE)");
    if (row->step() && row->integer(0) == 0) return;
    throw Error(ErrorCode::busy,
                file_ +
                    ": what was deleted is still in its -wal file, since another process is "
                    "reading; the last one to close the registry removes it");
  }

  /// Another connection to the file, to read; nullptr for one in memory.
  std::unique_ptr<SqliteDatabase> open_beside() const {
    if ((flags_ & SQLite::OPEN_CREATE) != 0) return nullptr;  // only those in memory are created
    const int flags = (flags_ & ~SQLite::OPEN_READWRITE) | SQLite::OPEN_READONLY;
    return std::make_unique<SqliteDatabase>(file_, address_, flags);
  }

  /// Whether the path names another file by now, or none.
  bool has_moved() {
    int moved = 0;
    sqlite3_file_control(database_.getHandle(), nullptr, SQLITE_FCNTL_HAS_MOVED, &moved);
    return moved != 0;
  }

  std::int64_t pragma(const char* name) {
    auto statement = prepare(std::string("PRAGMA ") + name);
    return statement->step() ? statement->integer(0) : 0;
  }

 private:
  // A connection is used by one thread at a time (SharedDatabase sees to it), and nobody asks how
  // much memory is in use: without locks for either, SQLite does the same with a tenth less.
  SQLite::Database open(const std::string& address, int flags) const {
    static const int k_is_set = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    static_cast<void>(k_is_set);  // where SQLite runs already, it goes on counting
    try {
      return SQLite::Database(address, flags | SQLite::OPEN_NOMUTEX);
    } catch (const SQLite::Exception& failure) {
      throw translate(failure, file_);
    }
  }

  // SQLite's own busy timeout backs off to 100 ms and starves a waiting writer for seconds; short
  // random sleeps let every waiter have its turn.
  static int wait_a_little(void* since, int attempt) {
    using std::chrono::steady_clock;
    auto& start = *static_cast<steady_clock::time_point*>(since);
    if (attempt == 0) start = steady_clock::now();
    if (steady_clock::now() - start > std::chrono::seconds(k_busy_wait_seconds)) return 0;
    thread_local std::minstd_rand generator{std::random_device{}()};
    std::uniform_int_distribution<int> microseconds(200, 2000);
    std::this_thread::sleep_for(std::chrono::microseconds(microseconds(generator)));
    return 1;
  }

  std::string file_;
  std::string address_;
  int flags_;
  std::chrono::steady_clock::time_point busy_since_{};
  SQLite::Database database_;
  SpareStatements spares_;  ///< gone before their database
};

void create_empty_file(const fs::path& path) {
  const int file = ::open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  if (file < 0 && errno == EEXIST) {
    throw Error(ErrorCode::bad_input, path.string() +
                                          ": exists already; a registry is never "
                                          "overwritten, choose another --registry");
  }
  if (file < 0) {
    throw Error(ErrorCode::could_not,
                path.string() + ": cannot be created: " + std::strerror(errno));
  }
  ::close(file);
}

void make_tables(SqliteDatabase& database) {
  database.run_script(k_registry_sql);
  database.run_script(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {};",
                                  k_application_id, k_schema_version));
}

void check_that_it_is_a_registry(SqliteDatabase& database, const std::string& name) {
  if (database.pragma("application_id") != k_application_id) {
    throw Error(ErrorCode::bad_input, name + ": this is not an octroi registry");
  }
  const std::int64_t version = database.pragma("user_version");
  if (version > k_schema_version) {
    throw Error(ErrorCode::bad_input,
                fmt::format("{}: registry version {} is newer than version {}, the newest this "
                            "octroi knows; use a newer octroi",
                            name, version, k_schema_version));
  }
  if (version != k_schema_version) {
    throw Error(ErrorCode::damaged, fmt::format("{}: unknown registry version {}", name, version));
  }
}

void make_durable(SqliteDatabase& database, const std::string& name) {
  auto mode = database.prepare("PRAGMA journal_mode = WAL");
  if (!mode->step() || mode->text(0) != "wal") {
    throw Error(ErrorCode::could_not, name + ": this file system cannot hold a registry (no WAL)");
  }
  database.run_script(fmt::format(
      "PRAGMA synchronous = FULL; PRAGMA cache_size = -{}; PRAGMA wal_autocheckpoint = {};",
      k_cache_kib_of_writer, k_log_pages_before_copying));
  if (database.pragma("synchronous") != 2 || database.pragma("foreign_keys") != 1 ||
      database.pragma("secure_delete") != 1) {
    throw Error(ErrorCode::could_not, name + ": SQLite did not take its safety settings");
  }
}

// SQLite takes names like ":memory:" and "file:x?mode=memory" for something else than a file, but
// never one that begins with a folder.
fs::path address_of(const fs::path& path) {
  return path.is_absolute() ? path : "." / path;
}

std::string immutable_address(const fs::path& path) {
  std::string address = "file:";
  for (const char c : address_of(path).string()) {
    if (c == '%' || c == '?' || c == '#') {
      address += fmt::format("%{:02x}", static_cast<unsigned>(c));
    } else {
      address += c;
    }
  }
  return address + "?immutable=1";
}

// A WAL file that nobody has open cannot be read from a folder that cannot be written: SQLite wants
// to make its shared-memory file. Without a -wal file there is nothing but the main file to read.
std::unique_ptr<SqliteDatabase> open_to_read(const fs::path& path) {
  const std::string name = path.string();
  const bool has_writable_folder = ::access(address_of(path).parent_path().c_str(), W_OK) == 0;
  if (!has_writable_folder && !fs::exists(name + "-wal")) {
    return std::make_unique<SqliteDatabase>(name, immutable_address(path),
                                            SQLite::OPEN_READONLY | SQLite::OPEN_URI);
  }
  return std::make_unique<SqliteDatabase>(name, address_of(path), SQLite::OPEN_READONLY);
}

}  // namespace

std::unique_ptr<Database> open_sqlite(const fs::path& path, OpenMode mode) {
  const std::string name = path.string();
  if (mode == OpenMode::create) {
    create_empty_file(path);
    auto database =
        std::make_unique<SqliteDatabase>(name, address_of(path), SQLite::OPEN_READWRITE);
    make_durable(*database, name);
    return database;
  }
  std::error_code failure;
  if (!fs::is_regular_file(path, failure)) {
    throw Error(ErrorCode::bad_input,
                name +
                    ": there is no registry here; name one with --registry, or make one with "
                    "'octroi init'");
  }
  auto database = mode == OpenMode::read ? open_to_read(path)
                                         : std::make_unique<SqliteDatabase>(name, address_of(path),
                                                                            SQLite::OPEN_READWRITE);
  check_that_it_is_a_registry(*database, name);
  if (mode == OpenMode::write) make_durable(*database, name);
  return database;
}

void make_registry_tables(Database& database) {
  make_tables(dynamic_cast<SqliteDatabase&>(database));
}

std::unique_ptr<Database> open_sqlite_in_memory() {
  auto database = std::make_unique<SqliteDatabase>(
      "(replay)", ":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  make_tables(*database);
  return database;
}

}  // namespace octroi::registry
