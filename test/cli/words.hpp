// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace octroi::script {

/// One command of a script as it is written.
struct Line {
  std::size_t number;  ///< of its first line in the file, from 1
  std::string text;    ///< lines that end with a backslash are joined with the next
};

/// The lines of a script that hold a command: neither empty nor only a comment.
[[nodiscard]] std::vector<Line> command_lines(std::string_view script);

/// The value of a variable. Throws Error(bad_input) when there is none of that name.
using Lookup = std::function<std::string(std::string_view name)>;

/// The words of a command, separated by blanks:
///   'text'        as it stands; '' inside is one quote
///   "text"        $NAME and ${NAME} are variables; a backslash keeps ", $ and \ as they are
///   text          $NAME and ${NAME} are variables
///   # …           to the end of the line, at the start of a word: a comment
/// Pieces without a blank between them are one word.
/// Throws Error(bad_input) on a quote that is not closed.
[[nodiscard]] std::vector<std::string> words_of(std::string_view text, const Lookup& lookup);

}  // namespace octroi::script
