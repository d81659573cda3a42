// SPDX-License-Identifier: Apache-2.0
#include "cel/macros.hpp"

#include <array>
#include <utility>

namespace octroi::cel {
namespace {

struct Macro {
  std::string_view name;
  MacroKind kind;
  std::size_t arguments_max;  ///< two are always enough
};

constexpr std::array k_macros = {
    Macro{"all", MacroKind::all, 2},
    Macro{"exists", MacroKind::exists, 2},
    Macro{"exists_one", MacroKind::exists_one, 2},
    Macro{"map", MacroKind::map, 3},
    Macro{"filter", MacroKind::filter, 2},
};

const Macro* find_macro(const Call& call) {
  if (!call.is_member) return nullptr;
  const std::size_t arguments = call.arguments.size() - 1;  // without what stands before the dot
  for (const Macro& macro : k_macros) {
    if (macro.name == call.function && arguments >= 2 && arguments <= macro.arguments_max) {
      return &macro;
    }
  }
  return nullptr;
}

bool is_has(const Call& call) {
  return !call.is_member && call.function == "has" && call.arguments.size() == 1;
}

Expanded expand_has(Call call) {
  NodePointer& argument = call.arguments[0];
  auto* select = std::get_if<Select>(&argument->form);
  if (select == nullptr || select->is_test) {
    return MacroFault{argument->offset, "expected a field as the argument of has, as in has(a.b)"};
  }
  select->is_test = true;
  return std::move(*argument);
}

}  // namespace

bool is_macro(const Call& call) {
  return is_has(call) || find_macro(call) != nullptr;
}

Expanded expand_macro(Call call) {
  if (is_has(call)) return expand_has(std::move(call));
  const Macro& macro = *find_macro(call);
  auto& arguments = call.arguments;
  const auto* variable = std::get_if<Name>(&arguments[1]->form);
  if (variable == nullptr || variable->name.starts_with('.')) {
    return MacroFault{arguments[1]->offset, "expected the name of a variable for each element"};
  }
  Comprehension result;
  result.kind = macro.kind;
  result.variable = variable->name;
  result.range = std::move(arguments[0]);
  if (macro.kind == MacroKind::map) {
    result.transform = std::move(arguments.back());
    if (arguments.size() == 4) result.condition = std::move(arguments[2]);
  } else {
    result.condition = std::move(arguments[2]);
  }
  return Node{std::move(result)};
}

}  // namespace octroi::cel
