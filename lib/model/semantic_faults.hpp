// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "json/schema.hpp"
#include "json/tape.hpp"
#include "model/document.hpp"

namespace octroi::model {

/// What is wrong between the members of a document, which a schema cannot say: days in the wrong
/// order, names that nothing bears, ids given twice, countries that do not exist. The value need
/// not be valid under the schema of its kind; what the schema refuses is not repeated here.
[[nodiscard]] std::vector<json::Fault> semantic_faults(DocumentKind kind, json::TapeValue value);

}  // namespace octroi::model
