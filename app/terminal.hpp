// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "crypto/key.hpp"

/// The person at the terminal, if there is one.
namespace octroi::app {

/// True when file descriptor 0 (input), 1 (output) or 2 (messages) is a terminal.
[[nodiscard]] bool is_terminal(int descriptor);

/// Columns of the window; 80 when that is not known.
[[nodiscard]] std::size_t terminal_width();

/// Asks for a passphrase on the terminal, without echo. Throws Error(usage) when there is no
/// terminal to ask on. Ctrl-C ends the program with the echo turned on again.
[[nodiscard]] crypto::SecretBytes ask_passphrase(const std::string& prompt);

/// Asks for one line of text. Nothing at the end of the input.
[[nodiscard]] std::optional<std::string> ask_line(const std::string& prompt);

}  // namespace octroi::app
