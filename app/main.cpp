// SPDX-License-Identifier: Apache-2.0
#include <malloc.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <iostream>

#include "base/error.hpp"
#include "crypto/key.hpp"
#include "program.hpp"
#include "terminal.hpp"

namespace octroi::app {
namespace {

std::optional<std::string> environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (value == nullptr) return std::nullopt;
  return value;
}

Instant now() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

/// What batches and audits free they soon need again. glibc would give a thread's last free pages
/// back to the system from 128 KiB on, and interrupt all other threads for it.
void keep_freed_memory() {
  constexpr int k_kept_bytes_max = 16 * 1024 * 1024;
  ::mallopt(M_TRIM_THRESHOLD, k_kept_bytes_max);
}

Surroundings real_surroundings() {
  const bool has_messages_on_terminal = ::isatty(STDERR_FILENO) == 1;
  return {.context = {now, crypto::system_random()},
          .environment = environment,
          .ask_passphrase = ask_passphrase,
          .write_now = write_some,
          .is_interrupted = is_interrupted,
          .input = std::cin,
          .messages = std::cerr,
          .can_ask = ::isatty(STDIN_FILENO) == 1 && has_messages_on_terminal,
          .shows_progress = has_messages_on_terminal,
          .is_answer_on_terminal = ::isatty(STDOUT_FILENO) == 1,
          .columns = terminal_columns()};
}

ExitCode run(const std::vector<std::string>& words) {
  try {
    keep_freed_memory();
    guard_standard_streams();
    crypto::forbid_core_dumps();
    crypto::initialize();
    const Outcome outcome = run_program(words, real_surroundings());
    write_answer(outcome.answer);
    std::cerr << outcome.notes;
    end_if_interrupted();
    return outcome.code;
  } catch (const Error& error) {
    std::cerr << describe_error(error.what());
    return exit_code(error.code());
  } catch (const std::exception& error) {
    std::cerr << describe_error(std::string("internal error: ") + error.what());
    return ExitCode::could_not;
  }
}

}  // namespace
}  // namespace octroi::app

int main(int count, char** words) {
  return static_cast<int>(octroi::app::run({words + 1, words + count}));
}
