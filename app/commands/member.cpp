// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "commands.hpp"
#include "crypto/key_file.hpp"
#include "gate/board.hpp"
#include "gate/key_changes.hpp"
#include "reply.hpp"
#include "session.hpp"

namespace octroi::app {
namespace {

ExitCode member_add(const Arguments& arguments, Session& session, Reply& reply) {
  const std::string& id = arguments.required("ID");
  const auto file = arguments.text("--key");
  const crypto::PublicKey key = file ? crypto::read_public_key_file(*file) : session.public_key(id);
  const auto registry = session.open_to_write();
  const gate::MemberRow member = gate::add_member(*registry, session.actor(), id, key,
                                                  arguments.all("--role"), session.context());
  reply.say(member, fmt::format("{} is a member: {}", member.id, fmt::join(member.roles, ", ")));
  if (!member.proposed_by.empty()) {
    reply.next(
        fmt::format("another secretary than {} adds {} too, with the same key and roles: no "
                    "secretary before that",
                    member.proposed_by, member.id));
  }
  return ExitCode::yes;
}

ExitCode member_list(const Arguments&, Session& session, Reply& reply) {
  reply.show(gate::list_members(*session.open_to_read()));
  return ExitCode::yes;
}

ExitCode member_retire(const Arguments& arguments, Session& session, Reply& reply) {
  const auto registry = session.open_to_write();
  const gate::MemberRow member =
      gate::retire_member(*registry, session.actor(), arguments.required("ID"), session.context());
  if (!member.retired) {
    reply.say(member, fmt::format("{} is still a secretary", member.id));
    reply.next(
        fmt::format("another secretary than {} retires {} too", member.retiring_by, member.id));
    return ExitCode::yes;
  }
  reply.say(member,
            fmt::format("{} is no member any more; what they signed stays valid", member.id));
  return ExitCode::yes;
}

ExitCode member_rekey(const Arguments& arguments, Session& session, Reply& reply) {
  const auto registry = session.open_to_write();
  const gate::Actor actor = session.actor();
  const crypto::SecretKey key =
      session.open_key(arguments.required("--key"), arguments.text("--key-passphrase-file"));
  const gate::BoardKey row =
      gate::rekey_member(*registry, actor, arguments.required("ID"), key, session.context());
  reply.say(row, fmt::format("{} signs with {} from now on", row.owner, row.kid));
  reply.note("what the key before it signed stays valid");
  return ExitCode::yes;
}

}  // namespace

std::vector<Command> member_commands() {
  const Positional id{"ID", "a short name, never used again: dupont"};
  return {
      {.name = "member add",
       .reader = Reader::secretary,
       .summary = "let somebody act in the registry",
       .description = "Adds a member with a key and roles. A secretary runs the registry, a "
                      "researcher submits requests, an auditor reads and audits. Where the charter "
                      "asks for endorsements, a secretary is added by two secretaries, with the "
                      "same key and roles, and is none before; otherwise one person could hold two "
                      "keys and endorse their own releases.",
       .positionals = {id},
       .options = {{"--key", "FILE",
                    "the member's k4.public file; default: the key ID of the keys folder"},
                   {.name = "--role",
                    .value = "ROLE",
                    .help = "what the member may do",
                    .is_repeatable = true,
                    .is_required = true,
                    .choices = {"secretary", "researcher", "auditor"}}},
       .examples = {{"octroi member add dupont --key dupont.k4.public --role researcher "
                     "--as martin",
                     ""}},
       .run = member_add},
      {.name = "member list",
       .reader = Reader::secretary,
       .summary = "who may act, and who could",
       .examples = {{"octroi member list", ""}},
       .run = member_list},
      {.name = "member rekey",
       .reader = Reader::secretary,
       .summary = "give a member a new key",
       .description =
           "From now on the member signs with another key of the keys folder, which proves itself "
           "by signing for it. What the key before it signed stays valid, what it signs later is "
           "refused. Members change their own key; a secretary changes that of a member who lost "
           "theirs, but not another secretary's where releases take several of them. If somebody "
           "else may have had the old key, see 'octroi key retire'.",
       .positionals = {{"ID", "the member"}},
       .options = {{.name = "--key",
                    .value = "NAME",
                    .help = "the new key, from the keys folder",
                    .is_required = true},
                   {"--key-passphrase-file", "FILE",
                    "its passphrase, if not that of --passphrase-file"}},
       .examples = {{"octroi member rekey dupont --key dupont-2027 --as dupont", ""}},
       .run = member_rekey},
      {.name = "member retire",
       .reader = Reader::secretary,
       .summary = "end a member's powers",
       .description =
           "From now on the member's key is refused. What it signed before stays valid. "
           "The last secretary cannot be retired. Where the charter asks for endorsements, "
           "two secretaries retire another one (or they do it themselves), and as many "
           "stay as a release takes. A key that was stolen is ended at once by one: see "
           "'octroi key retire'.",
       .positionals = {id},
       .examples = {{"octroi member retire dupont --as martin", ""}},
       .run = member_retire},
  };
}

}  // namespace octroi::app
