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
  std::string text;
  for (const rules::RulebookProblem& problem : check.problems) {
    text += fmt::format("{}{}: {}", text.empty() ? "" : "\n", check.file, rules::describe(problem));
  }
  if (check.has_errors()) return text;
  return fmt::format("{}{}{}: {} is sound", text, text.empty() ? "" : "\n", check.file,
                     check.rulebook);
}

ExitCode rules_check(const Arguments& arguments, Session& session, Reply& reply) {
  std::vector<gate::RulebookFile> files;
  for (const std::string& file : arguments.all("FILE")) {
    files.push_back(
        {file == "-" ? "standard input" : file, read_document_file(DocumentKind::rulebook, file)});
  }
  // What is not named has no say: rulebooks are written far from any registry.
  const auto registry = session.options().is_registry_named ? session.open_to_read() : nullptr;
  const std::vector<gate::RulebookCheck> checks = gate::check_rulebooks(files, registry.get());
  const bool is_strict = arguments.has("--strict");
  std::string text;
  ExitCode code = ExitCode::yes;
  for (const gate::RulebookCheck& check : checks) {
    text += (text.empty() ? "" : "\n") + lines_of(check);
    if (check.has_errors() || (is_strict && !check.problems.empty())) code = ExitCode::bad_input;
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
           "schema, citations and translations must be there. Then looks at each over all facts "
           "that there can be: rules that can never apply, requirements that can never or always "
           "be met, rules that add nothing to another; and at the days on which several of one id "
           "apply, in a registry too that is named with --registry. Ends with 3 when something is "
           "wrong. What may be meant so is a warning, and wrong only with --strict.",
       .positionals = {{"FILE", "a rulebook (schemas/rulebook.schema.json); '-' is standard input",
                        true}},
       .options = {{"--strict", "", "warnings are errors"}},
       .examples = {{"octroi rules check cnam-2021.json", ""},
                    {"octroi rules check cnam-2021.json --registry octroi.db --strict",
                     "against what the board applies, before it is adopted"}},
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
