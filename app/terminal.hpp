// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/key.hpp"

/// The terminal and the standard streams of the process.
namespace octroi::app {

/// Gives the standard streams that are closed something harmless to be, so that no file opened
/// later is taken for one of them; and lets a reader that leaves early, or a limit on the size of
/// files, be an error, not the end.
void guard_standard_streams();

/// Writes the answer to standard output. A reader that left early has what it wanted.
/// Throws Error(could_not) when it cannot be written.
void write_answer(std::string_view text);

/// The same for a part of the answer; false when the reader has left.
[[nodiscard]] bool write_some(std::string_view text);

/// Whether an interrupt (Ctrl-C, SIGTERM) came since this was asked for the first time.
[[nodiscard]] bool is_interrupted();

/// Ends the program by the interrupt that is_interrupted found, as if it had not listened.
void end_if_interrupted();

/// Columns of the terminal on standard output, or 80.
[[nodiscard]] std::size_t terminal_columns();

/// Asks on the terminal of the process, which need not be a standard stream, without echo. Echo is
/// back before the program stops or ends by a signal (Ctrl-C, Ctrl-Z).
/// Nothing when there is no terminal; an empty passphrase when the answer was empty.
/// Throws Error(bad_input) when the answer is too long, Error(could_not) when it cannot be read.
[[nodiscard]] std::optional<crypto::SecretBytes> ask_passphrase(const std::string& question);

}  // namespace octroi::app
