// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/safe_text.hpp"
#include "commands.hpp"
#include "files.hpp"
#include "gate/catalogue.hpp"
#include "gate/rulebook_check.hpp"
#include "reply.hpp"
#include "session.hpp"

namespace octroi::app {
namespace {

using model::DocumentKind;

std::string lines_of(const gate::RulebookCheck& check) {
  if (check.problems.empty()) return fmt::format("{}: {} is sound", check.file, check.rulebook);
  std::string text;
  for (const rules::RulebookProblem& problem : check.problems) {
    text += fmt::format("{}{}: {}", text.empty() ? "" : "\n", check.file, rules::describe(problem));
  }
  return text;
}

ExitCode rules_check(const Arguments& arguments, Session&, Reply& reply) {
  std::vector<gate::RulebookCheck> checks;
  std::string text;
  ExitCode code = ExitCode::yes;
  for (const std::string& file : arguments.all("FILE")) {
    checks.push_back(gate::check_rulebook(read_document_file(DocumentKind::rulebook, file), file));
    text += (text.empty() ? "" : "\n") + lines_of(checks.back());
    if (!checks.back().problems.empty()) code = ExitCode::bad_input;
  }
  reply.say(checks, printable(text, true));
  return code;
}

ExitCode rules_adopt(const Arguments& arguments, Session& session, Reply& reply) {
  const model::Document document =
      read_document_file(DocumentKind::rulebook, arguments.required("FILE"));
  const auto from = arguments.date("--from");
  const auto until = arguments.date("--until");
  const auto registry = session.open_to_write();
  const gate::AdoptionRow row =
      gate::adopt_rulebook(*registry, session.actor(), document, from, until, session.context());
  reply.say(row, fmt::format("rulebook {} applies from {}{}", row.id, format_date(row.from),
                             row.until ? " until " + format_date(*row.until) : ""));
  return ExitCode::yes;
}

ExitCode rules_list(const Arguments&, Session& session, Reply& reply) {
  reply.show(gate::list_rulebooks(*session.open_to_read(), date_of(session.now())));
  return ExitCode::yes;
}

ExitCode rules_show(const Arguments& arguments, Session& session, Reply& reply) {
  print_document(gate::show_rulebook(*session.open_to_read(), arguments.required("ID")), session,
                 reply);
  return ExitCode::yes;
}

}  // namespace

std::vector<Command> rules_commands() {
  return {
      {.name = "rules check",
       .reader = Reader::secretary,
       .summary = "find what is wrong with rulebooks",
       .description =
           "Compiles rulebooks without adopting them: conditions are type-checked against the fact "
           "schema, citations and translations must be there. Ends with 3 when something is wrong.",
       .positionals = {{"FILE", "a rulebook (schemas/rulebook.schema.json)", true}},
       .examples = {{"octroi rules check cnam-2021.json", ""}},
       .run = rules_check},
      {.name = "rules adopt",
       .reader = Reader::secretary,
       .summary = "put a rulebook into force",
       .description = "Records that the board applies a rulebook from a day on. From that day it "
                      "replaces every earlier adoption of the same id.",
       .positionals = {{"FILE", "the rulebook; '-' is standard input"}},
       .options = {{"--from", "DATE",
                    "first day; default: today, or the rulebook's own first day if that is later"},
                   {"--until", "DATE", "last day; default: the rulebook's own"}},
       .examples = {{"octroi rules adopt cnam-2021.json --from 2021-02-19 --as martin", ""}},
       .run = rules_adopt},
      {.name = "rules list",
       .reader = Reader::secretary,
       .summary = "which rulebooks apply",
       .description = "Lists every adoption of a rulebook, and whether it is in force today or at "
                      "the time that --at says.",
       .examples = {{"octroi rules list", ""}, {"octroi rules list --at 2021-03-15", ""}},
       .looks_at_the_time = true,
       .run = rules_list},
      {.name = "rules show",
       .reader = Reader::secretary,
       .summary = "one rulebook's document",
       .description = "Prints the rulebook of that id that was adopted last.",
       .positionals = {{"ID", "its short name"}},
       .examples = {{"octroi rules show cnam-2021", ""}},
       .run = rules_show},
  };
}

}  // namespace octroi::app
