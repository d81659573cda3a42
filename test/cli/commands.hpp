// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/session.hpp"

namespace octroi::script {

/// One use of a command in a script.
struct Call {
  bool is_denied;                  ///< written with "!": the contrary must hold
  bool is_update;                  ///< files that outputs are compared with take them over instead
  std::vector<std::string> words;  ///< behind the command's name
};

/// One command of the script language. Its function throws Error when what it claims does not hold.
struct Command {
  std::string_view usage;  ///< its name comes first, "[!]" before it where it can be denied
  std::size_t words_min;
  std::size_t words_max;
  void (*run)(Session&, const Call&);

  [[nodiscard]] bool can_be_denied() const { return usage.starts_with("[!] "); }
  [[nodiscard]] std::string_view name() const;
};

constexpr std::size_t k_any_number = 1000;

/// exec, exit, sh, stdin, tty, limit, background, wait.
[[nodiscard]] std::span<const Command> run_commands();
/// stdout, stderr, grep, cmp, json, set.
[[nodiscard]] std::span<const Command> output_commands();
/// exists, cp, mkdir, chmod, cd, env, replace, corrupt, skip.
[[nodiscard]] std::span<const Command> file_commands();

/// Runs the words of one line, the command's name first among them, or behind "!".
/// Throws Error(bad_input) on a command that does not exist or is used otherwise than its usage.
void run_command(Session& session, std::vector<std::string> words, bool is_update);

}  // namespace octroi::script
