// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/error.hpp"
#include "commands.hpp"
#include "document_batch.hpp"
#include "evidence.hpp"
#include "files.hpp"
#include "gate/trust.hpp"
#include "gate/verifying.hpp"
#include "reply.hpp"
#include "session.hpp"
#include "verify_batch.hpp"

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

/// A holder alone says who asks, not what is released. The lines of a batch may say it themselves.
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
  if (!is_stated && !use.is_for_any && !arguments.has("--batch")) {
    throw Error(ErrorCode::usage,
                "say what is to be released, with one or more of --dataset ID, --purpose CODE, "
                "--environment ID and --user ID; or --any to compare nothing");
  }
  return use;
}

void require_batch_or_token(const Arguments& arguments) {
  const bool is_batch = arguments.has("--batch");
  if (!is_batch && !arguments.has("TOKEN")) {
    throw Error(ErrorCode::usage,
                "verify: expected TOKEN\n'octroi verify --help' shows what it takes");
  }
  if (is_batch && arguments.has("TOKEN")) {
    throw Error(ErrorCode::usage, "verify: expected either TOKEN or --batch FILE");
  }
  if (is_batch && arguments.has("--proof")) {
    throw Error(ErrorCode::usage,
                "verify: --proof is of one token; in a batch each line can carry its own");
  }
  if (!is_batch && arguments.has("--jobs")) {
    throw Error(ErrorCode::usage, "verify: --jobs is for --batch");
  }
}

ExitCode verify(const Arguments& arguments, Session& session, Reply& reply) {
  require_batch_or_token(arguments);
  const gate::Use use = read_use(arguments);
  require_one_standard_input(arguments);
  const std::string file = trust_file(arguments, session);
  const model::Document trust = read_trust_file(file);
  require_clock(trust, file, session);
  if (const auto batch = arguments.text("--batch")) {
    const std::size_t jobs = jobs_asked_for(arguments);
    const gate::Evidence evidence = read_evidence(arguments);
    const gate::TokenBatch tokens(trust, evidence.status, use, session.now());
    return verify_batch(*batch, tokens, jobs, session.world());
  }
  const gate::Verification verification =
      gate::verify_token(read_token_file(arguments.required("TOKEN")), trust, use, session.now(),
                         read_evidence(arguments));
  reply.show(verification);
  return exit_code(verification.answer);
}

std::vector<Option> verify_options() {
  const std::vector<Option> use = {
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
      {"--batch", "FILE", "verify each line of this; '-' is standard input"},
      {"--jobs", "N", "how many lines of it at a time; default: what the machine can"},
      {"--any", "", "compare nothing; says only that the token is genuine and in time"}};
  return joined({{"--trust", "FILE", "the board's trust file, plain or signed (or OCTROI_TRUST)"}},
                joined(evidence_options(), use));
}

}  // namespace

std::vector<Command> verify_commands() {
  return {
      {.name = "verify",
       .reader = Reader::data_holder,
       .summary = "whether something may be released, to whom, for what",
       .description =
           "Verifies a token with the board's trust file: no registry, no network. Say what "
           "you are about to release and to whom; the token must allow all of it. Ends with 0 "
           "when valid, 10 malformed, 11 signature or key, 12 expired, 13 not yet valid, 14 "
           "revoked or suspended, 15 for another use, 16 when the status list is missing, "
           "refused or stale, 17 when the proof of its issue is missing or not good. A trust file "
           "can demand a status list and a proof; without them, whether the token was revoked, "
           "or is in the board's log, is not known, and the answer says so. A batch holds a token "
           "a line, or an object with the token and what it is for "
           "(schemas/verify-line.schema.json), beside what is stated for all. It is answered "
           "line by line, in order, some dozen lines at a time "
           "(schemas/output/verify-line.schema.json); it ends with the worst of the lines' codes: "
           "11, 10, 17, 14, 12, 15, 13, 16 in this order, else 3 for a line that cannot be read, "
           "else 0. Ctrl-C ends it after the lines in hand.",
       .positionals = {{.name = "TOKEN",
                        .help = "the token's file; '-' is standard input",
                        .is_optional = true}},
       .options = verify_options(),
       .examples = {{"octroi verify cnam.paseto --trust trust.json --dataset snds-main-base "
                     "--purpose snds:6 --environment azure-hub --user analyst-1",
                     "before a release"},
                    {"octroi verify cnam.paseto --trust trust.json --status status.paseto "
                     "--max-age 2 --dataset snds-main-base",
                     "with a status list that is at most two days old"},
                    {"octroi verify --batch tokens.txt --trust trust.json --dataset "
                     "snds-main-base",
                     "a token a line"},
                    {"octroi verify cnam.paseto --trust trust.json --any",
                     "whether it is genuine and in time, for whatever use"}},
       .looks_at_the_time = true,
       .run = verify}};
}

}  // namespace octroi::app
