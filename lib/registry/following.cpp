// SPDX-License-Identifier: Apache-2.0
#include "registry/following.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "registry/log.hpp"
#include "registry/projection.hpp"
#include "registry/sqlite_database.hpp"

namespace octroi::registry {

Following::Following(const std::string& origin, EventTexts texts)
    : tables_(open_sqlite_in_memory()), texts_(texts) {
  make_log(*tables_, origin);
}

void Following::follow(const NextEvent& next) {
  Transaction transaction(*tables_, Transaction::Kind::write);
  enter(next);
  transaction.commit();
  ++events_;
}

void Following::follow_all(std::span<const NextEvent> part) {
  try {
    Transaction transaction(*tables_, Transaction::Kind::write);
    for (const NextEvent& next : part) enter(next);
    transaction.commit();
    events_ += static_cast<std::int64_t>(part.size());
    return;
  } catch (const Error&) {
    // None of them is in the tables: those before the one that is not good are followed again.
  }
  for (const NextEvent& next : part) follow(next);
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

void Following::enter(const NextEvent& next) {
  if (!next.event) {
    return enter(next.seq, verify_event(next.text, [this](const Event& unverified) {
                   return key_of_signer(unverified, *tables_);
                 }));
  }
  if (key_of_signer(next.event->content(), *tables_) != next.key) {
    throw Error(ErrorCode::damaged, "was not signed by its signer");
  }
  enter(next.seq, *next.event);
}

void Following::enter(std::int64_t seq, const SignedEvent& event) {
  apply(event, *tables_);
  store_event(*tables_, event, texts_ == EventTexts::kept ? event.text() : "");
  if (event.content().seq != seq) throw Error(ErrorCode::damaged, "is not at its position");
}

}  // namespace octroi::registry
