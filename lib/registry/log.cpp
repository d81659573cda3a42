// SPDX-License-Identifier: Apache-2.0
#include "registry/log.hpp"

#include <fmt/format.h>

#include <array>

#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "registry/projection.hpp"
#include "registry/tree.hpp"

namespace octroi::registry {
namespace {

constexpr std::string_view k_make =
    "INSERT INTO logs (log, origin, size, head, at) "
    "VALUES (1, $1, 0, $2, $3)";
constexpr std::string_view k_head = "SELECT origin, size, head, at FROM logs WHERE log = 1";
constexpr std::string_view k_advance =
    "UPDATE logs SET size = $1, head = $2, at = $3 WHERE log = 1";
constexpr std::string_view k_store =
    "INSERT INTO events (log, seq, id, token) VALUES (1, $1, $2, $3)";
constexpr std::string_view k_put_text = "UPDATE events SET token = $1 WHERE log = 1 AND seq = $2";
constexpr std::string_view k_events = "SELECT seq, token FROM events WHERE log = 1 ORDER BY seq";
constexpr std::string_view k_event = "SELECT token FROM events WHERE log = 1 AND seq = $1";
constexpr std::string_view k_last =
    "SELECT seq, token FROM events WHERE log = 1 ORDER BY seq DESC LIMIT 1";

Instant stored_instant(const std::string& text) {
  const std::optional<Instant> instant = parse_instant(text);
  if (!instant) throw Error(ErrorCode::damaged, "registry: the log's time is no time");
  return *instant;
}

void require_last_event(Database& database, const Head& head) {
  const auto row = database.query(k_last);
  const bool is_empty = !row->step();
  const bool is_as_said =
      is_empty ? head.size == 0
               : row->integer(0) == head.size - 1 && crypto::sha256(row->text(1)) == head.digest;
  if (is_as_said) return;
  throw Error(ErrorCode::damaged,
              "registry: its last event is not the one that its head names; 'octroi audit' says "
              "more");
}

}  // namespace

void make_log(Database& database, const std::string& origin) {
  database.run(k_make, origin, Digest{}, format_instant(Instant{}));
}

Head read_head(Database& database) {
  const auto row = database.query(k_head);
  if (!row->step()) throw Error(ErrorCode::damaged, "registry: there is no log in it");
  return {row->text(0), row->integer(1), row->digest(2), stored_instant(row->text(3))};
}

void advance_head(Database& database, const SignedEvent& event) {
  const Head head = read_head(database);
  const Event& content = event.content();
  const auto refuse = [&content](const char* what) {
    throw Error(ErrorCode::damaged, fmt::format("event {}: {}", content.seq, what));
  };
  if (content.log != head.origin) refuse("belongs to another log");
  if (content.seq != head.size) refuse("is not at its position");
  if (content.previous != head.digest) refuse("does not follow the event before it");
  if (content.at < head.at) refuse("is older than the event before it");
  database.run(k_advance, head.size + 1, event.digest(), format_instant(content.at));
}

void store_event(Database& database, const SignedEvent& event) {
  store_event(database, event, event.text());
}

void store_event(Database& database, const SignedEvent& event, std::string_view text) {
  database.run(k_store, event.content().seq, event.content().id, text);
  append_to_tree(database, event.content().seq, event.leaf());
}

void put_text(Database& database, std::int64_t seq, const std::string& text) {
  database.run(k_put_text, text, seq);
}

std::string event_text(Database& database, std::int64_t seq) {
  const auto row = database.query(k_event, seq);
  if (row->step()) return row->text(0);
  throw Error(ErrorCode::bad_input, fmt::format("event {}: the log has {} events, from 0", seq,
                                                read_head(database).size));
}

void visit_events(Database& database,
                  const std::function<void(std::int64_t, const std::string&)>& visit) {
  const auto row = database.query(k_events);
  while (row->step()) visit(row->integer(0), row->text(1));
}

Head sound_head(Database& database) {
  Head head = read_head(database);
  require_last_event(database, head);
  return head;
}

SignedEvent append(Database& database, EventType type, json::Value body,
                   const crypto::SecretKey& key, Instant now, const Random& random) {
  Head head = sound_head(database);
  SignedEvent event = sign_next(head, type, std::move(body), key, now, random);
  record(database, event);
  return event;
}

SignedEvent sign_next(Head& head, EventType type, json::Value body, const crypto::SecretKey& key,
                      Instant now, const Random& random) {
  if (now < head.at) {
    throw Error(ErrorCode::could_not,
                fmt::format("the clock says {}, but the registry's last event is of {}; "
                            "set the clock and try again",
                            format_instant(now), format_instant(head.at)));
  }
  SignedEvent event = sign_event(
      {type, make_uuid(now, random), now, head.origin, head.size, head.digest, {}, std::move(body)},
      key);
  head = {head.origin, head.size + 1, event.digest(), now};
  return event;
}

void record(Database& database, const SignedEvent& event) {
  apply(event, database);
  store_event(database, event);
}

// 48 bits of milliseconds, version 7, 12 random bits, variant 10, 62 random bits.
std::string make_uuid(Instant now, const Random& random) {
  std::array<std::uint8_t, 16> bytes{};
  random(bytes);
  const auto milliseconds = static_cast<std::uint64_t>(now.time_since_epoch().count()) * 1000;
  for (std::size_t i = 0; i < 6; ++i) {
    bytes[i] = static_cast<std::uint8_t>(milliseconds >> (8 * (5 - i)));
  }
  bytes[6] = static_cast<std::uint8_t>(0x70 | (bytes[6] & 0x0f));
  bytes[8] = static_cast<std::uint8_t>(0x80 | (bytes[8] & 0x3f));
  const std::string hex = to_hex(bytes);
  return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" +
         hex.substr(16, 4) + "-" + hex.substr(20);
}

}  // namespace octroi::registry
