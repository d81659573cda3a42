// SPDX-License-Identifier: Apache-2.0
#include "registry/members.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "crypto/vkey.hpp"
#include "registry/keys.hpp"

namespace octroi::registry {
namespace {

constexpr std::string_view k_insert_charter =
    "INSERT INTO charters (log, document, majority, seats, present_min, endorsements) "
    "VALUES (1, $1, $2, $3, $4, $5)";
constexpr std::string_view k_charter =
    "SELECT document, majority, seats, present_min, endorsements FROM charters WHERE log = 1";
constexpr std::string_view k_insert_member =
    "INSERT INTO members (id, kid, key, roles, added_at, proposed_by) "
    "VALUES ($1, $2, $3, $4, $5, $6)";
constexpr std::string_view k_confirm = "UPDATE members SET proposed_by = NULL WHERE id = $1";
constexpr std::string_view k_begin_retiring = "UPDATE members SET retiring_by = $1 WHERE id = $2";
constexpr std::string_view k_retire = "UPDATE members SET retired_at = $1 WHERE id = $2";
constexpr std::string_view k_members =
    "SELECT id, key, roles, added_at, retired_at, proposed_by, retiring_by "
    "FROM members ORDER BY id";
constexpr std::string_view k_member =
    "SELECT id, key, roles, added_at, retired_at, proposed_by, retiring_by "
    "FROM members WHERE id = $1";
constexpr std::string_view k_member_of_key =
    "SELECT id, key, roles, added_at, retired_at, proposed_by, retiring_by "
    "FROM members WHERE kid = $1";

crypto::PublicKey read_key(const std::string& text) {
  const std::optional<crypto::PublicKey> key = crypto::PublicKey::from_paserk(text);
  if (!key)
    throw Error(ErrorCode::damaged, "registry: expected a public key, got " + in_quotes(text));
  return *key;
}

crypto::PublicKey admissible_key(const std::string& text, std::string_view what) {
  const std::optional<crypto::PublicKey> key = crypto::PublicKey::from_paserk(text);
  if (!key) {
    throw Error(ErrorCode::bad_input,
                fmt::format("{}: expected a k4.public key, got {}", what, in_quotes(text)));
  }
  return *key;
}

std::vector<std::string> split(const std::string& roles) {
  std::vector<std::string> result;
  for (std::size_t start = 0; start <= roles.size();) {
    const std::size_t end = std::min(roles.find(',', start), roles.size());
    result.push_back(roles.substr(start, end - start));
    start = end + 1;
  }
  return result;
}

std::string joined_roles(const json::Value& member) {
  std::vector<std::string> roles = json::to_strings(member.find("roles"));
  std::sort(roles.begin(), roles.end());
  return fmt::format("{}", fmt::join(roles, ","));
}

Member read_member(const Statement& row) {
  Member member{row.text(0),
                read_key(row.text(1)),
                split(row.text(2)),
                read_instant(row, 3),
                {},
                row.text_or_none(5).value_or(""),
                row.text_or_none(6).value_or("")};
  if (!row.is_null(4)) member.retired = read_instant(row, 4);
  return member;
}

/// `proposer`: the secretary who adds another one and is not enough for it.
void insert_member(Database& database, const std::string& id, const json::Value& member,
                   const Event& event, const std::optional<std::string>& proposer = {}) {
  const crypto::PublicKey key = admissible_key(member.at("key").as_string(), "member " + id);
  if (database.query(k_member, id)->step()) {
    throw Error(ErrorCode::not_allowed,
                fmt::format("member {} exists already; an id is never used again", id));
  }
  enter_key(database, KeyUse::member, id, key, event);
  database.run(k_insert_member, id, key.id().text, key.paserk(), joined_roles(member),
               format_instant(event.at), proposer);
}

void enter_log_key(Database& database, const Event& event) {
  const json::Value* text = event.body.find("log_key");
  if (text == nullptr) return;
  const std::optional<crypto::NamedKey> key = crypto::read_vkey(text->as_string());
  if (!key || key->name != event.log) {
    throw Error(ErrorCode::bad_input,
                fmt::format("log key: expected a sound verifier key named {}, got {}", event.log,
                            in_quotes(text->as_string())));
  }
  enter_key(database, KeyUse::log, "", key->key, event);
}

bool is_in_force(Database& database, const Member& member) {
  const std::optional<KeyRecord> key = find_key(database, member.key.id());
  return !member.retired && key && !key->until;
}

/// A second secretary adds whom a first one has added: in the same words, or one of them could put
/// a key of their own in the place of the other's.
void confirm_member(const Member& proposed, const Event& event, const Member& signer,
                    Database& database) {
  if (proposed.proposed_by == signer.id) {
    throw Error(ErrorCode::not_allowed,
                fmt::format("{} added {} already; this board's releases take several secretaries, "
                            "so another one has to add them too",
                            signer.id, proposed.id));
  }
  if (event.body.at("key").as_string() != proposed.key.paserk() ||
      joined_roles(event.body) != fmt::format("{}", fmt::join(proposed.roles, ","))) {
    throw Error(
        ErrorCode::not_allowed,
        fmt::format("{} added {} with another key or other roles: {}, {}", proposed.proposed_by,
                    proposed.id, proposed.key.paserk(), fmt::join(proposed.roles, ", ")));
  }
  database.run(k_confirm, proposed.id);
}

/// Enough secretaries stay: one, or as many as a release takes.
void require_secretaries_left(const Member& leaving, Database& database) {
  const std::vector<Member> members = all_members(database);
  const auto is_other_secretary = [&](const Member& other) {
    return other.id != leaving.id && other.has_role("secretary") && is_in_force(database, other);
  };
  const auto left = std::count_if(members.begin(), members.end(), is_other_secretary);
  const int needed = read_charter(database).endorsements + 1;
  if (!leaving.has_role("secretary") || left >= needed) return;
  throw Error(ErrorCode::not_allowed,
              left == 0 ? fmt::format("{} is the last secretary; add another one first", leaving.id)
                        : fmt::format("without {} there are fewer than the {} secretaries that a "
                                      "release takes; add another one first",
                                      leaving.id, needed));
}

}  // namespace

bool Member::has_role(std::string_view role) const {
  if (role == "secretary" && !proposed_by.empty()) return false;
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

bool Member::is_named_secretary() const {
  return std::find(roles.begin(), roles.end(), "secretary") != roles.end();
}

crypto::PublicKey founder_key(const Event& event) {
  if (event.type != EventType::board_founded) {
    throw Error(ErrorCode::damaged, "event 0: expected board.founded");
  }
  for (const json::Value& member : event.body.at("members").as_array()) {
    const crypto::PublicKey key = admissible_key(member.at("key").as_string(), "member");
    const std::vector<std::string> roles = json::to_strings(member.find("roles"));
    const bool is_secretary = std::find(roles.begin(), roles.end(), "secretary") != roles.end();
    if (key.id() == event.signer && is_secretary) return key;
  }
  throw Error(ErrorCode::not_allowed,
              "a board is founded by one of the secretaries that its charter names");
}

void apply_board_founded(const Event& event, Database& database) {
  static_cast<void>(founder_key(event));
  const json::Value& body = event.body;
  const std::optional<Digest> document = Digest::from_hex(body.at("document").as_string());
  const std::int64_t seats = body.at("seats").as_integer();
  const std::int64_t present_min = body.at("present_min").as_integer();
  if (present_min > seats) {
    throw Error(ErrorCode::bad_input,
                fmt::format("charter: {} members must be present, but there are {} seats",
                            present_min, seats));
  }
  const json::Value* endorsements = body.find("endorsements");
  database.run(k_insert_charter, *document, body.at("majority").as_string(), seats, present_min,
               endorsements == nullptr ? std::int64_t{0} : endorsements->as_integer());
  enter_key(database, KeyUse::seal, "", admissible_key(body.at("seal").as_string(), "seal"), event);
  enter_log_key(database, event);
  for (const json::Value& member : body.at("members").as_array()) {
    insert_member(database, member.at("id").as_string(), member, event);
  }
}

void apply_member_added(const Event& event, const Member& signer, Database& database) {
  const std::string& id = event.body.at("member").as_string();
  const std::optional<Member> known = find_member(database, id);
  if (known && !known->retired && !known->proposed_by.empty()) {
    return confirm_member(*known, event, signer, database);
  }
  const std::vector<std::string> roles = json::to_strings(event.body.find("roles"));
  const bool is_secretary = std::find(roles.begin(), roles.end(), "secretary") != roles.end();
  const bool takes_two = is_secretary && read_charter(database).endorsements > 0;
  insert_member(database, id, event.body, event,
                takes_two ? std::optional(signer.id) : std::nullopt);
}

void apply_member_retired(const Event& event, const Member& signer, Database& database) {
  const std::string& id = event.body.at("member").as_string();
  const std::optional<Member> member = find_member(database, id);
  if (!member) throw Error(ErrorCode::bad_input, "there is no member " + in_quotes(id));
  if (member->retired) {
    throw Error(ErrorCode::not_allowed,
                fmt::format("member {} was retired on {}", id, format_instant(*member->retired)));
  }
  require_secretaries_left(*member, database);
  const bool takes_two =
      member->has_role("secretary") && signer.id != id && read_charter(database).endorsements > 0;
  if (takes_two && member->retiring_by.empty()) {
    database.run(k_begin_retiring, signer.id, id);
    return;
  }
  if (takes_two && member->retiring_by == signer.id) {
    throw Error(ErrorCode::not_allowed,
                fmt::format("{} asked already that {} be retired; this board's releases take "
                            "several secretaries, so another one has to retire them too",
                            signer.id, id));
  }
  database.run(k_retire, format_instant(event.at), id);
  end_key(database, member->key.id(), event.at);
}

Member active_member_of_key(Database& database, const crypto::KeyId& kid) {
  const std::optional<KeyRecord> key = find_key(database, kid);
  const auto row = database.query(k_member_of_key, kid.text);
  if (!row->step()) {
    if (key && key->use == KeyUse::member) {
      throw Error(ErrorCode::not_allowed,
                  fmt::format("the key {} of {} was replaced on {}", kid.text, key->owner,
                              key->until ? format_instant(*key->until) : ""));
    }
    throw Error(ErrorCode::not_allowed,
                fmt::format("the key {} is no member's; a secretary adds members with 'octroi "
                            "member add'",
                            kid.text));
  }
  Member member = read_member(*row);
  if (member.retired) {
    throw Error(ErrorCode::not_allowed, fmt::format("member {} was retired on {}", member.id,
                                                    format_instant(*member.retired)));
  }
  if (!key || key->until) {
    throw Error(ErrorCode::not_allowed,
                fmt::format("the key {} of {} was retired; a secretary enters another one with "
                            "'octroi member rekey'",
                            kid.text, member.id));
  }
  return member;
}

std::optional<Member> find_member(Database& database, const std::string& id) {
  const auto row = database.query(k_member, id);
  if (!row->step()) return std::nullopt;
  return read_member(*row);
}

std::vector<Member> all_members(Database& database) {
  std::vector<Member> members;
  const auto row = database.query(k_members);
  while (row->step()) members.push_back(read_member(*row));
  return members;
}

CharterRow read_charter(Database& database) {
  const auto row = database.query(k_charter);
  if (!row->step()) throw Error(ErrorCode::damaged, "registry: there is no charter in it");
  return {row->digest(0), row->text(1), static_cast<int>(row->integer(2)),
          static_cast<int>(row->integer(3)), static_cast<int>(row->integer(4))};
}

Instant read_instant(const Statement& row, int column) {
  const std::string text = row.text(column);
  const std::optional<Instant> instant = parse_instant(text);
  if (!instant)
    throw Error(ErrorCode::damaged, "registry: expected a time, got " + in_quotes(text));
  return *instant;
}

std::optional<Date> read_date(const Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  const std::string text = row.text(column);
  const std::optional<Date> date = parse_date(text);
  if (!date) throw Error(ErrorCode::damaged, "registry: expected a day, got " + in_quotes(text));
  return date;
}

}  // namespace octroi::registry
