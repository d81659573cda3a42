// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

#include "command.hpp"

namespace octroi::app {

/// What `octroi --help` says: the commands by reader, and the global options.
[[nodiscard]] std::string help(std::size_t width);

/// What `octroi COMMAND --help` says.
[[nodiscard]] std::string help(const Command& command, std::size_t width);

}  // namespace octroi::app
