// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "cel/builtins.hpp"

namespace octroi::cel::builtins {
namespace {

using Test = bool (*)(const std::string& text, const std::string& part);

/// Asks about two texts, and pays for looking at them. Searching for a part can look at the text
/// once for each byte of the part.
Evaluated ask(std::string_view name, Arguments arguments, Context& context, Test test) {
  if (arguments[0].kind() != TypeKind::string || arguments[1].kind() != TypeKind::string) {
    return no_such_overload(name, arguments);
  }
  const std::string& text = arguments[0].as_string();
  const std::string& part = arguments[1].as_string();
  if (!context.budget.spend(steps_for_bytes(text.size()) * steps_for_bytes(part.size()))) {
    return Value(false);
  }
  return Value(test(text, part));
}

Evaluated contains(Arguments arguments, Context& context) {
  return ask("contains", arguments, context, [](const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
  });
}

Evaluated starts_with(Arguments arguments, Context& context) {
  return ask(
      "startsWith", arguments, context,
      [](const std::string& text, const std::string& part) { return text.starts_with(part); });
}

Evaluated ends_with(Arguments arguments, Context& context) {
  return ask("endsWith", arguments, context,
             [](const std::string& text, const std::string& part) { return text.ends_with(part); });
}

}  // namespace

void add_texts(Functions& functions) {
  functions.push_back(member("contains", contains, {"string, string -> bool"}));
  functions.push_back(member("startsWith", starts_with, {"string, string -> bool"}));
  functions.push_back(member("endsWith", ends_with, {"string, string -> bool"}));
}

}  // namespace octroi::cel::builtins
