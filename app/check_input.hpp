// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "command.hpp"
#include "gate/assessing.hpp"

/// What the commands that look at a request under rules have in common.
namespace octroi::app {

/// --rulebook, --dataset, --provider and --hierarchy.
[[nodiscard]] std::vector<Option> check_options();

/// The documents that those options name.
[[nodiscard]] gate::GivenDocuments given_documents(const Arguments& arguments);

}  // namespace octroi::app
