// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/safe_text.hpp"
#include "commands.hpp"
#include "files.hpp"
#include "gate/status_publishing.hpp"
#include "gate/token_status.hpp"
#include "log_receipt.hpp"
#include "reply.hpp"
#include "session.hpp"

namespace octroi::app {
namespace {

std::string line_of_list(const gate::PublishedList& list) {
  return fmt::format("{} of {}: {} revoked, {} suspended; the next one by {}, valid until {}",
                     list.uri, format_instant(list.issued), list.revoked, list.suspended,
                     format_instant(list.next_update), format_instant(list.expires));
}

ExitCode status_publish(const Arguments& arguments, Session& session, Reply& reply) {
  gate::ListDraft draft;
  draft.list = arguments.number("--list");
  draft.valid_days = arguments.number("--valid-for").value_or(draft.valid_days);
  draft.next_update_days = arguments.number("--next-update").value_or(draft.next_update_days);
  require_out_free(arguments);
  const auto registry = session.open_to_write();
  const Receipt receipt(arguments, session, *registry);
  const gate::Actor actor = session.actor();
  const std::string seal_name = arguments.text("--seal").value_or(
      session.key_name_in_force(*registry, "seal").value_or("seal"));
  const crypto::SecretKey seal =
      session.open_key(seal_name, arguments.text("--seal-passphrase-file"));
  const gate::PublishedList list =
      gate::publish_status(*registry, actor, seal, draft, session.context());
  if (!arguments.has("--out")) reply.note(line_of_list(list));
  const json::Value value = to_json(list);
  answer_file(arguments, reply, list.text + "\n", &value, line_of_list(list));
  receipt.write(*registry, list.event, reply);
  reply.next("hand it to data holders; they run octroi verify with --status");
  return ExitCode::yes;
}

ExitCode status_show(const Arguments&, Session& session, Reply& reply) {
  reply.show(gate::token_statuses(*session.open_to_read(), session.options().at));
  return ExitCode::yes;
}

std::vector<Option> publish_options() {
  return joined(
      joined(
          out_options("write it there"),
          {{"--valid-for", "DAYS", "how long it may be relied on (default: 7)"},
           {"--next-update", "DAYS", "when the next one is there (default: 1)"},
           {"--list", "N", "which list, once there are several"},
           {"--seal", "NAME", "the key that signs tokens (default: the seal in force)"},
           {"--seal-passphrase-file", "FILE", "its passphrase, if not that of --passphrase-file"}}),
      receipt_options());
}

}  // namespace

std::vector<Command> status_commands() {
  return {
      {.name = "status show",
       .reader = Reader::secretary,
       .summary = "which tokens are valid, suspended or revoked",
       .description =
           "Shows every token and how it stands. With --at, how it must be regarded as having "
           "stood at a past moment: acts count from the moment that they name, whenever they were "
           "recorded.",
       .examples = {{"octroi status show", ""},
                    {"octroi status show --at 2026-11-20T10:00:00Z", "was it valid then?"}},
       .looks_at_the_time = true,
       .run = status_show},
      {.name = "status publish",
       .reader = Reader::secretary,
       .summary = "sign a status list for data holders",
       .description =
           "Makes a list of how all tokens stand, as an IETF Token Status List signed with the "
           "seal, and logs it. It goes to standard output or, with --out, into a new file, "
           "or in the place of the last one with --replace. Publish one after every revocation, "
           "before the last one ends, and after the "
           "seal was replaced: what the old seal signed is believed for two days more, then only "
           "with the proof that --receipt writes (verify --status-proof).",
       .options = publish_options(),
       .examples = {{"octroi status publish --out status.paseto --replace --as martin", ""},
                    {"octroi status publish --out status.paseto --valid-for 30 --next-update 7 "
                     "--as martin",
                     "for data holders that are seldom reached"}},
       .run = status_publish}};
}

}  // namespace octroi::app
