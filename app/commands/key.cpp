// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "commands.hpp"
#include "files.hpp"
#include "gate/board.hpp"
#include "gate/key_changes.hpp"
#include "gate/keys.hpp"
#include "gate/trust.hpp"
#include "reply.hpp"
#include "session.hpp"

namespace octroi::app {
namespace {

std::string lines_of(const gate::KeyRow& key) {
  return fmt::format("{}\n  key  {}\n  id   {}", key.name, key.key, key.kid);
}

ExitCode key_new(const Arguments& arguments, Session& session, Reply& reply) {
  const std::string& name = arguments.required("NAME");
  const std::string folder = session.options().keys.string();
  const gate::KeyRow key =
      gate::new_key(session.options().keys, name, session.new_passphrase(name));
  reply.say(key, lines_of(key));
  reply.note(
      fmt::format("{}/{}.k4.public is for everybody; {}/{}.k4.secret-pw is yours alone\n"
                  "the passphrase cannot be recovered",
                  folder, name, folder, name));
  return ExitCode::yes;
}

ExitCode key_list(const Arguments& arguments, Session& session, Reply& reply) {
  if (arguments.has("--board")) {
    reply.show(gate::list_board_keys(*session.open_to_read()));
    return ExitCode::yes;
  }
  const std::vector<gate::KeyRow> keys = gate::list_keys(session.options().keys);
  std::string text;
  for (const gate::KeyRow& key : keys) text += (text.empty() ? "" : "\n") + lines_of(key);
  if (keys.empty()) text = fmt::format("no keys in {}", session.options().keys.string());
  reply.say(keys, text);
  return ExitCode::yes;
}

ExitCode key_public(const Arguments& arguments, Session& session, Reply& reply) {
  const std::string& name = arguments.required("NAME");
  const gate::KeyRow key = gate::complete_key(session.options().keys, name, session.open_key(name));
  reply.say(key, lines_of(key));
  reply.note(fmt::format("{}/{}.k4.public is there", session.options().keys.string(), name));
  return ExitCode::yes;
}

ExitCode key_show(const Arguments& arguments, Session& session, Reply& reply) {
  const gate::KeyRow key =
      gate::row_of(arguments.required("NAME"), session.public_key(arguments.required("NAME")));
  reply.say(key, lines_of(key));
  return ExitCode::yes;
}

gate::LogDemands log_demands(const Arguments& arguments) {
  gate::LogDemands demands;
  demands.requires_proof = arguments.has("--requires-proof");
  if (const auto file = arguments.text("--log-policy")) {
    demands.log_policy = read_input(*file, gate::k_log_policy_bytes_max);
    if (demands.log_policy->empty()) {
      throw Error(ErrorCode::bad_input, *file + ": expected a policy, and it is empty");
    }
  }
  return demands;
}

std::string signed_trust(gate::Database& registry, const Arguments& arguments, Session& session) {
  const std::string seal = arguments.text("--seal").value_or(
      session.key_name_in_force(registry, "seal").value_or("seal"));
  return gate::sign_trust(registry, session.open_key(seal), log_demands(arguments));
}

ExitCode key_trust(const Arguments& arguments, Session& session, Reply& reply) {
  const auto registry = session.open_to_read();
  const std::string trust =
      arguments.has("--sign") ? signed_trust(*registry, arguments, session) + "\n"
                              : json::pretty(gate::export_trust(*registry, log_demands(arguments)));
  answer_file(arguments, reply, trust, nullptr,
              "the trust file; hand it to whoever verifies tokens, in a way that they trust");
  return ExitCode::yes;
}

std::vector<Option> trust_options() {
  return joined(out_options("write it there instead of on standard output"),
                {{"--sign", "", "as a token that the seal in force signs"},
                 {"--seal", "NAME", "the key to sign with (default: the seal in force)"},
                 {"--log-policy", "FILE", "log keys, witnesses and quorum (C2SP tlog-policy)"},
                 {"--requires-proof", "", "tokens count only with the proof of their issue"}});
}

}  // namespace

std::vector<Command> key_commands() {
  const Positional name{"NAME",
                        "letters, digits, '-', '_' and '.'; a member's key has the member's id"};
  return {
      {.name = "key new",
       .reader = Reader::secretary,
       .summary = "make a key, for a member or as the board's seal",
       .description =
           "Makes an Ed25519 key and writes two files into the keys folder: NAME.k4.secret-pw, "
           "encrypted under a passphrase of at least 8 characters and readable by you alone, and "
           "NAME.k4.public, to hand out. Nothing is ever overwritten. A researcher sends the "
           "public file to the board's secretary, who adds the member.",
       .positionals = {name},
       .examples = {{"octroi key new dupont", ""},
                    {"octroi key new seal", "the key that signs a board's tokens"}},
       .run = key_new},
      {.name = "key list",
       .reader = Reader::secretary,
       .summary = "the keys of the folder, their public halves",
       .description = "With --board, the keys that the registry knows instead: seals, log keys and "
                      "members' keys, and from when to when each signs.",
       .options = {{"--board", "", "the registry's keys instead of the folder's"}},
       .examples = {{"octroi key list", ""},
                    {"octroi key list --board", "the board's, with their times"}},
       .run = key_list},
      {.name = "key show",
       .reader = Reader::secretary,
       .summary = "one key's public half",
       .description = "Shows a public key (k4.public) and its id (k4.pid).",
       .positionals = {name},
       .examples = {{"octroi key show dupont", ""}},
       .run = key_show},
      {.name = "key public",
       .reader = Reader::secretary,
       .summary = "write a key's public half again",
       .description = "Opens the secret key and writes NAME.k4.public beside it, where that file "
                      "is lost or 'octroi key new' was cut off before it. A public half of another "
                      "key is left as it is, and refused.",
       .positionals = {name},
       .examples = {{"octroi key public dupont", ""}},
       .run = key_public},
      {.name = "key trust",
       .reader = Reader::secretary,
       .summary = "the trust file that verifiers need",
       .description =
           "Writes the board's trust file: its origin and the public keys that sign its tokens. "
           "It is public. Whoever verifies must have it from the board itself, or hold an older "
           "one: signed by the seal (--sign), a newer one proves itself to them with 'octroi trust "
           "check'. It can ask more of the log than that its key signed: a policy names the "
           "witnesses whose cosignatures a proof or a published log must carry, and with "
           "--requires-proof a token counts only with the proof of its issue. Give both each time: "
           "'octroi trust check' refuses a newer file that asks for less.",
       .options = trust_options(),
       .examples = {{"octroi key trust --out trust.json", ""},
                    {"octroi key trust --sign --out trust.paseto", "one that proves itself"}},
       .run = key_trust},
  };
}

}  // namespace octroi::app
