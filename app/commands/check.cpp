// SPDX-License-Identifier: Apache-2.0
#include "check_input.hpp"
#include "commands.hpp"
#include "files.hpp"
#include "gate/assessing.hpp"
#include "reply.hpp"
#include "session.hpp"

namespace octroi::app {
namespace {

ExitCode check(const Arguments& arguments, Session& session, Reply& reply) {
  const gate::CheckInput input = check_input(
      read_document_file(model::DocumentKind::request, arguments.required("FILE")), arguments);
  const auto registry = session.open_if_any();
  const Date as_of = date_of(session.now());
  if (arguments.has("--facts")) {
    reply.print(json::pretty(gate::facts(registry.get(), input, as_of)));
    return ExitCode::yes;
  }
  const rules::Assessment assessment = gate::check(registry.get(), input, as_of).assessment;
  reply.print(reply.is_json() ? json::pretty(assessment.to_json())
                              : screen::render(assessment, reply.style()));
  return exit_code(assessment.verdict);
}

std::vector<Option> options_with_facts() {
  std::vector<Option> options = check_options();
  options.push_back({"--facts", "", "print what rules look at, and end; no rulebook is needed"});
  return options;
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
           .options = options_with_facts(),
           .examples = {{"octroi check request.json", "against the registry ./octroi.db"},
                        {"octroi check request.json --rulebook cnam-2021.json --dataset snds.json "
                         "--provider host.json --at 2021-02-19",
                         "against files alone, as of a day"}},
           .looks_at_the_time = true,
           .run = check}};
}

}  // namespace octroi::app
