// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "command.hpp"

namespace octroi::app {

/// A command line taken apart.
struct CommandLine {
  const Command* command = nullptr;  ///< nullptr: only --help or --version, or nothing at all
  Arguments arguments;               ///< of the command
  Arguments globals;                 ///< of global_options(); flags have an empty list
};

/// Takes the words after the program's name apart, by the command table.
/// Throws Error(usage) with what is wrong and what to do; a misspelt word with its nearest match.
[[nodiscard]] CommandLine parse_command_line(const std::vector<std::string>& words);

}  // namespace octroi::app
