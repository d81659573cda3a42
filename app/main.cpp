// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include "base/safe_text.hpp"
#include "command_line.hpp"
#include "crypto/key.hpp"
#include "help.hpp"
#include "session.hpp"
#include "terminal.hpp"
#include "version.hpp"

namespace octroi::app {
namespace {

Instant system_now() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

/// Writes the answer. A reader who has gone away wanted no more of it; a full disk is an error.
void write_answer(const std::string& text) {
  std::string_view rest = text;
  while (!rest.empty()) {
    const ssize_t count = ::write(STDOUT_FILENO, rest.data(), rest.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && errno == EPIPE) return;
    if (count < 0) throw Error(ErrorCode::could_not, "standard output cannot be written");
    rest.remove_prefix(static_cast<std::size_t>(count));
  }
}

ExitCode run(const std::vector<std::string>& words) {
  const CommandLine line = parse_command_line(words);
  if (line.globals.has("--version")) {
    write_answer(std::string("octroi ") + k_version + "\n");
    return ExitCode::yes;
  }
  if (line.command == nullptr || line.globals.has("--help")) {
    write_answer(line.command == nullptr ? help(terminal_width())
                                         : help(*line.command, terminal_width()));
    return words.empty() ? ExitCode::usage : ExitCode::yes;
  }
  Session session(line.globals, *line.command, {system_now, crypto::system_random()});
  const ExitCode code = line.command->run(line.arguments, session);
  write_answer(session.answer_text());
  std::cerr << session.hint_text();
  return code;
}

}  // namespace
}  // namespace octroi::app

int main(int count, char** words) {
  using namespace octroi;
  std::signal(SIGPIPE, SIG_IGN);
  try {
    crypto::forbid_core_dumps();
    crypto::initialize();
    return static_cast<int>(app::run({words + 1, words + count}));
  } catch (const Error& error) {
    std::cerr << "octroi: " << printable(error.what(), true) << "\n";
    return static_cast<int>(app::exit_code_of(error.code()));
  } catch (const std::exception& failure) {  // memory, or a fault of ours
    std::cerr << "octroi: internal error: " << printable(failure.what()) << "\n";
    return static_cast<int>(app::ExitCode::could_not);
  }
}
