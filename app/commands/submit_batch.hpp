// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "command.hpp"

namespace octroi::app {

/// --batch, --receipts, --dry-run and --jobs of `submit`.
[[nodiscard]] std::vector<Option> submit_batch_options();

/// Throws Error(usage) where options of one request and of a batch stand together.
void require_request_or_batch(const Arguments& arguments);

/// `submit --batch`.
[[nodiscard]] ExitCode submit_batch(const Arguments& arguments, Session& session, Reply& reply);

}  // namespace octroi::app
