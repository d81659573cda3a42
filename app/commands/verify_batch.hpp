// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

#include "exit_code.hpp"
#include "gate/token_batch.hpp"
#include "surroundings.hpp"

namespace octroi::app {

/// Answers every line of a file, or of standard input for "-", on standard output, in order, with
/// `jobs` threads. A bounded part of it is held at a time. The worst of the lines' codes; a
/// reader that leaves ends it, and so does an interrupt, once the part in hand is answered.
[[nodiscard]] ExitCode verify_batch(const std::string& path, const gate::TokenBatch& tokens,
                                    std::size_t jobs, const Surroundings& world);

}  // namespace octroi::app
