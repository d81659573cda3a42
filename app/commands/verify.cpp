// SPDX-License-Identifier: Apache-2.0
#include "base/error.hpp"
#include "base/file.hpp"
#include "base/limits.hpp"
#include "commands.hpp"
#include "files.hpp"
#include "gate/trust.hpp"
#include "gate/verifying.hpp"
#include "note/tlog_proof.hpp"
#include "reply.hpp"
#include "session.hpp"

namespace octroi::app {
namespace {

std::string trust_file(const Arguments& arguments, const Session& session) {
  if (const auto file = arguments.text("--trust")) return *file;
  const auto variable = session.world().environment("OCTROI_TRUST");
  if (variable && !variable->empty()) return *variable;
  throw Error(ErrorCode::usage,
              "say whom to trust with --trust FILE or OCTROI_TRUST; the board makes the file with "
              "'octroi key trust'");
}

/// A holder alone says who asks, not what is released.
gate::Use read_use(const Arguments& arguments) {
  gate::Use use;
  use.datasets = arguments.all("--dataset");
  use.purposes = arguments.all("--purpose");
  use.environment = arguments.text("--environment");
  use.user = arguments.text("--user");
  use.holder = arguments.text("--holder");
  use.is_for_any = arguments.has("--any");
  const bool is_stated =
      !use.datasets.empty() || !use.purposes.empty() || use.environment || use.user;
  if (!is_stated && !use.is_for_any) {
    throw Error(ErrorCode::usage,
                "say what is to be released, with one or more of --dataset ID, --purpose CODE, "
                "--environment ID and --user ID; or --any to compare nothing");
  }
  return use;
}

/// Only one of the files can be standard input.
void require_one_standard_input(const Arguments& arguments) {
  int count = 0;
  for (const std::string_view name : {"TOKEN", "--trust", "--status", "--proof"}) {
    count += int{arguments.text(name) == "-"};
  }
  if (count < 2) return;
  throw Error(ErrorCode::usage,
              "standard input can be only one of the token, the trust file, the status list and "
              "the proof");
}

gate::Evidence read_evidence(const Arguments& arguments) {
  gate::Evidence evidence;
  evidence.status.age_days_max = arguments.number("--max-age");
  if (const auto file = arguments.text("--status")) {
    evidence.status.list = read_token_file(*file);
  } else if (evidence.status.age_days_max) {
    throw Error(ErrorCode::usage,
                "--max-age says how old the list of --status may be; give it too");
  }
  if (const auto file = arguments.text("--proof")) {
    evidence.proof = read_input(*file, note::k_tlog_proof_bytes_max);
  }
  return evidence;
}

ExitCode verify(const Arguments& arguments, Session& session, Reply& reply) {
  const gate::Use use = read_use(arguments);
  require_one_standard_input(arguments);
  const model::Document trust = read_trust_file(trust_file(arguments, session));
  const gate::Verification verification =
      gate::verify_token(read_token_file(arguments.required("TOKEN")), trust, use, session.now(),
                         read_evidence(arguments));
  reply.show(verification);
  return exit_code(verification.answer);
}

std::vector<Option> verify_options() {
  return {{"--trust", "FILE", "the board's trust file, plain or signed (or OCTROI_TRUST)"},
          {"--status", "FILE", "the board's newest status list"},
          {"--max-age", "DAYS", "how old that list may be, if not until its end"},
          {"--proof", "FILE", "the .tlog-proof of its issue"},
          {.name = "--dataset",
           .value = "ID",
           .help = "a dataset that is to be released",
           .is_repeatable = true},
          {.name = "--purpose",
           .value = "CODE",
           .help = "a purpose: snds:6, ehds:e, duo:DUO:0000007",
           .is_repeatable = true},
          {"--environment", "ID", "the provider where the data will be worked on"},
          {"--user", "ID", "the person who gets access"},
          {"--holder", "ID", "the data holder that the token must be for"},
          {"--any", "", "compare nothing; says only that the token is genuine and in time"}};
}

}  // namespace

std::vector<Command> verify_commands() {
  return {{.name = "verify",
           .reader = Reader::data_holder,
           .summary = "whether something may be released, to whom, for what",
           .description =
               "Verifies a token with the board's trust file: no registry, no network. Say what "
               "you are about to release and to whom; the token must allow all of it. Ends with 0 "
               "when valid, 10 malformed, 11 signature or key, 12 expired, 13 not yet valid, 14 "
               "revoked or suspended, 15 for another use, 16 when the status list is missing, "
               "refused or stale, 17 when the proof of its issue is missing or not good. A trust "
               "file can demand a status list and a proof; without them, whether the token was revoked, "
               "or is in the board's log, is not known, and the answer says so.",
           .positionals = {{"TOKEN", "the token's file; '-' is standard input"}},
           .options = verify_options(),
           .examples = {{"octroi verify cnam.paseto --trust trust.json --dataset snds-main-base "
                         "--purpose snds:6 --environment azure-hub --user analyst-1",
                         "before a release"},
                        {"octroi verify cnam.paseto --trust trust.json --status status.paseto "
                         "--max-age 2 --dataset snds-main-base",
                         "with a status list that is at most two days old"},
                        {"octroi verify cnam.paseto --trust trust.json --any",
                         "whether it is genuine and in time, for whatever use"}},
           .looks_at_the_time = true,
           .run = verify}};
}

}  // namespace octroi::app
