// SPDX-License-Identifier: Apache-2.0
#include "help.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>

#include "base/error.hpp"
#include "base/safe_text.hpp"

namespace octroi::app {
namespace {

constexpr std::size_t k_prose_max = 100;  // longer lines are hard to read
constexpr std::size_t k_gap = 2;
constexpr std::size_t k_usage_indent = 6;    // of a usage's further lines, among others
constexpr std::size_t k_summary_indent = 4;  // of what the command above it does

using Row = HelpRow;

std::size_t longest(const std::vector<Row>& rows) {
  std::size_t width = 0;
  for (const Row& row : rows) width = std::max(width, row.term.size());
  return width;
}

/// Rows with their terms in a column of `term_width`; meanings wrap beside it.
std::string table_of(const std::vector<Row>& rows, std::size_t term_width, std::size_t width) {
  const std::size_t column = k_gap + term_width + k_gap;
  const std::string indent(column, ' ');
  std::string text;
  for (const Row& row : rows) {
    std::string meaning = wrap(row.meaning, std::min(width, k_prose_max), indent);
    if (meaning.empty()) meaning = indent;
    meaning.replace(0, column, fmt::format("{:{}}{:<{}}", "", k_gap, row.term, column - k_gap));
    meaning.erase(meaning.find_last_not_of(' ') + 1);
    text += meaning + "\n";
  }
  return text;
}

std::string table_of(const std::vector<Row>& rows, std::size_t width) {
  return table_of(rows, longest(rows), width);
}

/// Lines to copy are never wrapped: what they do stands above each.
std::string examples_of(const std::vector<Example>& examples, std::size_t width) {
  std::string text;
  for (const Example& example : examples) {
    if (!example.what.empty()) {
      text += wrap("# " + std::string(example.what), std::min(width, k_prose_max), "  ") + "\n";
    }
    text += fmt::format("  {}\n", example.line);
  }
  return text;
}

/// Wraps units that stay whole, further lines under the first one's second word.
std::string wrap_units(std::string text, const std::vector<std::string>& units, std::size_t width,
                       std::size_t indent) {
  std::size_t column = display_width(text);
  for (const std::string& unit : units) {
    const bool fits = column + 1 + display_width(unit) <= width;
    text += fits ? " " : "\n" + std::string(indent, ' ');
    column = (fits ? column + 1 : indent) + display_width(unit);
    text += unit;
  }
  return text;
}

std::string option_term(const Option& option) {
  if (option.is_switch()) return std::string(option.name);
  return fmt::format("{} {}", option.name, option.value);
}

std::string option_meaning(const Option& option) {
  std::string meaning(option.help);
  if (!option.choices.empty() && meaning.find(option.choices.front()) == std::string::npos) {
    meaning += fmt::format(": {}", fmt::join(option.choices, ", "));
  }
  if (option.is_repeatable) meaning += "; may be repeated";
  return meaning;
}

/// What follows the command's name: "FILE", "[--amends REQUEST]".
std::vector<std::string> usage_units(const Command& command) {
  std::vector<std::string> units;
  for (const Positional& positional : command.positionals) {
    const std::string term = std::string(positional.name) + (positional.is_repeatable ? "…" : "");
    units.push_back(positional.is_optional ? "[" + term + "]" : term);
  }
  for (const Option& option : command.options) {
    const std::string term = option_term(option) + (option.is_repeatable ? "…" : "");
    units.push_back(option.is_required ? term : "[" + term + "]");
  }
  return units;
}

std::vector<Row> rows_of(const std::vector<Option>& options) {
  std::vector<Row> rows;
  for (const Option& option : options) rows.push_back(row_of(option));
  return rows;
}

std::vector<Row> rows_of(const std::vector<Positional>& positionals) {
  std::vector<Row> rows;
  for (const Positional& positional : positionals) {
    rows.push_back({std::string(positional.name), std::string(positional.help)});
  }
  return rows;
}

const std::vector<Example>& main_job() {
  static const std::vector<Example> k_lines = {
      {"octroi request new", "a researcher writes a request"},
      {"octroi check request.json", "and checks it against the rules"},
      {"octroi submit request.json --as dupont", "hands it in, signed"},
      {"octroi assess R-2026-0001 --as martin", "the secretary has the rules look at it"},
      {"octroi decide R-2026-0001 --for 12 …", "records what the board decided"},
      {"octroi issue R-2026-0001 --as martin", "and issues the token"},
      {"octroi verify token.paseto …", "the data holder verifies it, offline"},
  };
  return k_lines;
}

std::string main_job_table(std::size_t width) {
  std::vector<Row> rows;
  for (const Example& line : main_job()) {
    rows.push_back({std::string(line.line), std::string(line.what)});
  }
  return table_of(rows, width);
}

std::string commands_by_reader(const std::vector<Command>& table, std::size_t width) {
  std::size_t term_width = 0;
  for (const Command& command : table) term_width = std::max(term_width, command.name.size());
  std::string text;
  for (const Reader reader :
       {Reader::researcher, Reader::secretary, Reader::data_holder, Reader::auditor}) {
    std::vector<Row> rows;
    for (const Command& command : table) {
      if (command.reader != reader) continue;
      rows.push_back({std::string(command.name), std::string(command.summary)});
    }
    text += fmt::format("\n{}\n{}", title_of(reader), table_of(rows, term_width, width));
  }
  return text;
}

}  // namespace

std::string_view title_of(Reader reader) {
  switch (reader) {
    case Reader::researcher:
      return "Researcher";
    case Reader::secretary:
      return "Board secretary";
    case Reader::data_holder:
      return "Data holder";
    case Reader::auditor:
      return "Auditor";
  }
  broken_invariant("a reader without a title");
}

HelpRow row_of(const Option& option) {
  return {option_term(option), option_meaning(option)};
}

std::vector<HelpRow> exit_code_rows() {
  return {{"0", "yes: done, clear, valid"},
          {"1", "could not: input/output, busy, internal"},
          {"2", "wrong usage"},
          {"3", "bad input"},
          {"4", "no: refused by a rule, a role, a decision"},
          {"5", "not yet: for the board to judge, incomplete, or something is still missing"},
          {"10-17",
           "verify: 10 malformed, 11 signature or key, 12 expired, 13 not yet valid, 14 revoked "
           "or suspended, 15 another use than stated, 16 status list missing or stale, 17 proof "
           "or log"},
          {"20", "the registry is damaged"}};
}

std::string main_help(const std::vector<Command>& table, std::size_t width) {
  std::string text = wrap(
      "octroi keeps a data board's registry of research requests, checks them against dated rules, "
      "records decisions, and issues tokens that release data for one case.",
      std::min(width, k_prose_max), "");
  text += "\n\nUsage: octroi [GLOBAL OPTIONS] COMMAND [ARGUMENTS] [OPTIONS]\n\nThe main job\n";
  text += main_job_table(width);
  text += commands_by_reader(table, width);
  text += "\nGlobal options, before or after the command\n" +
          table_of(rows_of(global_options()), width);
  text += "\nExit codes\n" + table_of(exit_code_rows(), width);
  text +=
      "\n'-' is standard input wherever a file is read. A file that is written is a new\n"
      "one: what is there already stays, and is an error unless it holds just that, or\n"
      "--replace is given.\n"
      "'octroi COMMAND --help' explains a command and shows examples.\n";
  return text;
}

std::string noun_help(const std::vector<Command>& table, const std::string& noun,
                      std::size_t width) {
  const std::size_t prose = std::min(width, k_prose_max);
  std::string text;
  for (const Command& command : table) {
    if (!command.name.starts_with(noun + " ")) continue;
    text += wrap_units(fmt::format("  octroi {}", command.name), usage_units(command), prose,
                       k_usage_indent) +
            "\n" + wrap(command.summary, prose, std::string(k_summary_indent, ' ')) + "\n\n";
  }
  return text +
         wrap(fmt::format("'octroi {} VERB --help' explains one of them and shows examples.", noun),
              prose, "") +
         "\n";
}

std::string usage_of(const Command& command) {
  std::vector<std::string> words = usage_units(command);
  words.insert(words.begin(), fmt::format("octroi {}", command.name));
  return fmt::format("{}", fmt::join(words, " "));
}

std::string command_help(const Command& command, std::size_t width) {
  const std::size_t prose = std::min(width, k_prose_max);
  std::string text = wrap_units(fmt::format("Usage: octroi {}", command.name), usage_units(command),
                                prose, std::string_view("Usage: ").size()) +
                     "\n\n";
  std::string summary(command.summary);
  summary.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(summary.front())));
  text += wrap(summary + ".", prose, "") + "\n";
  if (!command.description.empty()) text += "\n" + wrap(command.description, prose, "") + "\n";
  if (!command.positionals.empty()) {
    text += "\nArguments\n" + table_of(rows_of(command.positionals), width);
  }
  if (!command.options.empty()) text += "\nOptions\n" + table_of(rows_of(command.options), width);
  text += "\nExamples\n" + examples_of(command.examples, width);
  text += "\nThe global options and exit codes: 'octroi --help'.\n";
  return text;
}

}  // namespace octroi::app
