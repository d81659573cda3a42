// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

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

}  // namespace octroi::app
