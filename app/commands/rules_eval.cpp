// SPDX-License-Identifier: Apache-2.0
#include "base/error.hpp"
#include "base/limits.hpp"
#include "commands.hpp"
#include "files.hpp"
#include "json/read.hpp"
#include "reply.hpp"
#include "rules/expression.hpp"
#include "session.hpp"

namespace octroi::app {
namespace {

json::Value read_facts(const std::string& path) {
  const std::string source = path == "-" ? "standard input" : path;
  return rules::partial_facts(json::read(read_input(path, limits::k_document_bytes_max), source),
                              source);
}

/// Answers each line before the next is read; a reader that leaves ends it.
ExitCode answer_batch(const std::string& path, const Surroundings& world) {
  read_lines(path, limits::k_batch_line_bytes_max, [&](std::optional<std::string_view> line) {
    const json::Value answer = line ? rules::answer_line(*line) : rules::answer_long_line();
    return world.write_now(json::one_line(answer) + "\n");
  });
  return ExitCode::yes;
}

ExitCode rules_eval(const Arguments& arguments, Session& session, Reply& reply) {
  const auto batch = arguments.text("--batch");
  if (batch.has_value() == arguments.has("EXPR")) {
    throw Error(ErrorCode::usage, "rules eval: expected either EXPR or --batch FILE");
  }
  if (batch && (arguments.has("--facts") || arguments.has("--dataset"))) {
    throw Error(ErrorCode::usage,
                "rules eval: --batch takes no --facts; each line has its own bindings");
  }
  if (batch) return answer_batch(*batch, session.world());
  std::optional<json::Value> facts;
  if (const auto path = arguments.text("--facts")) facts = read_facts(*path);
  const rules::ExpressionAnswer answer =
      rules::evaluate_expression(arguments.required("EXPR"), facts ? &*facts : nullptr,
                                 arguments.text("--dataset").value_or(""));
  reply.show(answer);
  if (!answer.missing.empty() && !facts) {
    reply.next("octroi check REQUEST … --facts > facts.json, and the same with --facts facts.json");
  }
  return answer.value ? ExitCode::yes : ExitCode::not_yet;
}

}  // namespace

std::vector<Command> rules_eval_commands() {
  return {
      {.name = "rules eval",
       .reader = Reader::secretary,
       .summary = "what a CEL expression comes to",
       .description =
           "Type-checks an expression as if it stood in a rule, and prints its value and type. "
           "With facts, as 'check --facts' prints them or a part of them, it sees what rules see; "
           "a fact that is not there is named, and the exit code is 5, as for an incomplete rule. "
           "A batch is a stream of lines (schemas/expression-line.schema.json), each answered "
           "before the next is read; a line that is wrong has its error for an answer.",
       .positionals = {{.name = "EXPR", .help = "the expression", .is_optional = true}},
       .options = {{"--facts", "FILE", "the facts that it may look at; '-' is standard input"},
                   {"--dataset", "ID", "which of their datasets is meant by 'dataset'"},
                   {"--batch", "FILE", "answer each line of this; '-' is standard input"}},
       .examples = {{"octroi rules eval 'size([1, 2]) > 1'", ""},
                    {"octroi rules eval 'host.exclusively_eu_law' --facts facts.json", ""},
                    {"octroi rules eval --batch tests.ndjson", "a stream of expressions"}},
       .run = rules_eval},
  };
}

}  // namespace octroi::app
