// SPDX-License-Identifier: Apache-2.0
#include "bench/one_transaction.hpp"

#include "base/error.hpp"

namespace octroi::bench {

OneTransaction::~OneTransaction() {
  if (is_open_) inner_.roll_back();
}

std::unique_ptr<registry::Statement> OneTransaction::prepare(std::string_view sql) {
  return inner_.prepare(sql);
}

void OneTransaction::run_script(std::string_view sql) {
  inner_.run_script(sql);
}

void OneTransaction::begin() {
  if (is_broken_) throw Error(ErrorCode::could_not, "an act failed; nothing after it is kept");
  if (is_open_) return;
  inner_.begin_write();
  is_open_ = true;
}

void OneTransaction::begin_write() {
  begin();
  is_reading_ = false;
}

void OneTransaction::begin_read() {
  begin();
  is_reading_ = true;
}

void OneTransaction::commit() {}

void OneTransaction::roll_back() noexcept {
  if (!is_reading_) is_broken_ = true;  // the end of reading changes nothing
}

void OneTransaction::forget_deleted() {
  broken_invariant("nothing is deleted inside one long transaction");
}

void OneTransaction::commit_all() {
  if (is_broken_) throw Error(ErrorCode::could_not, "an act failed; nothing is kept");
  if (!is_open_) return;
  inner_.commit();
  is_open_ = false;
}

}  // namespace octroi::bench
