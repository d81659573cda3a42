// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "gate/context.hpp"

namespace octroi::gate {

/// Checks that the events say of the charter, the datasets, providers, hierarchies and rulebooks
/// what their documents say, in a registry whose log and tables are known to be sound: whoever
/// writes the log could name another holder, rule or member there, which lists and tokens follow.
/// `guard` runs a check of the thing that it names and reports what the check throws.
void audit_catalogue(
    Database& database,
    const std::function<void(const std::string&, const std::function<void()>&)>& guard);

}  // namespace octroi::gate
