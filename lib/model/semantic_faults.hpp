// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "json/schema.hpp"
#include "model/document.hpp"

namespace octroi::model {

/// What is wrong between the members of a document, which a schema cannot say: days in the wrong
/// order, names that nothing bears, ids given twice. The document is valid under its schema.
[[nodiscard]] std::vector<json::Fault> semantic_faults(const Document& document);

}  // namespace octroi::model
