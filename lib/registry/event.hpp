// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/time.hpp"
#include "crypto/key.hpp"
#include "json/value.hpp"
#include "merkle/hash.hpp"

/// An event is one act of one member, as a PASETO v4.public token whose exact text is what the log
/// keeps. Its payload, in canonical JSON (RFC 8785), under schemas/event.schema.json:
///
///     { "iss": "k4.pid.…", "sub": "request.submitted", "jti": "019…", "seq": 7,
///       "iat": "2026-11-20T10:00:00Z", "log": "board.example/log", "prev": "<64 hex>",
///       "body": { … } }
///
/// iss names the key that signed, and the footer names it again as kid. prev is the SHA-256 of the
/// text of the event before (64 zeros before the first): none can be taken out, added or moved
/// without changing every later one. The body holds identifiers, outcomes and digests; never
/// personal data or free text.
namespace octroi::registry {

enum class EventType {
  board_founded,
  member_added,
  member_retired,
  dataset_added,
  provider_added,
  hierarchy_added,
  rulebook_adopted,
  request_submitted,
  request_withdrawn,
  request_assessed,
  decision_recorded,
  token_issued,
  token_revoked,
  token_suspended,
  token_resumed,
  status_published,
  seal_rotated,
  log_key_rotated,
  member_rekeyed,
  key_retired,
  release_endorsed,
  document_erased,
};

/// "board.founded", "member.added", …
[[nodiscard]] std::string_view name_of(EventType type);

/// What an event says.
struct Event {
  EventType type;
  std::string id;   ///< jti, a UUIDv7
  Instant at;       ///< iat
  std::string log;  ///< the log's origin
  std::int64_t seq = 0;
  Digest previous;
  crypto::KeyId signer;
  json::Value body;
};

/// The key that should have signed an event; it may throw when there is none.
using KeyOfSigner = std::function<crypto::PublicKey(const Event&)>;

/// An event whose signature is known to be good: made only by sign_event and verify_event.
class SignedEvent {
 public:
  [[nodiscard]] const Event& content() const { return content_; }
  [[nodiscard]] const std::string& text() const { return text_; }
  /// SHA-256 of the text: the next event's prev.
  [[nodiscard]] const Digest& digest() const { return digest_; }
  /// The text as a leaf of the log's tree.
  [[nodiscard]] merkle::Hash leaf() const { return leaf_ ? *leaf_ : merkle::leaf_hash(text_); }

 private:
  friend SignedEvent sign_event(Event, const crypto::SecretKey&);
  friend SignedEvent verify_event(std::string, const KeyOfSigner&);
  SignedEvent(Event content, std::string text);

  Event content_;
  std::string text_;
  Digest digest_;
  std::optional<merkle::Hash> leaf_;  ///< where it was made ahead of the storing
};

/// Signs an event; its `signer` is set to the key's id. A content that the schema does not allow is
/// a broken invariant.
[[nodiscard]] SignedEvent sign_event(Event content, const crypto::SecretKey& key);

/// The event in a text, nothing verified. Throws Error(damaged) when it is no event.
[[nodiscard]] Event read_event(std::string_view text);

/// The event when that key signed it. Throws Error(damaged) otherwise.
[[nodiscard]] SignedEvent verify_event(std::string text, const crypto::PublicKey& key);

/// The same with the key that is found for what the event says, read once for both.
[[nodiscard]] SignedEvent verify_event(std::string text, const KeyOfSigner& key_of_signer);

/// A digest in the body of an event. Throws Error(damaged) when it is none.
[[nodiscard]] Digest read_digest(const json::Value& hex);

}  // namespace octroi::registry
