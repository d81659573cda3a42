// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"

/// The little that octroi asks of a database, so that another engine can stand behind it.
/// Statements use $1 … $n in ascending order, which SQLite and PostgreSQL read alike.
namespace octroi::registry {

/// A value as a row holds it, to be compared with another one: of the same type and the same bytes.
struct CellView {
  enum class Type { null, integer, real, text, blob };
  Type type = Type::null;
  std::int64_t integer = 0;  ///< of an integer
  std::string_view bytes;    ///< of the others; gone with the row

  friend bool operator==(const CellView&, const CellView&) = default;
};

/// A prepared statement: bind, then step from row to row. Not shared between threads.
class Statement {
 public:
  virtual ~Statement() = default;

  virtual void bind(int parameter, std::int64_t value) = 0;
  virtual void bind(int parameter, std::string_view value) = 0;
  virtual void bind(int parameter, ByteView value) = 0;
  virtual void bind_null(int parameter) = 0;

  /// Moves to the next row; false after the last.
  [[nodiscard]] virtual bool step() = 0;

  [[nodiscard]] virtual int columns() const = 0;
  [[nodiscard]] virtual bool is_null(int column) const = 0;
  [[nodiscard]] virtual std::int64_t integer(int column) const = 0;
  [[nodiscard]] virtual std::string text(int column) const = 0;
  [[nodiscard]] virtual Bytes blob(int column) const = 0;
  /// The value as text that tells type and content apart: to compare two tables cell by cell.
  [[nodiscard]] virtual std::string cell(int column) const = 0;
  /// The same without a copy.
  [[nodiscard]] virtual CellView view(int column) const = 0;

  /// A column that may be null.
  [[nodiscard]] std::optional<std::string> text_or_none(int column) const;
  /// A column that holds a SHA-256 value; another length is Error(damaged).
  [[nodiscard]] Digest digest(int column) const;
};

/// One connection. Every method throws Error: busy when others kept writing for the stated wait,
/// damaged when the file is broken, could_not otherwise.
class Database {
 public:
  virtual ~Database() = default;

  [[nodiscard]] virtual std::unique_ptr<Statement> prepare(std::string_view sql) = 0;
  /// Runs several statements that take no parameters and give no rows.
  virtual void run_script(std::string_view sql) = 0;

  /// Starts the one writing transaction; waits while another process writes.
  virtual void begin_write() = 0;
  /// Starts a transaction that sees one state of the data until commit or roll_back.
  virtual void begin_read() = 0;
  /// The same, and where there can be one, a second connection that sees the very same state, for
  /// another thread. nullptr where there is none: no file, or others wrote at this moment.
  [[nodiscard]] virtual std::unique_ptr<Database> begin_read_twice();
  virtual void commit() = 0;
  virtual void roll_back() noexcept = 0;
  /// Makes sure that what was deleted and committed is nowhere in the files any more. Throws
  /// Error(busy) when another process still looks at the old state.
  virtual void forget_deleted() = 0;

  /// Prepares, binds in order, and leaves the statement before its first row.
  template <typename... Values>
  [[nodiscard]] std::unique_ptr<Statement> query(std::string_view sql, const Values&... values) {
    auto statement = prepare(sql);
    [[maybe_unused]] int parameter = 0;
    (bind_one(*statement, ++parameter, values), ...);
    return statement;
  }

  /// Runs one statement that gives no rows.
  template <typename... Values>
  void run(std::string_view sql, const Values&... values) {
    static_cast<void>(query(sql, values...)->step());
  }

 private:
  template <typename Value>
  static void bind_one(Statement& statement, int parameter, const Value& value) {
    if constexpr (std::is_integral_v<Value>) {
      statement.bind(parameter, static_cast<std::int64_t>(value));
    } else if constexpr (std::is_convertible_v<Value, std::string_view>) {
      statement.bind(parameter, std::string_view(value));
    } else if constexpr (std::is_same_v<Value, Digest>) {
      statement.bind(parameter, ByteView(value.bytes));
    } else if constexpr (std::is_convertible_v<Value, ByteView>) {
      statement.bind(parameter, ByteView(value));
    } else if (value) {  // an optional of one of the above
      bind_one(statement, parameter, *value);
    } else {
      statement.bind_null(parameter);
    }
  }
};

/// A transaction that rolls back unless it was committed.
class Transaction {
 public:
  enum class Kind { read, write };

  Transaction(Database& database, Kind kind);
  /// A reading one, with a second connection where there can be one (begin_read_twice).
  Transaction(Database& database, std::unique_ptr<Database>& beside);
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();

  void commit();

 private:
  Database& database_;
  bool is_open_ = true;
};

}  // namespace octroi::registry
