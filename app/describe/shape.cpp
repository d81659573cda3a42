// SPDX-License-Identifier: Apache-2.0
#include "describe/shape.hpp"

#include <algorithm>

namespace octroi::app {
namespace {

std::string_view first_word_of(const Command& command) {
  return command.name.substr(0, command.name.find(' '));
}

bool needs_verb(const Command& command) {
  return command.name.find(' ') != std::string_view::npos;
}

bool holds(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

bool is_known(const std::vector<NextWord>& words, std::string_view word) {
  return std::any_of(words.begin(), words.end(),
                     [word](const NextWord& known) { return known.word == word; });
}

std::string joined_verbs(const std::vector<Command>& table, std::string_view noun) {
  std::string text;
  for (const NextWord& verb : verbs_of(table, noun)) text += (text.empty() ? "" : ", ") + verb.word;
  return text;
}

}  // namespace

ValueKind kind_of(const Option& option) {
  if (option.is_switch()) return ValueKind::none;
  if (!option.choices.empty()) return ValueKind::choice;
  if (holds(option.value, "FOLDER")) return ValueKind::folder;
  return holds(option.value, "FILE") || holds(option.value, "PATH") ? ValueKind::file
                                                                    : ValueKind::text;
}

/// A positional may be named after what the file holds: TOKEN, REQUEST.
ValueKind kind_of(const Positional& positional) {
  if (holds(positional.name, "FOLDER")) return ValueKind::folder;
  return holds(positional.name, "FILE") || holds(positional.help, "file") ? ValueKind::file
                                                                          : ValueKind::text;
}

std::vector<NextWord> first_words(const std::vector<Command>& table) {
  std::vector<NextWord> words;
  for (const Command& command : table) {
    const std::string_view word = first_word_of(command);
    if (is_known(words, word)) continue;
    words.push_back({std::string(word), needs_verb(command) ? joined_verbs(table, word)
                                                            : std::string(command.summary)});
  }
  return words;
}

std::vector<NextWord> verbs_of(const std::vector<Command>& table, std::string_view noun) {
  std::vector<NextWord> verbs;
  for (const Command& command : table) {
    if (!needs_verb(command) || first_word_of(command) != noun) continue;
    verbs.push_back(
        {std::string(command.name.substr(noun.size() + 1)), std::string(command.summary)});
  }
  return verbs;
}

std::vector<std::string> nouns_of(const std::vector<Command>& table) {
  std::vector<std::string> nouns;
  for (const NextWord& word : first_words(table)) {
    if (!verbs_of(table, word.word).empty()) nouns.push_back(word.word);
  }
  return nouns;
}

std::vector<Option> global_options_of(const Command& command) {
  std::vector<Option> options = global_options();
  if (!command.looks_at_the_time) {
    std::erase_if(options, [](const Option& option) { return option.name == "--at"; });
  }
  return options;
}

std::string in_shell_quotes(std::string_view text, std::string_view quote) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'') {
      quoted += quote;
    } else {
      quoted += c;
    }
  }
  return quoted + "'";
}

}  // namespace octroi::app
