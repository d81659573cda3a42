// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.hpp"
#include "describe/describe.hpp"
#include "describe/shape.hpp"

namespace octroi::app {
namespace {

constexpr std::string_view k_functions = R"sh(
# The words so far that are neither options nor their values, in one text.
function __octroi_typed
    set -l tokens (commandline -opc)
    set -e tokens[1]
    set -l typed
    set -l is_value 0
    for token in $tokens
        if test $is_value = 1
            set is_value 0
        else if string match -q -- '-*' $token
            if contains -- $token $__octroi_global_values
                set is_value 1
            else if contains -- "$typed $token" $__octroi_own_values
                set is_value 1
            end
        else
            set -a typed $token
        end
    end
    echo "$typed"
end

# Whether exactly these words are typed: what may come next is a word of the table.
function __octroi_at
    test (__octroi_typed) = "$argv[1]"
end

# Whether a command is typed, with or without arguments behind it.
function __octroi_in
    string match -q -- "$argv[1] *" (__octroi_typed)' '
end

)sh";

std::string fish_quoted(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '\\') escaped += '\\';
    escaped += c;
  }
  return in_shell_quotes(escaped, R"(\')");
}

/// -x: a value, and no files; -r -F: a value, and files.
std::string value_words(ValueKind kind, const std::vector<std::string_view>& choices) {
  switch (kind) {
    case ValueKind::none:
      return "";
    case ValueKind::text:
      return " -x";
    case ValueKind::file:
      return " -r -F";
    case ValueKind::folder:
      return " -x -a '(__fish_complete_directories (commandline -ct))'";
    case ValueKind::choice:
      return " -x -a " + fish_quoted(fmt::format("{}", fmt::join(choices, " ")));
  }
  broken_invariant("a kind of value that is none");
}

std::string complete_line(const std::string& condition, const Option& option) {
  return fmt::format("complete -c octroi{} -l {}{} -d {}\n", condition, option.name.substr(2),
                     value_words(kind_of(option), option.choices), fish_quoted(option.help));
}

std::string next_lines(const std::string& typed, const std::vector<NextWord>& words) {
  std::string text;
  for (const NextWord& word : words) {
    text += fmt::format("complete -c octroi -n {} -a {} -d {}\n",
                        fish_quoted(fmt::format("__octroi_at \"{}\"", typed)), word.word,
                        fish_quoted(word.meaning));
  }
  return text;
}

std::string command_lines(const Command& command) {
  const std::string condition =
      " -n " + fish_quoted(fmt::format("__octroi_in \"{}\"", command.name));
  std::string text;
  for (const Positional& positional : command.positionals) {
    if (kind_of(positional) != ValueKind::file) continue;
    text += fmt::format("complete -c octroi{} -F\n", condition);
    break;
  }
  for (const Option& option : command.options) text += complete_line(condition, option);
  return text;
}

std::string value_lists(const std::vector<Command>& table) {
  std::string globals = "set -g __octroi_global_values";
  for (const Option& option : global_options()) {
    if (!option.is_switch()) globals += fmt::format(" {}", option.name);
  }
  std::string own = "set -g __octroi_own_values";
  for (const Command& command : table) {
    for (const Option& option : command.options) {
      if (option.is_switch()) continue;
      own += " \\\n    " + fish_quoted(fmt::format("{} {}", command.name, option.name));
    }
  }
  return globals + "\n" + own + "\n";
}

}  // namespace

std::string fish_completion(const std::vector<Command>& table) {
  std::string text = "# Made from octroi's table of commands.\n\n";
  text += value_lists(table);
  text += k_functions;
  text += "complete -c octroi -f\n";
  for (const Option& option : global_options()) {
    if (option.name != "--at") text += complete_line("", option);
  }
  text += next_lines("", first_words(table));
  for (const std::string& noun : nouns_of(table)) text += next_lines(noun, verbs_of(table, noun));
  for (const Command& command : table) {
    text += command_lines(command);
    if (!command.looks_at_the_time) continue;
    for (const Option& option : global_options()) {
      if (option.name != "--at") continue;
      text += complete_line(" -n " + fish_quoted(fmt::format("__octroi_in \"{}\"", command.name)),
                            option);
    }
  }
  return text;
}

}  // namespace octroi::app
