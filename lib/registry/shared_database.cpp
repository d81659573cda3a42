// SPDX-License-Identifier: Apache-2.0
#include "registry/shared_database.hpp"

#include <string>
#include <utility>

namespace octroi::registry {
namespace {

using Lock = std::unique_lock<std::recursive_mutex>;

class SharedStatement final : public Statement {
 public:
  SharedStatement(Lock lock, std::unique_ptr<Statement> statement)
      : lock_(std::move(lock)), statement_(std::move(statement)) {}

  void bind(int parameter, std::int64_t value) override { statement_->bind(parameter, value); }
  void bind(int parameter, std::string_view value) override { statement_->bind(parameter, value); }
  void bind(int parameter, ByteView value) override { statement_->bind(parameter, value); }
  void bind_null(int parameter) override { statement_->bind_null(parameter); }

  bool step() override { return statement_->step(); }

  int columns() const override { return statement_->columns(); }
  bool is_null(int column) const override { return statement_->is_null(column); }
  std::int64_t integer(int column) const override { return statement_->integer(column); }
  std::string text(int column) const override { return statement_->text(column); }
  Bytes blob(int column) const override { return statement_->blob(column); }
  std::string cell(int column) const override { return statement_->cell(column); }
  CellView view(int column) const override { return statement_->view(column); }

 private:
  Lock lock_;  ///< let go when the statement is gone
  std::unique_ptr<Statement> statement_;
};

}  // namespace

// Whoever has a statement of one connection can have another one of it at once, so that nobody
// waits for one connection while others wait for the other.
std::unique_ptr<Statement> SharedDatabase::prepare(std::string_view sql) {
  Lock lock(mutex_, std::try_to_lock);
  Database* free = &database_;
  if (!lock && beside_ != nullptr) {
    lock = Lock(mutex_beside_, std::try_to_lock);
    free = beside_;
  }
  if (!lock) {
    lock = Lock(mutex_);
    free = &database_;
  }
  auto statement = free->prepare(sql);
  return std::make_unique<SharedStatement>(std::move(lock), std::move(statement));
}

void SharedDatabase::run_script(std::string_view sql) {
  const Lock lock(mutex_);
  database_.run_script(sql);
}

void SharedDatabase::begin_write() {
  const Lock lock(mutex_);
  database_.begin_write();
}

void SharedDatabase::begin_read() {
  const Lock lock(mutex_);
  database_.begin_read();
}

void SharedDatabase::commit() {
  const Lock lock(mutex_);
  database_.commit();
}

void SharedDatabase::roll_back() noexcept {
  const Lock lock(mutex_);
  database_.roll_back();
}

void SharedDatabase::forget_deleted() {
  const Lock lock(mutex_);
  database_.forget_deleted();
}

}  // namespace octroi::registry
