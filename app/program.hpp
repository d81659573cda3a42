// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "exit_code.hpp"
#include "surroundings.hpp"

namespace octroi::app {

/// What a run came to, to be written in this order.
struct Outcome {
  ExitCode code = ExitCode::yes;
  std::string answer;  ///< for standard output
  std::string notes;   ///< for standard error
};

/// Runs a command line, given without the program's name. Throws Error; then there is no answer.
[[nodiscard]] Outcome run_program(const std::vector<std::string>& words, const Surroundings& world);

/// An error as it is shown: "octroi: …", further lines indented, safe for a terminal.
[[nodiscard]] std::string describe_error(std::string_view message);

}  // namespace octroi::app
