// SPDX-License-Identifier: Apache-2.0
#include "registry/following.hpp"

#include "base/error.hpp"
#include "registry/log.hpp"
#include "registry/projection.hpp"
#include "registry/sqlite_database.hpp"

namespace octroi::registry {

Following::Following(const std::string& origin) : tables_(open_sqlite_in_memory()) {
  make_log(*tables_, origin);
}

Event Following::follow(std::int64_t seq, const std::string& text) {
  Transaction transaction(*tables_, Transaction::Kind::write);
  const SignedEvent event = verify_event(text, key_of_signer(read_event(text), *tables_));
  apply(event, *tables_);
  store_event(*tables_, event);
  if (event.content().seq != seq) throw Error(ErrorCode::damaged, "is not at its position");
  transaction.commit();
  ++events_;
  return event.content();
}

}  // namespace octroi::registry
