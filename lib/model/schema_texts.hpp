// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace octroi::model {

/// A schema of schemas/, as it was when the program was built.
struct SchemaText {
  std::string_view name;  ///< its path there, without ".schema.json": "request", "output/members"
  std::string_view text;
};

/// All of them, by name.
[[nodiscard]] std::span<const SchemaText> schema_texts();

}  // namespace octroi::model
