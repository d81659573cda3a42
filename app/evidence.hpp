// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "arguments.hpp"
#include "command.hpp"
#include "gate/verifying.hpp"
#include "session.hpp"

namespace octroi::app {

/// --status, --max-age, --status-proof, --proof: what there is beside a token.
[[nodiscard]] std::vector<Option> evidence_options();

/// What these options name. Throws Error(usage) for --max-age or --status-proof without --status.
[[nodiscard]] gate::Evidence read_evidence(const Arguments& arguments);

/// Throws Error(usage) when more than one of these files, and of TOKEN, TARGET, --batch and
/// --trust, is standard input.
void require_one_standard_input(const Arguments& arguments);

/// Throws Error(could_not) where this machine's clock is behind a trust file, unless the caller
/// asks of another moment (--at).
void require_clock(const model::Document& trust, std::string_view file, const Session& session);

}  // namespace octroi::app
