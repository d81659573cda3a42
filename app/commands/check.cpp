// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "check_input.hpp"
#include "commands.hpp"
#include "document_batch.hpp"
#include "files.hpp"
#include "gate/assessing.hpp"
#include "gate/check_batch.hpp"
#include "reply.hpp"
#include "session.hpp"

namespace octroi::app {
namespace {

void require_file_or_batch(const Arguments& arguments) {
  if (arguments.has("--batch") == arguments.has("FILE")) {
    throw Error(ErrorCode::usage, "check: expected either FILE or --batch FILE");
  }
  if (arguments.has("--batch") && arguments.has("--facts")) {
    throw Error(ErrorCode::usage, "check: --facts is of one request, not of a batch");
  }
  if (arguments.has("--jobs") && !arguments.has("--batch")) {
    throw Error(ErrorCode::usage, "check: --jobs is for --batch");
  }
}

BatchAnswer answer_of(gate::CheckAnswer answer) {
  if (!answer.verdict) return {std::move(answer.text), "error", exit_code(answer.error)};
  return {std::move(answer.text), rules::name_of(*answer.verdict), exit_code(*answer.verdict)};
}

std::vector<BatchAnswer> answers_to(gate::CheckBatch& batch, const BatchPart& part) {
  std::vector<BatchAnswer> answers;
  answers.reserve(part.size());
  for (std::size_t i = 0; i < part.size(); ++i) {
    answers.push_back(answer_of(batch.answer(part.line(i))));
  }
  return answers;
}

ExitCode check_batch(const Arguments& arguments, Session& session, Reply& reply) {
  const std::size_t jobs = jobs_asked_for(arguments);
  const gate::GivenDocuments given = given_documents(arguments);
  const auto registry = session.open_if_any();
  gate::CheckBatch batch(registry.get(), given, date_of(session.now()));
  BatchReport report(session);
  const bool is_interrupted = work_on_batch<std::vector<BatchAnswer>>(
      arguments.required("--batch"), jobs, session.world(),
      [&batch](const BatchPart& part) { return answers_to(batch, part); },
      [&report](const std::vector<BatchAnswer>& answers) { return report.write(answers); });
  report.finish(reply, is_interrupted ? "the others were not checked" : "");
  return report.code();
}

ExitCode check(const Arguments& arguments, Session& session, Reply& reply) {
  require_file_or_batch(arguments);
  if (arguments.has("--batch")) return check_batch(arguments, session, reply);
  const gate::CheckInput input{
      read_document_file(model::DocumentKind::request, arguments.required("FILE")),
      given_documents(arguments)};
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

std::vector<Option> all_check_options() {
  return joined(
      check_options(),
      {{"--facts", "", "print what rules look at, and end; no rulebook is needed"},
       {"--batch", "FILE",
        "check each line of this, or each file NAME.json of a folder; '-' is standard input"},
       {"--jobs", "N", "how many of a batch at a time; default: what the machine can"}});
}

}  // namespace

std::vector<Command> check_commands() {
  return {
      {.name = "check",
       .reader = Reader::researcher,
       .summary = "see what the rules say of a request file",
       .description =
           "Checks a request without submitting it. Rulebooks, datasets and the provider that "
           "are not given as files are taken from the registry, if there is one. Says of every "
           "rule what came out, why, from which facts, by which source, and what can be done. "
           "Ends with 0 when clear, 4 when a rule refuses, 5 when a point is for the board to "
           "judge or something is missing. A batch holds a request a line, each checked under one "
           "state of the registry and answered with a line, in order "
           "(schemas/output/check-line.schema.json), in which a request is named by the SHA-256 of "
           "its bytes. A line that cannot be read has its fault for "
           "an answer. It ends with the worst of the lines' codes: 4 when any is refused, else 3 "
           "when any cannot be read, else 5, else 0. Ctrl-C ends it after the lines in hand.",
       .positionals = {{.name = "FILE",
                        .help = "the request; '-' is standard input",
                        .is_optional = true}},
       .options = all_check_options(),
       .examples = {{"octroi check request.json", "against the registry ./octroi.db"},
                    {"octroi check request.json --rulebook cnam-2021.json --dataset snds.json "
                     "--provider host.json --at 2021-02-19",
                     "against files alone, as of a day"},
                    {"octroi check --batch requests.ndjson", "a request a line"},
                    {"octroi check --batch requests", "every file NAME.json of a folder"}},
       .looks_at_the_time = true,
       .run = check}};
}

}  // namespace octroi::app
