// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cel/environment.hpp"
#include "cel/view.hpp"
#include "json/schema.hpp"

namespace octroi::rules {

/// schemas/facts.schema.json, compiled: what facts are validated against.
[[nodiscard]] const json::Schema& fact_schema();

/// Whether facts are what the schema defines under this name: "request", "host" or "dataset".
[[nodiscard]] bool fits_schema(std::string_view definition, const json::Value& facts);
/// The same of facts that are laid out.
[[nodiscard]] bool fits_schema(std::string_view definition, cel::View facts);

/// The same schema read as declarations: its properties are the variables of a rule (with `dataset`
/// for one member of `datasets`), its definitions the object types. Built once.
[[nodiscard]] const cel::Environment& fact_environment();

/// True when some member along a fact's path need not be there.
[[nodiscard]] bool can_be_absent(std::string_view path);

/// What the schema says of one fact.
struct FactDeclaration {
  cel::TypeKind kind = cel::TypeKind::dyn;  ///< dyn for a path that leads to no fact
  std::vector<std::string> allowed;         ///< the only texts that it can be; empty: any
};
[[nodiscard]] FactDeclaration declaration_of(std::string_view path);

}  // namespace octroi::rules
