// SPDX-License-Identifier: Apache-2.0
#include "cel/view.hpp"

#include <algorithm>

namespace octroi::cel {
View ViewRoom::lay_out(const Value& value) {
  switch (value.kind()) {
    case TypeKind::boolean:
      return View::of(value.as_boolean());
    case TypeKind::integer:
      return View::of(value.as_integer());
    case TypeKind::string:
      return View::of(std::string_view(value.as_string()));
    case TypeKind::list: {
      const std::span<View> elements = make<View>(value.as_list().size());
      std::transform(value.as_list().begin(), value.as_list().end(), elements.begin(),
                     [this](const Value& one) { return lay_out(one); });
      return View::of(std::span<const View>(elements));
    }
    case TypeKind::object: {
      const auto& entries = value.as_map().entries;
      const std::span<View::Field> fields = make<View::Field>(entries.size());
      std::transform(entries.begin(), entries.end(), fields.begin(),
                     [this](const Value::Entry& entry) {
                       return View::Field{entry.first.as_string(), lay_out(entry.second)};
                     });
      return View::of(std::span<const View::Field>(fields));
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
