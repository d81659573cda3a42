// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "commands.hpp"
#include "files.hpp"
#include "gate/requests.hpp"
#include "log_receipt.hpp"
#include "reply.hpp"
#include "session.hpp"
#include "submit_batch.hpp"

namespace octroi::app {
namespace {

ExitCode submit(const Arguments& arguments, Session& session, Reply& reply) {
  require_request_or_batch(arguments);
  if (arguments.has("--batch")) return submit_batch(arguments, session, reply);
  const model::Document request =
      read_document_file(model::DocumentKind::request, arguments.required("FILE"));
  const auto registry = session.open_to_write();
  const Receipt receipt(arguments, session, *registry);
  const gate::RequestRow row = gate::submit(*registry, session.actor(), request,
                                            arguments.text("--amends"), session.context());
  reply.say(row, fmt::format("{} version {} is submitted", row.id, row.version));
  receipt.write(*registry, row.id, reply);
  reply.next(
      fmt::format("octroi assess {} (a secretary); follow it with octroi show {}", row.id, row.id));
  return ExitCode::yes;
}

ExitCode withdraw(const Arguments& arguments, Session& session, Reply& reply) {
  const auto registry = session.open_to_write();
  const gate::RequestRow row =
      gate::withdraw(*registry, session.actor(), arguments.required("REQUEST"), session.context());
  reply.say(row, fmt::format("{} is withdrawn", row.id));
  return ExitCode::yes;
}

std::vector<Option> submit_options() {
  return joined({{"--amends", "REQUEST", "the request that this is a new version of"}},
                joined(receipt_options(), submit_batch_options()));
}

}  // namespace

std::vector<Command> submit_commands() {
  return {
      {.name = "submit",
       .reader = Reader::researcher,
       .summary = "hand a request in, signed",
       .description =
           "Submits a request under the researcher's signature. With --amends it becomes the next "
           "version of one's own request, which then has to be assessed and decided again. A batch "
           "holds a request a line, each submitted by itself as if alone, all by whom --as names; "
           "each is answered with a line, in order (schemas/output/submit-line.schema.json). They "
           "are written up to a thousand at a time, and a line is answered once it is safe on the "
           "disk. A line that is wrong is refused, and the others go in. Run again after an "
           "interruption, with the same key, what is in already is said to be so and not submitted "
           "twice. --receipts makes the folder and writes a file for each line that is in, before "
           "it "
           "is answered; a receipt that is there stays, and what else has its name is an error. "
           "--dry-run looks at each line by itself, with the same key, and answers 'acceptable', "
           "'already-submitted' or what is wrong. It ends with the worst of the lines' codes: 4 "
           "when any is not allowed, else 3 "
           "when any is wrong, else 0. Ctrl-C ends it after the lines in hand.",
       .positionals = {{.name = "FILE",
                        .help = "the request; '-' is standard input",
                        .is_optional = true}},
       .options = submit_options(),
       .examples = {{"octroi submit request.json --as dupont", ""},
                    {"octroi submit request.json --amends R-2026-0001 --as dupont",
                     "a new version of a request that was submitted before"},
                    {"octroi submit --batch requests.ndjson --as dupont", "a request a line"},
                    {"octroi submit --batch requests.ndjson --dry-run --as dupont",
                     "see first what would be submitted"}},
       .run = submit},
      {.name = "withdraw",
       .reader = Reader::researcher,
       .summary = "take one's own request back",
       .description = "Withdraws a request for good, as long as no token was issued for it.",
       .positionals = {{"REQUEST", "its number: R-2026-0001"}},
       .examples = {{"octroi withdraw R-2026-0001 --as dupont", ""}},
       .run = withdraw},
  };
}

}  // namespace octroi::app
