// SPDX-License-Identifier: Apache-2.0
#include "gate/key_changes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "crypto/key_file.hpp"
#include "crypto/vkey.hpp"
#include "gate/acting.hpp"
#include "registry/key_statement.hpp"
#include "registry/keys.hpp"
#include "registry/log.hpp"
#include "registry/members.hpp"

namespace octroi::gate {
namespace {

using json::Value;
using registry::EventType;
using registry::KeyRecord;
using registry::KeyStatement;
using registry::KeyUse;
using registry::Transaction;

BoardKey board_key(Database& database, const KeyRecord& record) {
  return {std::string(registry::name_of(record.use)),
          record.owner,
          record.key.id().text,
          record.use == KeyUse::log ? registry::vkey_of(database, record) : record.key.paserk(),
          record.from,
          record.until,
          record.compromised_from};
}

BoardKey board_key(Database& database, const crypto::KeyId& kid) {
  return board_key(database, registry::find_key(database, kid).value());
}

/// A new seal or log key: what both have in common.
BoardKey rotate_board_key(Database& database, const Actor& actor, KeyUse use,
                          const crypto::SecretKey& key, const crypto::SecretKey* old_key,
                          const Context& context, bool is_dry_run) {
  Transaction transaction(database, Transaction::Kind::write);
  require_role(database, actor, "secretary");
  const std::string origin = registry::read_head(database).origin;
  const std::optional<KeyRecord> before = registry::last_key(database, use);
  const KeyStatement statement{origin, std::string(registry::name_of(use)), "",
                               before ? before->key.id().text : "", key.public_key().paserk()};
  const bool is_seal = use == KeyUse::seal;
  Value body = json::object({{"proof", registry::sign_statement(statement, key)}});
  body.set(is_seal ? "seal" : "log_key",
           is_seal ? key.public_key().paserk() : crypto::vkey_of(origin, key.public_key()));
  if (before) body.set("previous", statement.previous);
  if (old_key != nullptr) body.set("handover", registry::sign_statement(statement, *old_key));
  act(database, actor, is_seal ? EventType::seal_rotated : EventType::log_key_rotated,
      std::move(body), context);
  BoardKey row = board_key(database, key.public_key().id());
  if (!is_dry_run) transaction.commit();
  return row;
}

/// The likeliest name is looked at first, so that a broken file of no concern stands in nobody's
/// way.
std::optional<std::string> key_name(const std::filesystem::path& folder,
                                    const crypto::PublicKey& key, const std::string& likely) {
  std::vector<std::string> names = crypto::key_names(folder);
  std::stable_partition(names.begin(), names.end(),
                        [&likely](const std::string& name) { return name == likely; });
  for (const std::string& name : names) {
    if (crypto::read_public_key(folder, name) == key) return name;
  }
  return std::nullopt;
}

}  // namespace

Value to_json(const BoardKey& key) {
  Value value = json::object(
      {{"use", key.use}, {"kid", key.kid}, {"key", key.key}, {"from", format_instant(key.from)}});
  if (!key.owner.empty()) value.set("member", key.owner);
  if (key.until) value.set("until", format_instant(*key.until));
  if (key.compromised_from) value.set("compromised_from", format_instant(*key.compromised_from));
  return value;
}

Value to_json(const std::vector<BoardKey>& keys) {
  Value list = Value::Array{};
  for (const BoardKey& key : keys) list.push(to_json(key));
  return list;
}

std::vector<BoardKey> list_board_keys(Database& database) {
  Transaction transaction(database, Transaction::Kind::read);
  std::vector<BoardKey> keys;
  for (const KeyUse use : {KeyUse::seal, KeyUse::log, KeyUse::member}) {
    for (const KeyRecord& record : registry::keys_of(database, use)) {
      keys.push_back(board_key(database, record));
    }
  }
  return keys;
}

BoardKey rotate_seal(Database& database, const Actor& actor, const crypto::SecretKey& seal,
                     const crypto::SecretKey* old_seal, const Context& context, bool is_dry_run) {
  return rotate_board_key(database, actor, KeyUse::seal, seal, old_seal, context, is_dry_run);
}

BoardKey rotate_log_key(Database& database, const Actor& actor, const crypto::SecretKey& log_key,
                        const crypto::SecretKey* old_log_key, const Context& context,
                        bool is_dry_run) {
  return rotate_board_key(database, actor, KeyUse::log, log_key, old_log_key, context, is_dry_run);
}

BoardKey rekey_member(Database& database, const Actor& actor, const std::string& id,
                      const crypto::SecretKey& key, const Context& context) {
  Transaction transaction(database, Transaction::Kind::write);
  require_actor(database, actor);
  const std::optional<registry::Member> member = registry::find_member(database, id);
  if (!member) {
    throw Error(ErrorCode::bad_input, fmt::format("there is no member {}; 'octroi member list' "
                                                  "shows them",
                                                  in_quotes(id)));
  }
  const std::string previous = member->key.id().text;
  const std::string proof = registry::sign_statement(
      {registry::read_head(database).origin, std::string(registry::name_of(KeyUse::member)), id,
       previous, key.public_key().paserk()},
      key);
  act(database, actor, EventType::member_rekeyed,
      json::object({{"member", id},
                    {"key", key.public_key().paserk()},
                    {"previous", previous},
                    {"proof", proof}}),
      context);
  BoardKey row = board_key(database, key.public_key().id());
  transaction.commit();
  return row;
}

BoardKey retire_key(Database& database, const Actor& actor, const crypto::KeyId& kid,
                    Instant compromised_from, const Context& context, bool is_dry_run) {
  Transaction transaction(database, Transaction::Kind::write);
  require_role(database, actor, "secretary");
  if (!registry::find_key(database, kid)) {
    throw Error(ErrorCode::bad_input,
                fmt::format("the registry never knew the key {}; 'octroi key list --board' shows "
                            "those that it does",
                            in_quotes(kid.text)));
  }
  act(database, actor, EventType::key_retired,
      json::object({{"kid", kid.text}, {"compromised_from", format_instant(compromised_from)}}),
      context);
  BoardKey row = board_key(database, kid);
  if (!is_dry_run) transaction.commit();
  return row;
}

bool is_without_log_key(Database& database) {
  return !registry::last_key(database, KeyUse::log).has_value();
}

std::optional<std::string> key_name_of_member(Database& database,
                                              const std::filesystem::path& folder,
                                              const std::string& member) {
  const std::optional<registry::Member> row = registry::find_member(database, member);
  return row ? key_name(folder, row->key, member) : std::nullopt;
}

std::optional<std::string> key_name_in_force(Database& database,
                                             const std::filesystem::path& folder,
                                             const std::string& use) {
  const auto key = registry::key_in_force(database, use == "seal" ? KeyUse::seal : KeyUse::log);
  return key ? key_name(folder, key->key, use) : std::nullopt;
}

}  // namespace octroi::gate
