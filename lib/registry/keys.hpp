// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "crypto/key.hpp"
#include "registry/database.hpp"
#include "registry/event.hpp"

/// The table keys: seals, log keys and members' keys, from when to when each signs.
namespace octroi::registry {

struct Member;

enum class KeyUse { seal, log, member };

/// "seal", "log", "member".
[[nodiscard]] std::string_view name_of(KeyUse use);

/// A key that the registry knows or knew.
struct KeyRecord {
  KeyUse use;
  std::string owner;  ///< the member's id; "" for a seal or log key
  crypto::PublicKey key;
  Instant from;
  std::optional<Instant> until;             ///< none while it is in use
  std::optional<Instant> compromised_from;  ///< from then on nothing that it signed is believed
  std::string previous;                     ///< kid of the key that it follows, or ""
  std::string handover;                     ///< that key's signature of the statement, or ""

  /// Whether it was in force at that moment, as far as is known now.
  [[nodiscard]] bool is_good_at(Instant moment) const;
};

/// Enters a key that follows none: of the founding event, or of a new member.
/// Throws Error(not_allowed) when it is or was in use already.
void enter_key(Database& database, KeyUse use, const std::string& owner,
               const crypto::PublicKey& key, const Event& event);

/// Ends a member's key with the member.
void end_key(Database& database, const crypto::KeyId& kid, Instant at);

void apply_seal_rotated(const Event& event, Database& database);
void apply_log_key_rotated(const Event& event, Database& database);
void apply_member_rekeyed(const Event& event, const Member& signer, Database& database);
void apply_key_retired(const Event& event, Database& database);

/// All keys of a use, in the order of the log.
[[nodiscard]] std::vector<KeyRecord> keys_of(Database& database, KeyUse use);
[[nodiscard]] std::optional<KeyRecord> find_key(Database& database, const crypto::KeyId& kid);
/// The last key of that use, whether or not it is still in force; nothing when there never was one.
[[nodiscard]] std::optional<KeyRecord> last_key(Database& database, KeyUse use);
/// The seal or log key in force; nothing when there is none.
[[nodiscard]] std::optional<KeyRecord> key_in_force(Database& database, KeyUse use);

/// A log key as the tools of transparency logs read it; its name is the log's origin.
[[nodiscard]] std::string vkey_of(Database& database, const KeyRecord& log_key);

}  // namespace octroi::registry
