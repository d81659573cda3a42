// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <mutex>
#include <string_view>

#include "registry/database.hpp"

namespace octroi::registry {

/// A database that several threads ask, one at a time: whoever has a statement of it makes the
/// others wait until that is gone. A thread may have several. With a second connection, which sees
/// the same state, two can ask at a time. The connections must outlive this, and are asked through
/// this alone meanwhile.
class SharedDatabase final : public Database {
 public:
  explicit SharedDatabase(Database& database, Database* beside = nullptr)
      : database_(database), beside_(beside) {}

  [[nodiscard]] std::unique_ptr<Statement> prepare(std::string_view sql) override;
  void run_script(std::string_view sql) override;
  void begin_write() override;
  void begin_read() override;
  void commit() override;
  void roll_back() noexcept override;
  void forget_deleted() override;

 private:
  std::recursive_mutex mutex_;  ///< of the database and its statements
  Database& database_;
  std::recursive_mutex mutex_beside_;
  Database* beside_;  ///< for statements only, which read
};

}  // namespace octroi::registry
