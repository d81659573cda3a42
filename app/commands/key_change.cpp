// SPDX-License-Identifier: Apache-2.0
// key rotate, key retire, key passphrase: what becomes of a key after it was made.
#include <fmt/format.h>

#include "base/error.hpp"
#include "commands.hpp"
#include "gate/key_changes.hpp"
#include "gate/keys.hpp"
#include "reply.hpp"
#include "session.hpp"

namespace octroi::app {
namespace {

/// The key that hands over, unless it is lost: --old, else the one of the folder that is in force.
std::optional<crypto::SecretKey> open_old_key(gate::Database& registry, const std::string& use,
                                              const Arguments& arguments, Session& session) {
  if (arguments.has("--lost")) return std::nullopt;
  std::optional<std::string> name = arguments.text("--old");
  if (!name) name = session.key_name_in_force(registry, use);
  if (!name && use == "log" && gate::is_without_log_key(registry)) return std::nullopt;
  if (!name) {
    throw Error(ErrorCode::usage,
                fmt::format("the {} key in force is not in the keys folder, so that it cannot hand "
                            "over; name it with --old, or say --lost",
                            use));
  }
  return session.open_key(*name, arguments.text("--old-passphrase-file"));
}

ExitCode key_rotate(const Arguments& arguments, Session& session, Reply& reply) {
  const std::string& use = arguments.required("--use");
  const bool is_dry_run = arguments.has("--dry-run");
  const auto registry = session.open_to_write();
  const gate::Actor actor = session.actor();
  const crypto::SecretKey key =
      session.open_key(arguments.required("NAME"), arguments.text("--key-passphrase-file"));
  const std::optional<crypto::SecretKey> old = open_old_key(*registry, use, arguments, session);
  const auto rotate = use == "seal" ? gate::rotate_seal : gate::rotate_log_key;
  const gate::BoardKey row =
      rotate(*registry, actor, key, old ? &*old : nullptr, session.context(), is_dry_run);
  if (is_dry_run) {
    reply.say(row, fmt::format("dry run: {} would be the {} key from now on", row.kid, use));
    return ExitCode::yes;
  }
  reply.say(row, fmt::format("{} is the {} key from now on", row.kid, use));
  reply.next(use == "seal"
                 ? "octroi key trust --sign and octroi status publish, and hand the new trust file "
                   "and status list to whoever verifies"
                 : "octroi key trust --sign, and hand the new trust file to whoever verifies");
  return ExitCode::yes;
}

/// A key's id, or the name of a key of the folder.
crypto::KeyId read_key_id(const std::string& text, const Session& session) {
  if (text.starts_with("k4.pid.")) return {text};
  return session.public_key(text).id();
}

ExitCode key_retire(const Arguments& arguments, Session& session, Reply& reply) {
  const std::optional<Instant> from = arguments.time("--compromised-from");
  const crypto::KeyId kid = read_key_id(arguments.required("KEY"), session);
  const auto registry = session.open_to_write();
  const bool is_dry_run = arguments.has("--dry-run");
  const gate::BoardKey row = gate::retire_key(*registry, session.actor(), kid, from.value(),
                                              session.context(), is_dry_run);
  if (is_dry_run) {
    reply.say(row, fmt::format("dry run: {} ({}{}{}) would be retired: nothing that it signed from "
                               "{} on would be believed",
                               row.kid, row.use, row.owner.empty() ? "" : " of ", row.owner,
                               format_instant(*row.compromised_from)));
    return ExitCode::yes;
  }
  reply.say(row, fmt::format("{} ({}) is retired: nothing that it signed from {} on is believed",
                             row.kid, row.use, format_instant(*row.compromised_from)));
  reply.next("octroi audit shows what it signed since; octroi key trust makes the new trust file");
  return ExitCode::yes;
}

ExitCode key_passphrase(const Arguments& arguments, Session& session, Reply& reply) {
  const std::string& name = arguments.required("NAME");
  const crypto::SecretKey key = session.open_key(name);
  const gate::KeyRow row = gate::change_passphrase(
      session.options().keys, name, key,
      session.new_passphrase(name, arguments.text("--new-passphrase-file")));
  reply.say(row, fmt::format("{} has a new passphrase", name));
  reply.note("copies of the file from before still open with the old one");
  return ExitCode::yes;
}

}  // namespace

std::vector<Command> key_change_commands() {
  return {
      {.name = "key rotate",
       .reader = Reader::secretary,
       .summary = "put a new seal or log key in the place of the old one",
       .description =
           "From now on another key of the keys folder signs tokens (--use seal) or checkpoints "
           "(--use log). It proves itself by signing for it, and the one in force hands over, so "
           "that whoever holds a trust file can check the next one. What the old key signed in its "
           "time stays valid, what it signs later is refused. A board without a log key gets its "
           "first one in the same way. One secretary alone can do this, also where a release takes "
           "several: only the log shows what a seal signed without them, so that such a board asks "
           "for the proof of issue (init --requires-proof, key trust --requires-proof).",
       .positionals = {{"NAME", "the new key, from the keys folder"}},
       .options = {{.name = "--use",
                    .value = "USE",
                    .help = "what it is for",
                    .is_required = true,
                    .choices = {"seal", "log"}},
                   {"--old", "NAME", "the key that hands over (default: the one in force)"},
                   {"--lost", "", "the key in force is lost or compromised and cannot hand over"},
                   {"--dry-run", "", "check everything, record nothing"},
                   {"--key-passphrase-file", "FILE",
                    "the new key's passphrase, if not that of --passphrase-file"},
                   {"--old-passphrase-file", "FILE",
                    "the old key's passphrase, if not that of --passphrase-file"}},
       .examples = {{"octroi key rotate seal-2027 --use seal --as martin", ""},
                    {"octroi key rotate log --use log --as martin", "a board's first log key"}},
       .run = key_rotate},
      {.name = "key retire",
       .reader = Reader::secretary,
       .summary = "end a key that somebody else may have had",
       .description =
           "Ends a seal, log key or member's key for good, from a stated moment that may lie in "
           "the past. Tokens that it signed from then on are refused by whoever has the new trust "
           "file; 'octroi audit' lists what it signed since. A key does not retire itself: change "
           "yours first (member rekey), or let another secretary do it.",
       .positionals = {{"KEY", "its id (k4.pid), or the name of a key of the keys folder"}},
       .options = {{.name = "--compromised-from",
                    .value = "TIME",
                    .help = "from when on nothing that it signed is believed",
                    .is_required = true},
                   {"--dry-run", "", "check everything, record nothing"}},
       .examples = {{"octroi key retire seal --compromised-from 2026-11-20T08:00:00Z --as martin",
                     ""}},
       .run = key_retire},
      {.name = "key passphrase",
       .reader = Reader::secretary,
       .summary = "change the passphrase of a key",
       .description = "Encrypts the key under a new passphrase and replaces its file in one step. "
                      "The key itself stays the same; the secret is never written unencrypted.",
       .positionals = {{"NAME", "a key of the keys folder"}},
       .options = {{"--new-passphrase-file", "FILE",
                    "read the new passphrase here instead of asking for it"}},
       .examples = {{"octroi key passphrase dupont", ""}},
       .run = key_passphrase},
  };
}

}  // namespace octroi::app
