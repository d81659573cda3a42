// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.hpp"
#include "describe/describe.hpp"
#include "describe/shape.hpp"

namespace octroi::app {
namespace {

constexpr std::string_view k_start =
    R"sh(# bash completion for octroi                              -*- shell-script -*-
# Made from octroi's table of commands.

)sh";

/// COMP_WORDS has --name=value as three words, since "=" is one of COMP_WORDBREAKS.
constexpr std::string_view k_walk = R"sh(_octroi_reply() {
  case $1 in
    file)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -f -- "$2")
      ;;
    folder)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -d -- "$2")
      ;;
    words:*) mapfile -t COMPREPLY < <(compgen -W "${1#words:}" -- "$2") ;;
  esac
}

_octroi() {
  local current=${COMP_WORDS[COMP_CWORD]} command='' option='' kind='' verbs='' options='' word
  local -i index count=0
  COMPREPLY=()
  for ((index = 1; index < COMP_CWORD; index++)); do
    word=${COMP_WORDS[index]}
    if [[ -n $option ]]; then
      [[ $word == '=' ]] || option=''
    elif [[ $word == -?* ]]; then
      if _octroi_option "$command" "$word" && [[ $kind != none ]]; then option=$word; fi
    elif _octroi_verbs "$command"; then
      command+=${command:+ }$word
    else
      count+=1
    fi
  done
  [[ $current == '=' ]] && current=''
  if [[ -n $option ]]; then
    _octroi_option "$command" "$option"
    _octroi_reply "$kind" "$current"
  elif [[ $current == -* ]]; then
    _octroi_options "$command"
    _octroi_reply "words:$options" "$current"
  elif _octroi_verbs "$command"; then
    _octroi_reply "words:$verbs" "$current"
  elif _octroi_argument "$command" "$count"; then
    _octroi_reply "$kind" "$current"
  fi
}

complete -F _octroi octroi
)sh";

std::string kind_word(ValueKind kind, const std::vector<std::string_view>& choices) {
  switch (kind) {
    case ValueKind::none:
      return "none";
    case ValueKind::text:
      return "text";
    case ValueKind::file:
      return "file";
    case ValueKind::folder:
      return "folder";
    case ValueKind::choice:
      return fmt::format("words:{}", fmt::join(choices, " "));
  }
  broken_invariant("a kind of value that is none");
}

std::string words_of(const std::vector<NextWord>& words) {
  std::string text;
  for (const NextWord& word : words) text += (text.empty() ? "" : " ") + word.word;
  return text;
}

std::string option_line(std::string_view pattern, const Option& option) {
  return fmt::format("    {}) kind='{}' ;;\n", pattern, kind_word(kind_of(option), option.choices));
}

/// A shell function that looks its arguments up, and fails where there is no line for them.
std::string function(std::string_view name, std::string_view subject, std::string_view lines) {
  return fmt::format("{}() {{\n  case {} in\n{}    *) return 1 ;;\n  esac\n}}\n\n", name, subject,
                     lines);
}

std::string verbs_function(const std::vector<Command>& table) {
  std::string lines = fmt::format("    '') verbs='{}' ;;\n", words_of(first_words(table)));
  for (const std::string& noun : nouns_of(table)) {
    lines += fmt::format("    '{}') verbs='{}' ;;\n", noun, words_of(verbs_of(table, noun)));
  }
  return function("_octroi_verbs", "$1", lines);
}

std::string option_function(const std::vector<Command>& table) {
  std::string lines;
  for (const Command& command : table) {
    for (const Option& option : command.options) {
      lines += option_line(fmt::format("'{} {}'", command.name, option.name), option);
    }
  }
  for (const Option& option : global_options()) {
    lines += option_line(fmt::format("*' {}'", option.name), option);
  }
  return function("_octroi_option", "\"$1 $2\"", lines);
}

std::string names_of(const std::vector<Option>& options) {
  std::string text;
  for (const Option& option : options) text += (text.empty() ? "" : " ") + std::string(option.name);
  return text;
}

std::string options_function(const std::vector<Command>& table) {
  std::string lines;
  for (const Command& command : table) {
    std::vector<Option> options = command.options;
    for (const Option& option : global_options_of(command)) options.push_back(option);
    lines += fmt::format("    '{}') options='{}' ;;\n", command.name, names_of(options));
  }
  lines += fmt::format("    *) options='{}' ;;\n", names_of(global_options()));
  return fmt::format("_octroi_options() {{\n  case $1 in\n{}  esac\n}}\n\n", lines);
}

std::string argument_function(const std::vector<Command>& table) {
  std::string lines;
  for (const Command& command : table) {
    for (std::size_t i = 0; i < command.positionals.size(); ++i) {
      const Positional& positional = command.positionals[i];
      lines += fmt::format("    '{} '{}) kind={} ;;\n", command.name,
                           positional.is_repeatable ? "*" : std::to_string(i),
                           kind_word(kind_of(positional), {}));
    }
  }
  return function("_octroi_argument", "\"$1 $2\"", lines);
}

}  // namespace

std::string bash_completion(const std::vector<Command>& table) {
  std::string text(k_start);
  text += verbs_function(table);
  text += option_function(table);
  text += options_function(table);
  text += argument_function(table);
  text += k_walk;
  return text;
}

}  // namespace octroi::app
