// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "command.hpp"

/// Help, made from the command table; lines of at most `width` columns where words allow it.
namespace octroi::app {

/// `octroi --help`: the main job, then the commands by reader, the global options, exit codes.
[[nodiscard]] std::string main_help(const std::vector<Command>& table, std::size_t width);

/// `octroi NOUN --help`: its commands.
[[nodiscard]] std::string noun_help(const std::vector<Command>& table, const std::string& noun,
                                    std::size_t width);

/// `octroi COMMAND --help`: usage, what it does, arguments, options, examples.
[[nodiscard]] std::string command_help(const Command& command, std::size_t width);

/// "octroi submit FILE [--amends REQUEST]", as the help of the command begins.
[[nodiscard]] std::string usage_of(const Command& command);

/// The parts that the man page shares with the help.
struct HelpRow {
  std::string term;
  std::string meaning;
};
[[nodiscard]] std::string_view title_of(Reader reader);
/// "--amends REQUEST", and what it does, with its choices.
[[nodiscard]] HelpRow row_of(const Option& option);
[[nodiscard]] std::vector<HelpRow> exit_code_rows();

}  // namespace octroi::app
