// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cctype>

#include "base/error.hpp"
#include "describe/describe.hpp"
#include "help.hpp"
#include "version.hpp"

namespace octroi::app {
namespace {

struct Entry {
  const char* term;
  const char* meaning;
};

constexpr Entry k_variables[] = {
    {"OCTROI_REGISTRY", "the registry, where --registry is not given"},
    {"OCTROI_AS", "who you are, where --as is not given"},
    {"OCTROI_KEYS", "where keys are, where --keys is not given"},
    {"OCTROI_TRUST", "the trust file of verify, where --trust is not given"},
    {"NO_COLOR", "no colours, when it is not empty"},
    {"LC_ALL, LC_MESSAGES, LANG", "the language of findings and tables, where --lang is not given"},
};

constexpr Entry k_files[] = {
    {"octroi.db", "the registry of a board, with -wal and -shm beside it while it is open"},
    {"keys/NAME.k4.secret-pw", "a key, encrypted under its passphrase; for its owner alone"},
    {"keys/NAME.k4.public", "its public half, to hand out"},
    {"/usr/share/octroi/rulebooks", "rulebooks to begin with, and their tests"},
    {"/usr/share/octroi/schemas", "the schema of every file and --json output"},
};

/// The code point at `at`, which moves behind it. The table holds well-formed UTF-8 only.
char32_t next_character(std::string_view text, std::size_t& at) {
  const auto first = static_cast<unsigned char>(text[at++]);
  if (first < 0x80) return first;
  const int more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
  char32_t character = first & (0x3fU >> more);
  for (int i = 0; i < more && at < text.size(); ++i) {
    character = (character << 6) | (static_cast<unsigned char>(text[at++]) & 0x3fU);
  }
  return character;
}

/// A text as roff shows it: nothing in it is a request or an escape. A hyphen stands for the sign
/// that a shell wants, and an apostrophe for itself.
std::string roff(std::string_view text) {
  std::string result;
  if (text.starts_with('.') || text.starts_with('\'')) result += "\\&";
  for (std::size_t at = 0; at < text.size();) {
    const char32_t character = next_character(text, at);
    switch (character) {
      case U'\\':
        result += "\\e";
        break;
      case U'-':
        result += "\\-";
        break;
      case U'\'':
        result += "\\(aq";
        break;
      case U'`':
        result += "\\(ga";
        break;
      case U'^':
        result += "\\(ha";
        break;
      case U'~':
        result += "\\(ti";
        break;
      case U'"':
        result += "\\(dq";
        break;
      default:
        result += character < 0x80 ? std::string(1, static_cast<char>(character))
                                   : fmt::format("\\[u{:04X}]", static_cast<unsigned>(character));
    }
  }
  return result;
}

/// A tagged paragraph: a term in bold and what it means.
std::string entry(std::string_view term, std::string_view meaning) {
  return fmt::format(".TP\n.B {}\n{}\n", roff(term), roff(meaning));
}

std::string examples_of(const Command& command) {
  std::string text;
  for (const Example& example : command.examples) {
    if (!example.what.empty()) text += fmt::format(".PP\n{}:\n", roff(example.what));
    text += fmt::format(".PP\n.RS 4\n.nf\n{}\n.fi\n.RE\n", roff(example.line));
  }
  return text;
}

std::string section_of(const Command& command) {
  std::string summary(command.summary);
  summary.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(summary.front())));
  std::string text =
      fmt::format(".SS {}\n.B {}\n.PP\n{}.\n", roff(fmt::format("octroi {}", command.name)),
                  roff(usage_of(command)), roff(summary));
  if (!command.description.empty()) text += fmt::format("{}\n", roff(command.description));
  for (const Positional& positional : command.positionals) {
    text += entry(positional.name, positional.help);
  }
  for (const Option& option : command.options) {
    const HelpRow row = row_of(option);
    text += entry(row.term, row.meaning);
  }
  return text + examples_of(command);
}

}  // namespace

std::string manual(const std::vector<Command>& table) {
  std::string text = fmt::format(
      ".\\\" Made from octroi's table of commands.\n.TH OCTROI 1 {} \"octroi {}\" "
      "\"User commands\"\n.SH NAME\noctroi \\- gatekeeper for data\\-access requests\n"
      ".SH SYNOPSIS\n.B octroi\n.RI [ \"GLOBAL OPTIONS\" ]\n.I COMMAND\n.RI [ ARGUMENTS ]\n"
      ".RI [ OPTIONS ]\n.SH DESCRIPTION\n",
      k_release_date, k_version);
  text +=
      "octroi keeps a data board's registry of research requests, checks them against dated "
      "rules,\n"
      "records decisions, and issues tokens that release data for one case.\n"
      "Where a file is read, \\- is standard input.\n"
      "A passphrase is asked for, or read from a file; it is never an argument.\n";
  for (const Reader reader :
       {Reader::researcher, Reader::secretary, Reader::data_holder, Reader::auditor}) {
    std::string title = fmt::format("COMMANDS OF THE {}", title_of(reader));
    for (char& c : title) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    text += fmt::format(".SH {}\n", title);
    for (const Command& command : table) {
      if (command.reader == reader) text += section_of(command);
    }
  }
  text += ".SH GLOBAL OPTIONS\nThey stand before or after the command.\n";
  for (const Option& option : global_options()) {
    const HelpRow row = row_of(option);
    text += entry(row.term, row.meaning);
  }
  text += ".SH EXIT STATUS\n";
  for (const HelpRow& row : exit_code_rows()) text += entry(row.term, row.meaning);
  text += ".SH ENVIRONMENT\n";
  for (const Entry& variable : k_variables) text += entry(variable.term, variable.meaning);
  text += ".SH FILES\n";
  for (const Entry& file : k_files) text += entry(file.term, file.meaning);
  return text;
}

}  // namespace octroi::app
