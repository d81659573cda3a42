// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "command.hpp"

/// Files for the systems that octroi is installed on, made from the command table alone: nothing in
/// them depends on the machine or the day.
namespace octroi::app {

/// The man page octroi(1), in the man macros of roff.
[[nodiscard]] std::string manual(const std::vector<Command>& table);

/// Completion for bash 4 or later; it needs nothing of the package bash-completion.
[[nodiscard]] std::string bash_completion(const std::vector<Command>& table);
/// Completion for zsh, as the file _octroi of its function path.
[[nodiscard]] std::string zsh_completion(const std::vector<Command>& table);
/// Completion for fish 3 or later.
[[nodiscard]] std::string fish_completion(const std::vector<Command>& table);

}  // namespace octroi::app
