// SPDX-License-Identifier: Apache-2.0
#include "registry/keys.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "crypto/vkey.hpp"
#include "registry/key_statement.hpp"
#include "registry/log.hpp"
#include "registry/members.hpp"

namespace octroi::registry {
namespace {

constexpr std::string_view k_insert_key =
    "INSERT INTO keys (kid, use, owner, key, valid_from, previous, proof, handover, seq) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
constexpr std::string_view k_end_key =
    "UPDATE keys SET valid_until = $1 WHERE kid = $2 AND valid_until IS NULL";
constexpr std::string_view k_compromise_key =
    "UPDATE keys SET compromised_from = $1, valid_until = coalesce(valid_until, $2) "
    "WHERE kid = $3";
constexpr std::string_view k_keys_of =
    "SELECT use, owner, key, valid_from, valid_until, compromised_from, previous, handover "
    "FROM keys WHERE use = $1 ORDER BY seq, kid";
constexpr std::string_view k_find_key =
    "SELECT use, owner, key, valid_from, valid_until, compromised_from, previous, handover "
    "FROM keys WHERE kid = $1";
constexpr std::string_view k_set_member_key = "UPDATE members SET kid = $1, key = $2 WHERE id = $3";

constexpr std::array<std::string_view, 3> k_use_names = {"seal", "log", "member"};

crypto::PublicKey sound_key(const std::string& text, ErrorCode code) {
  const std::optional<crypto::PublicKey> key = crypto::PublicKey::from_paserk(text);
  if (!key) throw Error(code, "expected a sound k4.public key, got " + in_quotes(text));
  return *key;
}

std::optional<Instant> instant_or_none(const Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return read_instant(row, column);
}

KeyRecord read_record(const Statement& row) {
  const auto use = std::find(k_use_names.begin(), k_use_names.end(), row.text(0));
  if (use == k_use_names.end()) throw Error(ErrorCode::damaged, "registry: a key of unknown use");
  return {static_cast<KeyUse>(use - k_use_names.begin()),
          row.text(1),
          sound_key(row.text(2), ErrorCode::damaged),
          read_instant(row, 3),
          instant_or_none(row, 4),
          instant_or_none(row, 5),
          row.text_or_none(6).value_or(""),
          row.text_or_none(7).value_or("")};
}

std::optional<std::string> text_or_none(const json::Value& body, std::string_view name) {
  const json::Value* member = body.find(name);
  if (member == nullptr) return std::nullopt;
  return member->as_string();
}

void refuse_known_key(Database& database, const crypto::PublicKey& key) {
  const std::optional<KeyRecord> known = find_key(database, key.id());
  if (!known) return;
  const std::string use = known->use == KeyUse::member ? "the key of member " + known->owner
                          : known->use == KeyUse::seal ? "a seal of this board"
                                                       : "a log key of this board";
  const std::string since = format_instant(known->from);
  const std::string when = known->until ? fmt::format("was {} from {} until {}", use, since,
                                                      format_instant(*known->until))
                                        : fmt::format("is {} since {}", use, since);
  throw Error(ErrorCode::not_allowed,
              fmt::format("the key {} {}; every key has one use and one owner for ever: make "
                          "another one with 'octroi key new NAME'",
                          key.id().text, when));
}

void insert_key(Database& database, KeyUse use, const std::string& owner,
                const crypto::PublicKey& key, const Event& event) {
  refuse_known_key(database, key);
  database.run(k_insert_key, key.id().text, name_of(use), owner, key.paserk(),
               format_instant(event.at), text_or_none(event.body, "previous"),
               text_or_none(event.body, "proof"), text_or_none(event.body, "handover"), event.seq);
}

/// The new key has to prove itself, and a handover has to be by the key that is replaced.
void require_succession(const Event& event, const KeyStatement& statement,
                        const crypto::PublicKey& key, const std::optional<KeyRecord>& before) {
  const std::string expected = before ? before->key.id().text : "";
  if (statement.previous != expected) {
    throw Error(ErrorCode::not_allowed,
                fmt::format("the key to be replaced is {}, got {}",
                            expected.empty() ? "none" : expected, in_quotes(statement.previous)));
  }
  if (!is_signed_by(statement, key, event.body.at("proof").as_string())) {
    throw Error(ErrorCode::not_allowed,
                fmt::format("{} did not sign for itself: nobody can enter a key that they do not "
                            "have",
                            key.id().text));
  }
  const std::optional<std::string> handover = text_or_none(event.body, "handover");
  if (!handover) return;
  if (!before || before->compromised_from || !is_signed_by(statement, before->key, *handover)) {
    throw Error(ErrorCode::not_allowed,
                fmt::format("{} was not handed over by a key in good standing", key.id().text));
  }
}

void rotate(const Event& event, KeyUse use, const crypto::PublicKey& key, Database& database) {
  refuse_known_key(database, key);  // before the one that it would replace is ended
  const std::optional<KeyRecord> before = last_key(database, use);
  require_succession(
      event, {event.log, std::string(name_of(use)), "", event.body.text("previous"), key.paserk()},
      key, before);
  if (before) end_key(database, before->key.id(), event.at);
  insert_key(database, use, "", key, event);
}

/// A member changes their own key; a secretary changes that of a member who lost it. Where releases
/// take several persons, nobody else touches a secretary's key, or one could speak for two.
void require_may_rekey(const Member& member, const Member& signer, Database& database) {
  if (member.retired) {
    throw Error(ErrorCode::not_allowed, fmt::format("member {} was retired on {}", member.id,
                                                    format_instant(*member.retired)));
  }
  if (member.id == signer.id) return;
  if (!signer.has_role("secretary")) {
    throw Error(ErrorCode::not_allowed,
                fmt::format("{} may change their own key only; a secretary may change that of {}",
                            signer.id, member.id));
  }
  if (member.is_named_secretary() && read_charter(database).endorsements > 0) {
    throw Error(ErrorCode::not_allowed,
                fmt::format("this board's releases take several secretaries, so {} alone may "
                            "change the key of {}; one who lost theirs is retired and added anew",
                            member.id, member.id));
  }
}

}  // namespace

std::string_view name_of(KeyUse use) {
  return k_use_names.at(static_cast<std::size_t>(use));
}

bool KeyRecord::is_good_at(Instant moment) const {
  return from <= moment && (!until || moment <= *until) &&
         (!compromised_from || moment < *compromised_from);
}

void enter_key(Database& database, KeyUse use, const std::string& owner,
               const crypto::PublicKey& key, const Event& event) {
  insert_key(database, use, owner, key, event);
}

void end_key(Database& database, const crypto::KeyId& kid, Instant at) {
  database.run(k_end_key, format_instant(at), kid.text);
}

void apply_seal_rotated(const Event& event, Database& database) {
  rotate(event, KeyUse::seal, sound_key(event.body.at("seal").as_string(), ErrorCode::bad_input),
         database);
}

void apply_log_key_rotated(const Event& event, Database& database) {
  const std::string& text = event.body.at("log_key").as_string();
  const std::optional<crypto::NamedKey> key = crypto::read_vkey(text);
  if (!key || key->name != event.log) {
    throw Error(ErrorCode::bad_input,
                fmt::format("log key: expected a sound verifier key named {}, got {}", event.log,
                            in_quotes(text)));
  }
  rotate(event, KeyUse::log, key->key, database);
}

void apply_member_rekeyed(const Event& event, const Member& signer, Database& database) {
  const std::string& id = event.body.at("member").as_string();
  const std::optional<Member> member = find_member(database, id);
  if (!member) throw Error(ErrorCode::bad_input, "there is no member " + in_quotes(id));
  require_may_rekey(*member, signer, database);
  const crypto::PublicKey key = sound_key(event.body.at("key").as_string(), ErrorCode::bad_input);
  refuse_known_key(database, key);  // before the one that it would replace is ended
  const std::optional<KeyRecord> before = find_key(database, member->key.id());
  require_succession(event,
                     {event.log, std::string(name_of(KeyUse::member)), id,
                      event.body.text("previous"), key.paserk()},
                     key, before);
  end_key(database, member->key.id(), event.at);
  insert_key(database, KeyUse::member, id, key, event);
  database.run(k_set_member_key, key.id().text, key.paserk(), id);
}

void apply_key_retired(const Event& event, Database& database) {
  const crypto::KeyId kid{event.body.at("kid").as_string()};
  const std::optional<KeyRecord> key = find_key(database, kid);
  if (!key) throw Error(ErrorCode::bad_input, "the registry never knew the key " + kid.text);
  if (kid == event.signer) {
    throw Error(ErrorCode::not_allowed,
                "a key does not speak of itself: change your key first with 'octroi member rekey', "
                "or let another secretary retire it");
  }
  const std::optional<Instant> from = parse_instant(event.body.at("compromised_from").as_string());
  if (!from || *from > event.at) {
    throw Error(ErrorCode::bad_input,
                "compromised from: expected a moment that is not in the "
                "future");
  }
  if (key->compromised_from && *key->compromised_from <= *from) {
    throw Error(ErrorCode::not_allowed,
                fmt::format("the key {} is retired already, from {} on", kid.text,
                            format_instant(*key->compromised_from)));
  }
  database.run(k_compromise_key, format_instant(*from), format_instant(event.at), kid.text);
}

std::vector<KeyRecord> keys_of(Database& database, KeyUse use) {
  std::vector<KeyRecord> keys;
  const auto row = database.query(k_keys_of, name_of(use));
  while (row->step()) keys.push_back(read_record(*row));
  return keys;
}

std::optional<KeyRecord> find_key(Database& database, const crypto::KeyId& kid) {
  const auto row = database.query(k_find_key, kid.text);
  if (!row->step()) return std::nullopt;
  return read_record(*row);
}

std::optional<KeyRecord> last_key(Database& database, KeyUse use) {
  std::vector<KeyRecord> keys = keys_of(database, use);
  if (keys.empty()) return std::nullopt;
  return std::move(keys.back());
}

std::optional<KeyRecord> key_in_force(Database& database, KeyUse use) {
  std::optional<KeyRecord> last = last_key(database, use);
  if (!last || last->until) return std::nullopt;
  return last;
}

std::string vkey_of(Database& database, const KeyRecord& log_key) {
  return crypto::vkey_of(read_head(database).origin, log_key.key);
}

}  // namespace octroi::registry
