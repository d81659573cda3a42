// SPDX-License-Identifier: Apache-2.0
#include "registry/following.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "registry/log.hpp"
#include "registry/projection.hpp"
#include "registry/sqlite_database.hpp"

namespace octroi::registry {

Following::Following(const std::string& origin) : tables_(open_sqlite_in_memory()) {
  make_log(*tables_, origin);
}

Event Following::follow(std::int64_t seq, const std::string& text) {
  return apply_next(seq, verify_event(text, [this](const Event& unverified) {
                      return key_of_signer(unverified, *tables_);
                    }));
}

Event Following::follow(std::int64_t seq, const SignedEvent& event, const crypto::PublicKey& key) {
  if (key_of_signer(event.content(), *tables_) != key) {
    throw Error(ErrorCode::damaged, "was not signed by its signer");
  }
  return apply_next(seq, event);
}

std::string event_fault(std::int64_t seq, const Error& error) {
  std::string what = error.what();
  const std::string number = fmt::format("event {}", seq);
  for (const std::string& said : {std::string("event: "), number + ": ", number + " "}) {
    if (what.starts_with(said)) what.erase(0, said.size());
  }
  constexpr std::string_view k_next_line = "\nevent: ";
  for (std::size_t at = 0; (at = what.find(k_next_line, at)) != std::string::npos;) {
    what.replace(at, k_next_line.size(), "; ");
  }
  return fmt::format("is not good: {}", what);
}

Event Following::apply_next(std::int64_t seq, const SignedEvent& event) {
  Transaction transaction(*tables_, Transaction::Kind::write);
  apply(event, *tables_);
  store_event(*tables_, event);
  if (event.content().seq != seq) throw Error(ErrorCode::damaged, "is not at its position");
  transaction.commit();
  ++events_;
  return event.content();
}

}  // namespace octroi::registry
