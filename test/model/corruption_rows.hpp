// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <vector>

#include "json/value.hpp"
#include "model/document.hpp"

/// Named corruptions of a valid document of every kind.
namespace octroi::model::sample {

using Change = std::function<void(json::Value&)>;

struct Row {
  const char* name;
  Change change;
  const char* pointer;   ///< where the fault is
  const char* expected;  ///< a part of what is expected there
};

/// All of a kind; empty for kinds that nobody writes by hand.
[[nodiscard]] const std::vector<Row>& corruptions_of(DocumentKind kind);

}  // namespace octroi::model::sample
