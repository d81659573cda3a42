// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "arguments.hpp"
#include "command.hpp"

namespace octroi::app {

/// A command line that the table allows.
struct CommandLine {
  const Command* command = nullptr;  ///< nullptr only when help or the version is asked for
  std::string noun;                  ///< "dataset", when help is asked for without its verb
  Arguments own;                     ///< what the command was given
  Arguments global;                  ///< the global options, wherever they stood
};

/// Reads the words after the program's name. The result points into `table`.
/// Throws Error(usage) that says what was expected, with the nearest match of a misspelt word.
[[nodiscard]] CommandLine parse_command_line(const std::vector<std::string>& words,
                                             const std::vector<Command>& table);

/// The same with a part of the table that has all rows whose first word is among the words; all of
/// them are asked for only when something has to be said of them.
[[nodiscard]] CommandLine parse_command_line(
    const std::vector<std::string>& words, const std::vector<Command>& part,
    const std::function<const std::vector<Command>&()>& table);

}  // namespace octroi::app
