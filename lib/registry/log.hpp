// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/random.hpp"
#include "registry/database.hpp"
#include "registry/event.hpp"

namespace octroi::registry {

/// Where the log stands.
struct Head {
  std::string origin;
  std::int64_t size = 0;
  Digest digest;  ///< of the last event's text
  Instant at;     ///< of the last event
};

/// Throws Error(damaged) when the registry has no log.
[[nodiscard]] Head read_head(Database& database);

/// Makes the log of a new registry; empty.
void make_log(Database& database, const std::string& origin);

/// Moves the head over an event. Throws Error(damaged) when it does not follow the head: another
/// log, position or predecessor, or an earlier time.
void advance_head(Database& database, const SignedEvent& event);

/// Keeps an event's text at its position, and the hashes of the tree that it makes known.
void store_event(Database& database, const SignedEvent& event);

/// The same with another text in its place, for tables whose reader has the texts elsewhere.
void store_event(Database& database, const SignedEvent& event, std::string_view text);

/// Puts the text of an event that was stored without it in its place.
void put_text(Database& database, std::int64_t seq, const std::string& text);

/// The exact text of the event at a position. Throws Error(bad_input) when there is none.
[[nodiscard]] std::string event_text(Database& database, std::int64_t seq);

/// Calls `visit` with position and text of every event, in order.
void visit_events(Database& database,
                  const std::function<void(std::int64_t, const std::string&)>& visit);

/// The head, when the last event that is stored is the one that it names: nothing may be signed on
/// top of anything else. Throws Error(damaged) otherwise.
[[nodiscard]] Head sound_head(Database& database);

/// Signs the next event, applies it to the tables and stores it. Inside the caller's transaction,
/// which must be a writing one. Throws Error(not_allowed) when role or state forbid the act,
/// Error(could_not) when the clock is behind the last event, and Error(damaged) when the last event
/// that is stored is not the one that the head names.
SignedEvent append(Database& database, EventType type, json::Value body,
                   const crypto::SecretKey& key, Instant now, const Random& random);

/// The two parts of it, for whoever appends several events in one transaction. First, the event
/// that follows `head`, which is the sound head or what the call before this one has made of it;
/// nothing is stored yet. Throws
/// Error(could_not) when the clock is behind the last event.
[[nodiscard]] SignedEvent sign_next(Head& head, EventType type, json::Value body,
                                    const crypto::SecretKey& key, Instant now,
                                    const Random& random);

/// Then it is applied to the tables and stored.
void record(Database& database, const SignedEvent& event);

/// A UUID version 7 of that moment. Source: RFC 9562 section 5.7.
[[nodiscard]] std::string make_uuid(Instant now, const Random& random);

}  // namespace octroi::registry
