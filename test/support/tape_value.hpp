// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "json/tape.hpp"

namespace octroi::test {

/// What a value on a tape is as a tree, to be compared.
inline json::Value value_of(const json::TapeValue& value) {
  switch (value.kind()) {
    case json::Kind::null:
    case json::Kind::number:
      return {};
    case json::Kind::boolean:
      return value.as_boolean();
    case json::Kind::integer:
      return value.as_integer();
    case json::Kind::string:
      return value.as_string();
    case json::Kind::array: {
      json::Value::Array items;
      for (const json::TapeValue item : value) items.push_back(value_of(item));
      return items;
    }
    case json::Kind::object: {
      json::Value::Object members;
      for (const json::TapeValue member : value) {
        members.insert_or_assign(std::string(member.name()), value_of(member));
      }
      return members;
    }
  }
  return {};
}

}  // namespace octroi::test
