// SPDX-License-Identifier: Apache-2.0
#include "json/to_value.hpp"

#include <string>
#include <utility>

namespace octroi::json {

Value to_value(const TapeValue& value) {
  switch (value.kind()) {
    case Kind::boolean:
      return value.as_boolean();
    case Kind::integer:
      return value.as_integer();
    case Kind::string:
      return value.as_string();
    case Kind::array: {
      Value::Array items;
      items.reserve(value.size());
      for (const TapeValue item : value) items.push_back(to_value(item));
      return items;
    }
    case Kind::object: {
      Object::Row members;
      members.reserve(value.size());
      for (const TapeValue member : value) {
        members.emplace_back(member.name(), to_value(member));
      }
      return value.is_sorted() ? Object::of_sorted(std::move(members))
                               : Object::of_distinct(std::move(members));
    }
    case Kind::null:
    case Kind::number:  // on no tape: it is one of integers
      break;
  }
  return {};
}

Value to_value(Tape tape) {
  return tape.kept_ ? std::move(*tape.kept_) : to_value(tape.root());
}

}  // namespace octroi::json
