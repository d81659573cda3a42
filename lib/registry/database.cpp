// SPDX-License-Identifier: Apache-2.0
#include "registry/database.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace octroi::registry {

std::optional<std::string> Statement::text_or_none(int column) const {
  if (is_null(column)) return std::nullopt;
  return text(column);
}

Digest Statement::digest(int column) const {
  const Bytes bytes = blob(column);
  Digest digest;
  if (bytes.size() != digest.bytes.size()) {
    throw Error(ErrorCode::damaged, "registry: expected a digest of 32 bytes, got " +
                                        std::to_string(bytes.size()) + " bytes");
  }
  std::copy(bytes.begin(), bytes.end(), digest.bytes.begin());
  return digest;
}

std::unique_ptr<Database> Database::begin_read_twice() {
  begin_read();
  return nullptr;
}

Transaction::Transaction(Database& database, Kind kind) : database_(database) {
  if (kind == Kind::write) {
    database_.begin_write();
  } else {
    database_.begin_read();
  }
}

Transaction::Transaction(Database& database, std::unique_ptr<Database>& beside)
    : database_(database) {
  beside = database_.begin_read_twice();
}

Transaction::~Transaction() {
  if (is_open_) database_.roll_back();
}

void Transaction::commit() {
  database_.commit();
  is_open_ = false;
}

}  // namespace octroi::registry
