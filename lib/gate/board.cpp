// SPDX-License-Identifier: Apache-2.0
#include "gate/board.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "crypto/vkey.hpp"
#include "gate/acting.hpp"
#include "registry/erasures.hpp"
#include "registry/log.hpp"
#include "registry/members.hpp"

namespace octroi::gate {
namespace {

using json::Value;
using registry::EventType;
using registry::Transaction;

/// A registry file that goes away again unless it is kept.
class NewFile {
 public:
  explicit NewFile(std::filesystem::path path) : path_(std::move(path)) {}
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  ~NewFile() {
    if (is_kept_) return;
    for (const char* suffix : {"", "-wal", "-shm"}) {
      std::error_code ignored;
      std::filesystem::remove(path_.string() + suffix, ignored);
    }
  }
  void keep() { is_kept_ = true; }

 private:
  std::filesystem::path path_;
  bool is_kept_ = false;
};

Value founding_members(const Value& charter) {
  Value members = Value::Array{};
  for (const Value& member : charter.at("members").as_array()) {
    members.push(json::object(
        {{"id", member.at("id")}, {"key", member.at("key")}, {"roles", member.at("roles")}}));
  }
  return members;
}

Value founding_body(const Value& charter, const crypto::PublicKey& seal,
                    const std::optional<crypto::PublicKey>& log_key, std::string document) {
  Value body = founding_rule(charter);
  body.set("document", std::move(document));
  body.set("seal", seal.paserk());
  if (log_key) body.set("log_key", crypto::vkey_of(charter.at("origin").as_string(), *log_key));
  return body;
}

MemberRow member_row(const registry::Member& member) {
  return {member.id,    member.roles,   member.key.id().text, member.key.paserk(),
          member.added, member.retired, member.proposed_by,   member.retiring_by};
}

MemberRow member_row(Database& database, const std::string& id) {
  return member_row(registry::find_member(database, id).value());
}

}  // namespace

Value founding_rule(const Value& charter) {
  const Value& decision = charter.at("decision");
  Value rule = json::object({{"majority", decision.at("majority")},
                             {"seats", decision.at("seats")},
                             {"present_min", decision.at("present_min")},
                             {"members", founding_members(charter)}});
  if (const Value* issuing = charter.find("issuing")) {
    rule.set("endorsements", issuing->at("endorsements"));
  }
  return rule;
}

FoundedBoard found_board(const std::filesystem::path& path, const model::Document& charter,
                         const crypto::PublicKey& seal, const Actor& founder,
                         const Context& context, const std::optional<crypto::PublicKey>& log_key) {
  const auto database = open_sqlite(path, OpenMode::create);
  NewFile file(path);
  Transaction transaction(*database, Transaction::Kind::write);
  registry::make_registry_tables(*database);
  const std::string& origin = charter.value.at("origin").as_string();
  registry::make_log(*database, origin);
  Value body = founding_body(charter.value, seal, log_key, keep(*database, charter, context));
  registry::append(*database, EventType::board_founded, std::move(body), founder.key,
                   context.clock(), context.random);
  require_actor(*database, founder);
  FoundedBoard board{charter.value.at("board").as_string(), origin, seal.id().text, {}};
  for (const MemberRow& member : list_members(*database)) board.members.push_back(member.id);
  transaction.commit();
  file.keep();
  return board;
}

MemberRow add_member(Database& database, const Actor& actor, const std::string& id,
                     const crypto::PublicKey& key, const std::vector<std::string>& roles,
                     const Context& context) {
  if (!registry::is_short_name(id)) {
    throw Error(ErrorCode::bad_input,
                fmt::format("member: expected a short name (small letters, digits, '.', '_' and "
                            "'-', at most 64), got {}",
                            in_quotes(id)));
  }
  Transaction transaction(database, Transaction::Kind::write);
  act(database, actor, EventType::member_added,
      json::object({{"member", id}, {"key", key.paserk()}, {"roles", json::strings(roles)}}),
      context);
  MemberRow row = member_row(database, id);
  transaction.commit();
  return row;
}

MemberRow retire_member(Database& database, const Actor& actor, const std::string& id,
                        const Context& context) {
  Transaction transaction(database, Transaction::Kind::write);
  act(database, actor, EventType::member_retired, json::object({{"member", id}}), context);
  MemberRow row = member_row(database, id);
  transaction.commit();
  return row;
}

std::vector<MemberRow> list_members(Database& database) {
  std::vector<MemberRow> rows;
  for (const registry::Member& member : registry::all_members(database)) {
    rows.push_back(member_row(member));
  }
  return rows;
}

}  // namespace octroi::gate
