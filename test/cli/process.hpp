// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/descriptor.hpp"
#include "cli/terminal.hpp"

namespace octroi::script {

/// What a program is started with.
struct Launch {
  std::filesystem::path program;
  std::vector<std::string> words;        ///< the program's name and its arguments
  std::vector<std::string> environment;  ///< NAME=VALUE, and nothing else
  std::filesystem::path folder;
  std::optional<std::string> input;      ///< without it: nothing, or the terminal
  std::optional<Conversation> terminal;  ///< with it, standard error is a terminal too
};

/// How a program ended, and what it said.
struct Output {
  enum class End { exited, killed, timed_out };

  End end = End::exited;
  int code = 0;  ///< the exit code, or the number of the signal that killed it
  std::string out;
  std::string err;                      ///< on a terminal: all that appeared there
  std::vector<std::string> unanswered;  ///< expected prompts that never came
};

/// A running program, in a session of its own: it cannot reach the terminal the tests run on, and
/// it is killed, with all it started, at the latest with this object.
class Process {
 public:
  /// Throws Error(could_not) when the machine cannot start it.
  explicit Process(const Launch& launch);
  Process(Process&&) noexcept = default;
  Process& operator=(Process&&) noexcept = default;
  ~Process();

  /// Waits for the end; a program that takes longer than `limit` is killed.
  [[nodiscard]] Output wait(std::chrono::seconds limit);

 private:
  /// A process id, forgotten where it is moved from.
  struct Id {
    explicit Id(pid_t id) : number(id) {}
    Id(Id&& other) noexcept : number(std::exchange(other.number, 0)) {}
    Id& operator=(Id&& other) noexcept {
      std::swap(number, other.number);
      return *this;
    }
    pid_t number;
  };

  bool wait_for_end(std::chrono::seconds limit);

  Descriptor out_;
  Descriptor err_;
  std::optional<Terminal> terminal_;
  Id id_{0};
};

}  // namespace octroi::script
