// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/error.hpp"
#include "describe/describe.hpp"
#include "describe/shape.hpp"

namespace octroi::app {
namespace {

/// With a backslash before each of the characters that mean something in an argument of _arguments.
std::string escaped(std::string_view text, std::string_view special) {
  std::string result;
  for (const char c : text) {
    if (c == '\\' || special.find(c) != std::string_view::npos) result += '\\';
    result += c;
  }
  return result;
}

std::string zsh_quoted(std::string_view text) {
  return in_shell_quotes(text, R"('\'')");
}

std::string action_of(ValueKind kind, const std::vector<std::string_view>& choices) {
  switch (kind) {
    case ValueKind::none:
    case ValueKind::text:
      return " ";
    case ValueKind::file:
      return "_files";
    case ValueKind::folder:
      return "_files -/";
    case ValueKind::choice:
      return fmt::format("({})", fmt::join(choices, " "));
  }
  broken_invariant("a kind of value that is none");
}

/// '*--dataset=[a dataset]:FILE:_files', as _arguments takes it.
std::string specification(const Option& option) {
  std::string text = option.is_repeatable ? "*" : "";
  text += option.name;
  if (!option.is_switch()) text += "=";
  text += "[" + escaped(option.help, "[]") + "]";
  if (option.is_switch()) return zsh_quoted(text);
  return zsh_quoted(fmt::format("{}:{}:{}", text, escaped(option.value, ":"),
                                action_of(kind_of(option), option.choices)));
}

std::string specification(const Positional& positional, std::size_t number) {
  const std::string place = positional.is_repeatable ? "*" : std::to_string(number);
  return zsh_quoted(fmt::format("{}:{}:{}", place, escaped(positional.name, ":"),
                                action_of(kind_of(positional), {})));
}

/// What follows a command: '--at' is left out where it is not taken.
std::string arguments_of(const Command& command) {
  std::string text = "_arguments";
  text += command.looks_at_the_time ? " $globals" : " ${globals:#--at=*}";
  for (const Option& option : command.options) text += " \\\n          " + specification(option);
  for (std::size_t i = 0; i < command.positionals.size(); ++i) {
    text += " \\\n          " + specification(command.positionals[i], i + 1);
  }
  return text;
}

std::string described(const std::vector<NextWord>& words) {
  std::string lines;
  for (const NextWord& word : words) {
    lines += fmt::format("        {}\n",
                         zsh_quoted(escaped(word.word, ":") + ":" + escaped(word.meaning, "")));
  }
  return lines;
}

const Command& command_named(const std::vector<Command>& table, std::string_view name) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [name](const Command& command) { return command.name == name; });
  if (found == table.end()) broken_invariant("a word of the table that is no command");
  return *found;
}

/// A function that offers `words` and goes on with each; `noun` is "" for the first words.
std::string level(const std::vector<Command>& table, const std::vector<NextWord>& words,
                  const std::string& noun) {
  std::string cases;
  for (const NextWord& word : words) {
    const bool is_noun = noun.empty() && !verbs_of(table, word.word).empty();
    const std::string name = noun.empty() ? word.word : noun + " " + word.word;
    cases +=
        fmt::format("        {})\n          {}\n          ;;\n", word.word,
                    is_noun ? "_octroi_" + word.word : arguments_of(command_named(table, name)));
  }
  return fmt::format(
      "  local -a commands\n  local context state state_descr line\n  typeset -A opt_args\n"
      "  _arguments -C $globals '1: :->word' '*:: :->rest' && return\n"
      "  case $state in\n    word)\n      commands=(\n{}      )\n"
      "      _describe -t commands '{}' commands\n      ;;\n"
      "    rest)\n      case $words[1] in\n{}      esac\n      ;;\n  esac\n",
      described(words), noun.empty() ? "command" : "verb", cases);
}

}  // namespace

std::string zsh_completion(const std::vector<Command>& table) {
  std::string text = "#compdef octroi\n# Made from octroi's table of commands.\n\n";
  for (const std::string& noun : nouns_of(table)) {
    text +=
        fmt::format("_octroi_{}() {{\n{}}}\n\n", noun, level(table, verbs_of(table, noun), noun));
  }
  std::string globals;
  for (const Option& option : global_options()) globals += "    " + specification(option) + "\n";
  text += fmt::format("_octroi() {{\n  local -a globals\n  globals=(\n{}  )\n{}}}\n\n", globals,
                      level(table, first_words(table), ""));
  return text + "_octroi \"$@\"\n";
}

}  // namespace octroi::app
