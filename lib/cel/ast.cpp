// SPDX-License-Identifier: Apache-2.0
#include "cel/ast.hpp"

namespace octroi::cel {

std::string qualified_name(const Node& node) {
  if (const auto* name = std::get_if<Name>(&node.form)) return name->name;
  const auto* select = std::get_if<Select>(&node.form);
  if (select == nullptr || select->is_test) return {};
  const std::string before = qualified_name(*select->operand);
  return before.empty() ? before : before + "." + select->field;
}

}  // namespace octroi::cel
