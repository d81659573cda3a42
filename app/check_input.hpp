// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "command.hpp"
#include "gate/assessing.hpp"

/// What the commands that look at a request under rules have in common.
namespace octroi::app {

/// --rulebook, --dataset, --provider and --hierarchy.
[[nodiscard]] std::vector<Option> check_options();

/// The request and the documents that those options name.
[[nodiscard]] gate::CheckInput check_input(model::Document request, const Arguments& arguments);

}  // namespace octroi::app
