// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "registry/database.hpp"

namespace octroi::bench {

/// A database whose writing transactions are all parts of one long one, which ends only with
/// `commit_all`: many acts for one sync. A part that fails cannot be undone alone, so nothing after
/// it is kept.
class OneTransaction final : public registry::Database {
 public:
  explicit OneTransaction(registry::Database& inner) : inner_(inner) {}
  OneTransaction(const OneTransaction&) = delete;
  OneTransaction& operator=(const OneTransaction&) = delete;
  ~OneTransaction() override;

  [[nodiscard]] std::unique_ptr<registry::Statement> prepare(std::string_view sql) override;
  void run_script(std::string_view sql) override;
  void begin_write() override;
  void begin_read() override;
  void commit() override;
  void roll_back() noexcept override;
  void forget_deleted() override;

  /// Makes everything since the last one durable.
  void commit_all();

 private:
  void begin();
  registry::Database& inner_;
  bool is_open_ = false;
  bool is_reading_ = false;
  bool is_broken_ = false;
};

}  // namespace octroi::bench
