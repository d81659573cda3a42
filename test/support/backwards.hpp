// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "json/value.hpp"
#include "json/write.hpp"

namespace octroi::test {

/// The value as a text in which the members of every object stand from the last name to the first.
inline std::string backwards(const json::Value& value) {
  std::string text;
  const auto add = [&text](const std::string& part) { text += (text.empty() ? "" : ",") + part; };
  if (value.is_array()) {
    for (const json::Value& item : value.as_array()) add(backwards(item));
    return "[" + text + "]";
  }
  if (!value.is_object()) return json::one_line(value);
  for (const auto& [name, member] : value.as_object()) {
    text.insert(0, json::one_line(name) + ":" + backwards(member) + (text.empty() ? "" : ","));
  }
  return "{" + text + "}";
}

}  // namespace octroi::test
