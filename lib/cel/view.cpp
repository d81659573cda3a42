// SPDX-License-Identifier: Apache-2.0
#include "cel/view.hpp"

#include <algorithm>
#include <new>

namespace octroi::cel {
namespace {

/// A copy of some items in memory that is given back all at once.
template <typename Item>
std::span<const Item> kept(std::pmr::memory_resource& memory, const std::vector<Item>& items) {
  if (items.empty()) return {};
  void* room = memory.allocate(items.size() * sizeof(Item), alignof(Item));
  auto* first = static_cast<Item*>(room);
  std::uninitialized_copy(items.begin(), items.end(), first);
  return {first, items.size()};
}

}  // namespace

View ViewRoom::list(const std::vector<View>& elements) {
  return View::of(kept(memory_, elements));
}

View ViewRoom::object(const std::vector<View::Field>& fields) {
  return View::of(kept(memory_, fields));
}

View ViewRoom::lay_out(const Value& value) {
  switch (value.kind()) {
    case TypeKind::boolean:
      return View::of(value.as_boolean());
    case TypeKind::integer:
      return View::of(value.as_integer());
    case TypeKind::string:
      return View::of(std::string_view(value.as_string()));
    case TypeKind::list: {
      std::vector<View> elements;
      for (const Value& one : value.as_list()) elements.push_back(lay_out(one));
      return list(elements);
    }
    case TypeKind::object: {
      std::vector<View::Field> fields;
      for (const auto& [name, field] : value.as_map().entries) {
        fields.push_back({name.as_string(), lay_out(field)});
      }
      return object(fields);
    }
    default:
      return View::other(value);
  }
}

std::optional<Value> to_value(View view) {
  switch (view.kind()) {
    case View::Kind::boolean:
      return Value(view.as_boolean());
    case View::Kind::integer:
      return Value(view.as_integer());
    case View::Kind::text:
      return Value(view.as_text());
    case View::Kind::other:
      return view.as_other();
    case View::Kind::list: {
      Value::List elements;
      for (const View one : view.as_list()) {
        std::optional<Value> element = to_value(one);
        if (!element) return std::nullopt;
        elements.push_back(std::move(*element));
      }
      return Value(std::move(elements));
    }
    case View::Kind::unread:
    case View::Kind::none:
    case View::Kind::object:
    case View::Kind::sealed:
      break;
  }
  return std::nullopt;
}

}  // namespace octroi::cel
