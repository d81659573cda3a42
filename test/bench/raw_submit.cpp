// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <sqlite3.h>

#include <array>
#include <iostream>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/limits.hpp"
#include "crypto/hash.hpp"
#include "crypto/key.hpp"
#include "crypto/key_file.hpp"

/// bench_raw_submit REGISTRY KEYS PASSPHRASE_FILE REQUESTS PER_TRANSACTION
///   The least that submitting the requests of a file, one a line, can cost: it opens the key of
///   researcher-1 and, with SQLite's own interface, writes rows of the same sizes into the same
///   tables of a registry as octroi does for each, and signs a text as long as an event, so many
///   requests in a transaction, as durable. Nothing is read, checked, hashed or linked: what is
///   left in the file is no sound registry. As octroi's does, its process ends with all of it in
///   the file, and none in the write-ahead log.
namespace octroi::bench {
namespace {

using Hash = std::array<std::uint8_t, 32>;

class Raw {
 public:
  explicit Raw(const std::string& path) {
    // As lib/registry/sqlite_database.cpp opens a registry.
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    constexpr int k_flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(path.c_str(), &database_, k_flags, nullptr) != SQLITE_OK) fail();
    run("PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY;"
        "PRAGMA secure_delete = ON; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
        "PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 8192");
  }
  Raw(const Raw&) = delete;
  Raw& operator=(const Raw&) = delete;
  ~Raw() {
    for (sqlite3_stmt* statement : statements_) sqlite3_finalize(statement);
    sqlite3_close(database_);
  }

  void run(const char* sql) {
    if (sqlite3_exec(database_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail();
  }
  sqlite3_stmt* prepare(const char* sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(database_, sql, -1, &statement, nullptr) != SQLITE_OK) fail();
    statements_.push_back(statement);
    return statement;
  }
  template <typename... Values>
  void write(sqlite3_stmt* statement, const Values&... values) {
    int parameter = 0;
    (bind(statement, ++parameter, values), ...);
    if (sqlite3_step(statement) != SQLITE_DONE) fail();
    sqlite3_reset(statement);
  }
  /// The first column of the only row.
  std::string read(const char* sql) {
    sqlite3_stmt* statement = prepare(sql);
    if (sqlite3_step(statement) != SQLITE_ROW) fail();
    std::string value = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
    sqlite3_reset(statement);
    return value;
  }

 private:
  [[noreturn]] void fail() { throw Error(ErrorCode::could_not, sqlite3_errmsg(database_)); }
  static void bind(sqlite3_stmt* statement, int parameter, std::int64_t value) {
    sqlite3_bind_int64(statement, parameter, value);
  }
  static void bind(sqlite3_stmt* statement, int parameter, const std::string& value) {
    sqlite3_bind_text(statement, parameter, value.data(), static_cast<int>(value.size()),
                      SQLITE_STATIC);
  }
  static void bind(sqlite3_stmt* statement, int parameter, ByteView value) {
    sqlite3_bind_blob(statement, parameter, value.data(), static_cast<int>(value.size()),
                      SQLITE_STATIC);
  }

  sqlite3* database_ = nullptr;
  std::vector<sqlite3_stmt*> statements_;
};

struct Job {
  std::vector<std::string> requests;
  std::size_t per_transaction;
};

void write_all(Raw& raw, const Job& job, const crypto::SecretKey& key) {
  std::string token = raw.read(
      "SELECT token FROM events WHERE log = 1 AND seq = (SELECT seq FROM request_history "
      "WHERE type = 'request.submitted' LIMIT 1)");
  std::int64_t seq = std::stoll(raw.read("SELECT size FROM logs"));
  std::int64_t position =
      std::stoll(raw.read("SELECT max(position) FROM tree_hashes WHERE log = 1")) + 1;
  const std::string time = "2030-03-02T08:00:00Z";
  sqlite3_stmt* document = raw.prepare("INSERT INTO documents VALUES (?, 'request', ?, ?)");
  sqlite3_stmt* request = raw.prepare("INSERT INTO requests VALUES (?, 1, 'submitted', ?)");
  sqlite3_stmt* version = raw.prepare("INSERT INTO request_versions VALUES (?, 1, ?, ?)");
  sqlite3_stmt* history = raw.prepare(
      "INSERT INTO request_history (request, seq, at, type, member, note) "
      "VALUES (?, ?, ?, 'request.submitted', ?, 'version 1')");
  sqlite3_stmt* counter =
      raw.prepare("UPDATE counters SET last = last + 1 WHERE series = 'R-2026'");
  sqlite3_stmt* event = raw.prepare("INSERT INTO events VALUES (1, ?, ?, ?)");
  sqlite3_stmt* hash = raw.prepare("INSERT INTO tree_hashes VALUES (1, ?, ?)");
  sqlite3_stmt* head = raw.prepare("UPDATE logs SET size = ?, head = ?, at = ? WHERE log = 1");
  const std::string member = "researcher-1";
  for (std::size_t i = 0; i < job.requests.size(); ++i) {
    if (i % job.per_transaction == 0) raw.run("BEGIN IMMEDIATE");
    Hash digest{};
    crypto::system_random()(digest);
    const std::string number = fmt::format("R-2030-{:06}", seq);
    const crypto::Signature signature = key.sign(as_bytes(token));
    std::copy_n(to_hex(signature.bytes).begin(), 80, token.end() - 160);  // in place of the last
    raw.write(document, ByteView(digest), ByteView(digest).first(16), as_bytes(job.requests[i]));
    raw.write(request, number, member);
    raw.write(version, number, ByteView(digest), time);
    raw.write(history, number, seq, time, member);
    raw.write(counter);
    raw.write(event, seq, fmt::format("019b0000-0000-7000-8000-{:012}", seq), token);
    raw.write(hash, position++, ByteView(digest));
    raw.write(hash, position++, ByteView(digest));  // an event makes two hashes known on average
    raw.write(head, ++seq, ByteView(digest), time);
    if ((i + 1) % job.per_transaction == 0 || i + 1 == job.requests.size()) raw.run("COMMIT");
  }
}

int run(const std::string& registry, const std::string& keys, const std::string& passphrase,
        const std::string& requests, std::size_t per_transaction) {
  crypto::initialize();
  Job job{{}, per_transaction};
  read_lines(requests, limits::k_batch_line_bytes_max, [&](std::optional<std::string_view> line) {
    job.requests.emplace_back(line.value());
    return true;
  });
  const crypto::SecretKey key =
      crypto::open_key(keys, "researcher-1", crypto::read_passphrase_file(passphrase));
  Raw raw(registry);
  write_all(raw, job, key);
  return 0;
}

}  // namespace
}  // namespace octroi::bench

int main(int count, char** arguments) {
  if (count != 6) {
    std::cerr << "usage: bench_raw_submit REGISTRY KEYS PASSPHRASE_FILE REQUESTS PER_TRANSACTION\n";
    return 2;
  }
  try {
    return octroi::bench::run(arguments[1], arguments[2], arguments[3], arguments[4],
                              std::stoul(arguments[5]));
  } catch (const octroi::Error& error) {
    std::cerr << "bench_raw_submit: " << error.what() << "\n";
    return 1;
  }
}
