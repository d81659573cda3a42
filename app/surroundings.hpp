// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <istream>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>

#include "crypto/key.hpp"
#include "gate/context.hpp"

namespace octroi::app {

/// The world around the program: main brings the real one, tests bring theirs.
struct Surroundings {
  gate::Context context;
  /// A variable of the environment. None of them can move the clock.
  std::function<std::optional<std::string>(const std::string& name)> environment;
  /// Asks for a passphrase without echo; nothing when there is nobody to ask.
  std::function<std::optional<crypto::SecretBytes>(const std::string& question)> ask_passphrase;
  /// Writes a part of the answer to standard output at once, for commands that answer as they read;
  /// false when the reader has left. Throws Error(could_not) when it cannot be written.
  std::function<bool(std::string_view)> write_now = {};
  /// Whether somebody wants the command to end (Ctrl-C), for commands that can stop between two
  /// parts of their work. Whoever asks first begins to listen: before, an interrupt ends the
  /// program at once, as a second one does.
  std::function<bool()> is_interrupted = [] { return false; };
  std::istream& input;                 ///< answers to questions
  std::ostream& messages;              ///< questions and progress: standard error
  bool can_ask = false;                ///< input and messages are both a terminal
  bool shows_progress = false;         ///< messages are a terminal
  bool is_answer_on_terminal = false;  ///< standard output is a terminal
  std::size_t columns = 80;            ///< of that terminal
};

}  // namespace octroi::app
