// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "command.hpp"

/// What the completions of all shells want to know of the command table.
namespace octroi::app {

/// What a shell offers for a value.
enum class ValueKind { none, text, file, folder, choice };

/// none for a switch.
[[nodiscard]] ValueKind kind_of(const Option& option);
[[nodiscard]] ValueKind kind_of(const Positional& positional);

/// A word that may come next on the command line, and what it stands for.
struct NextWord {
  std::string word;
  std::string meaning;
};

/// The words that begin with nothing typed, in the order of the table.
[[nodiscard]] std::vector<NextWord> first_words(const std::vector<Command>& table);
/// The verbs of a noun; none for another word.
[[nodiscard]] std::vector<NextWord> verbs_of(const std::vector<Command>& table,
                                             std::string_view noun);
/// The first words that need a verb.
[[nodiscard]] std::vector<std::string> nouns_of(const std::vector<Command>& table);

/// The global options that a command takes: --at is not for all.
[[nodiscard]] std::vector<Option> global_options_of(const Command& command);

/// A text as one word of a shell, in single quotes; `quote` is what stands for a quote in it.
[[nodiscard]] std::string in_shell_quotes(std::string_view text, std::string_view quote);

}  // namespace octroi::app
