// SPDX-License-Identifier: Apache-2.0
#include "commands.hpp"
#include "files.hpp"
#include "gate/assessing.hpp"
#include "reply.hpp"
#include "session.hpp"

namespace octroi::app {
namespace {

using model::DocumentKind;

void print(const gate::CheckResult& result, bool has_facts, Reply& reply) {
  if (has_facts) {
    reply.print(json::pretty(result.facts));
  } else if (reply.is_json()) {
    reply.print(json::pretty(result.assessment.to_json()));
  } else {
    reply.print(screen::render(result.assessment, reply.style()));
  }
}

ExitCode check(const Arguments& arguments, Session& session, Reply& reply) {
  const model::Document request =
      read_document_file(DocumentKind::request, arguments.required("FILE"));
  const gate::CheckInput input{
      request, read_document_files(DocumentKind::dataset, arguments.all("--dataset")),
      read_document_files(DocumentKind::rulebook, arguments.all("--rulebook")),
      read_document_files(DocumentKind::provider, arguments.all("--provider"))};
  const auto registry = session.open_if_any();
  const gate::CheckResult result = gate::check(registry.get(), input, date_of(session.now()));
  print(result, arguments.has("--facts"), reply);
  return exit_code(result.assessment.verdict);
}

}  // namespace

std::vector<Command> check_commands() {
  return {{.name = "check",
           .reader = Reader::researcher,
           .summary = "see what the rules say of a request file",
           .description =
               "Checks a request without submitting it. Rulebooks, datasets and the provider that "
               "are not given as files are taken from the registry, if there is one. Says of every "
               "rule what came out, why, from which facts, by which source, and what can be done. "
               "Ends with 0 when clear, 4 when a rule refuses, 5 when a point is for the board to "
               "judge or something is missing.",
           .positionals = {{"FILE", "the request; '-' is standard input"}},
           .options = {{.name = "--rulebook",
                        .value = "FILE",
                        .help = "check against this; default: those that the registry has in force",
                        .is_repeatable = true},
                       {.name = "--dataset",
                        .value = "FILE",
                        .help = "a dataset that the request names",
                        .is_repeatable = true},
                       {.name = "--provider",
                        .value = "FILE",
                        .help = "the provider that the request names",
                        .is_repeatable = true},
                       {"--facts", "", "print the facts that rules look at, instead of findings"}},
           .examples = {{"octroi check request.json", "against the registry ./octroi.db"},
                        {"octroi check request.json --rulebook cnam-2021.json --dataset snds.json "
                         "--provider host.json --at 2021-02-19",
                         "against files alone, as of a day"}},
           .looks_at_the_time = true,
           .run = check}};
}

}  // namespace octroi::app
