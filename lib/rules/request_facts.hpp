// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "json/value.hpp"

namespace octroi::rules {

/// `request` of the facts: a request document without names, contacts and free text.
[[nodiscard]] json::Value request_facts(const json::Value& request);

}  // namespace octroi::rules
