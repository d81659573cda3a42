// SPDX-License-Identifier: Apache-2.0
#include "help.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/safe_text.hpp"

namespace octroi::app {
namespace {

constexpr std::size_t k_gap = 2;

std::string heading(Reader reader) {
  switch (reader) {
    case Reader::researcher:
      return "Researchers";
    case Reader::secretary:
      return "Board secretaries";
    case Reader::data_holder:
      return "Data holders";
    case Reader::auditor:
      return "Auditors";
  }
  broken_invariant("a reader that is none");
}

/// Two columns: a name, and what it is, wrapped beside it.
std::string row(const std::string& name, const std::string& text, std::size_t column,
                std::size_t width) {
  const std::string indent(column, ' ');
  std::string wrapped = wrap(text, std::max(width, column + 20), indent);
  std::string line = std::string(k_gap, ' ') + name;
  if (line.size() + 1 > column) return line + "\n" + wrapped + "\n";
  wrapped.replace(0, column, line + std::string(column - line.size(), ' '));
  return wrapped + "\n";
}

std::string spelling(const Option& option) {
  if (option.value.empty()) return option.name;
  if (option.choices.empty()) return option.name + " " + option.value;
  return fmt::format("{} {}", option.name, fmt::join(option.choices, "|"));
}

std::string option_rows(const std::vector<Option>& options, std::size_t width) {
  std::string text;
  for (const Option& option : options) {
    const char* note = option.is_required ? "; required" : "";
    text += row(spelling(option),
                option.help + note + (option.is_repeatable ? "; may be repeated" : ""), 28, width);
  }
  return text;
}

std::string usage(const Command& command) {
  std::string text = "octroi " + command.name;
  for (const Positional& positional : command.positionals) {
    const std::string name = positional.name + (positional.is_repeatable ? "…" : "");
    text += positional.is_required ? " " + name : " [" + name + "]";
  }
  for (const Option& option : command.options) {
    if (option.is_required) text += " " + spelling(option);
  }
  return text + (command.options.empty() ? "" : " [options]");
}

}  // namespace

std::string help(std::size_t width) {
  std::string text =
      "octroi keeps a board's registry of requests for data, checks each against dated rules,\n"
      "records what the board decides, and issues signed tokens that anyone can verify offline.\n\n"
      "  request.json > check > submit > assess > decide > issue > token > verify\n\n"
      "Usage: octroi COMMAND [options]\n";
  for (const Reader reader :
       {Reader::researcher, Reader::secretary, Reader::data_holder, Reader::auditor}) {
    text += "\n" + heading(reader) + "\n";
    for (const Command& command : commands()) {
      if (command.reader == reader) text += row(command.name, command.summary, 19, width);
    }
  }
  text += "\nEverywhere\n" + option_rows(global_options(), width);
  return text +
         "\nExit codes: 0 yes, 1 could not, 2 wrong usage, 3 bad input, 4 no, 5 not yet; verify: "
         "10 malformed,\n11 signature, 12 expired, 13 not yet valid, 15 other use; 20 registry "
         "damaged.\n\n'octroi COMMAND --help' says more about a command.\n";
}

std::string help(const Command& command, std::size_t width) {
  std::string text = fmt::format("octroi {}: {}\n\nUsage: {}\n\n{}\n", command.name,
                                 command.summary, usage(command),
                                 wrap(command.description, std::min<std::size_t>(width, 90), ""));
  if (!command.positionals.empty()) text += "\n";
  for (const Positional& positional : command.positionals) {
    text += row(positional.name, positional.help, 28, width);
  }
  if (!command.options.empty()) text += "\nOptions\n" + option_rows(command.options, width);
  text += "\nExamples\n";
  for (const std::string& example : command.examples) text += "  " + example + "\n";
  return text + "\nThe options of every command are in 'octroi --help'.\n";
}

}  // namespace octroi::app
