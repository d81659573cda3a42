// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "gate/context.hpp"
#include "json/value.hpp"

/// Keys come and go: what each signed in its time stays valid, what it signs later is refused.
namespace octroi::gate {

/// A key that the board knows or knew.
struct BoardKey {
  std::string use;    ///< "seal", "log", "member"
  std::string owner;  ///< the member's id, or ""
  std::string kid;
  std::string key;  ///< k4.public; a log key's as verifier key
  Instant from;
  std::optional<Instant> until;
  std::optional<Instant> compromised_from;
};
[[nodiscard]] json::Value to_json(const BoardKey& key);
[[nodiscard]] json::Value to_json(const std::vector<BoardKey>& keys);

/// Seals, log keys, members' keys; each in the order of the log.
[[nodiscard]] std::vector<BoardKey> list_board_keys(Database& database);

// A dry run checks everything and records nothing.

/// Puts a new seal in the place of the one in force (secretaries). The old one, where it is at
/// hand, hands over, so that holders of a trust file can follow.
[[nodiscard]] BoardKey rotate_seal(Database& database, const Actor& actor,
                                   const crypto::SecretKey& seal, const crypto::SecretKey* old_seal,
                                   const Context& context, bool is_dry_run = false);

/// The same for the log key; the first one has no other before it.
[[nodiscard]] BoardKey rotate_log_key(Database& database, const Actor& actor,
                                      const crypto::SecretKey& log_key,
                                      const crypto::SecretKey* old_log_key, const Context& context,
                                      bool is_dry_run = false);

/// Gives a member a new key, which proves itself: a member their own, or a secretary that of a
/// member who lost theirs.
[[nodiscard]] BoardKey rekey_member(Database& database, const Actor& actor, const std::string& id,
                                    const crypto::SecretKey& key, const Context& context);

/// Ends a key for good (secretaries), because somebody else may have had it from that moment on.
[[nodiscard]] BoardKey retire_key(Database& database, const Actor& actor, const crypto::KeyId& kid,
                                  Instant compromised_from, const Context& context,
                                  bool is_dry_run = false);

/// Whether the board never had a log key.
[[nodiscard]] bool is_without_log_key(Database& database);

/// The name of the key in the folder that is the member's in the registry now; nothing when none
/// there is, or there is no such member.
[[nodiscard]] std::optional<std::string> key_name_of_member(Database& database,
                                                            const std::filesystem::path& folder,
                                                            const std::string& member);
/// The same for the seal or log key ("seal", "log") in force.
[[nodiscard]] std::optional<std::string> key_name_in_force(Database& database,
                                                           const std::filesystem::path& folder,
                                                           const std::string& use);

}  // namespace octroi::gate
