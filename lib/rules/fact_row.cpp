// SPDX-License-Identifier: Apache-2.0
#include "rules/fact_row.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "law/countries.hpp"
#include "model/country_code.hpp"

namespace octroi::rules {
namespace {

using cel::View;
using cel::ViewRoom;
using json::TapeValue;
using json::Value;

std::string_view required_country(std::string_view written, const FactPlace& place) {
  const std::optional<std::string_view> code = law::iso_code(written);
  if (code) return *code;
  throw Error(ErrorCode::bad_input, fmt::format("{}: expected an ISO 3166 country code, got {}",
                                                place.path(), in_quotes(written)));
}

void sort_by_name(std::span<View::Field> fields) {
  std::sort(fields.begin(), fields.end(), [](const View::Field& left, const View::Field& right) {
    return left.name < right.name;
  });
}

/// A value of the document with views of its texts as `text_of` makes them. A list stands where its
/// items do.
template <typename TextOf>
View laid_out(ViewRoom& room, TapeValue value, const FactPlace& place, const TextOf& text_of) {
  static const cel::Value k_null;
  switch (value.kind()) {
    case json::Kind::boolean:
      return View::of(value.as_boolean());
    case json::Kind::integer:
      return View::of(value.as_integer());
    case json::Kind::string:
      return View::of(text_of(value.as_string(), place));
    case json::Kind::array: {
      const auto elements = room.make<View>(value.size());
      std::transform(value.begin(), value.end(), elements.begin(),
                     [&](TapeValue one) { return laid_out(room, one, place, text_of); });
      return View::of(std::span<const View>(elements));
    }
    case json::Kind::object: {
      const auto fields = room.make<View::Field>(value.size());
      std::transform(value.begin(), value.end(), fields.begin(), [&](TapeValue member) {
        const std::string_view name = member.name();
        return View::Field{name, laid_out(room, member, {&place, name}, text_of)};
      });
      if (!value.is_sorted()) sort_by_name(fields);
      return View::of(std::span<const View::Field>(fields));
    }
    case json::Kind::number:  // the schema has none; no plan can tell anything of it
      return View::sealed(nullptr);
    case json::Kind::null:
      break;
  }
  return View::other(k_null);
}

View sorted_in_place(std::span<View> texts) {
  const auto is_less = [](View left, View right) { return left.as_text() < right.as_text(); };
  const auto is_same = [](View left, View right) { return left.as_text() == right.as_text(); };
  if (!std::is_sorted(texts.begin(), texts.end(), is_less)) {
    std::sort(texts.begin(), texts.end(), is_less);
  }
  const auto end = std::unique(texts.begin(), texts.end(), is_same);
  return View::of(std::span<const View>(texts.begin(), end));
}

}  // namespace

std::string FactPlace::path() const {
  return outer == nullptr ? std::string(name) : outer->path() + "." + std::string(name);
}

FactRow::FactRow(ViewRoom& room, FactPlace place, std::size_t most)
    : room_(room), place_(place), fields_(room.make<View::Field>(most)) {}

View FactRow::at(std::string_view name) const {
  const View::Field* field = object().find_field(name);
  if (field == nullptr) broken_invariant("a fact that must be there is absent");
  return field->value;
}

void FactRow::add(std::string_view name, View fact) {
  if (count_ == fields_.size()) {
    const auto wider = room_.make<View::Field>(2 * count_ + 1);
    std::copy(fields_.begin(), fields_.end(), wider.begin());
    fields_ = wider;
  }
  fields_[count_++] = {name, fact};
}

void FactRow::add_copy(std::string_view name, std::string_view text) {
  add(name, View::of(room_.keep(text)));
}

void FactRow::take(std::string_view name, std::optional<TapeValue> value) {
  if (!value) return;
  const FactPlace inside{&place_, name};
  add(name, laid_out(room_, *value, inside, [](std::string_view text, const FactPlace& place) {
        return model::means_country(place.name) ? required_country(text, place) : text;
      }));
}

void FactRow::pick(TapeValue from, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) take(name, from.find(name));
}

void FactRow::pick_object(TapeValue from, std::string_view name,
                          std::initializer_list<std::string_view> names) {
  const std::optional<TapeValue> object = from.find(name);
  if (!object) return;
  add_object(name, names.size(), [&](FactRow& fact) { fact.pick(*object, names); });
}

View FactRow::object() const {
  return View::of(std::span<const View::Field>(fields_.first(count_)));
}

View sorted_once(ViewRoom& room, std::vector<std::string_view> texts) {
  const std::span<View> views = room.make<View>(texts.size());
  std::transform(texts.begin(), texts.end(), views.begin(),
                 [](std::string_view text) { return View::of(text); });
  return sorted_in_place(views);
}

View sorted_once(ViewRoom& room, std::optional<TapeValue> array) {
  if (!array) return View::of(std::span<const View>());
  const std::span<View> views = room.make<View>(array->size());
  std::transform(array->begin(), array->end(), views.begin(),
                 [](TapeValue item) { return View::of(item.as_string()); });
  return sorted_in_place(views);
}

View kept_texts(ViewRoom& room, const std::vector<std::string>& texts) {
  const std::span<View> views = room.make<View>(texts.size());
  std::transform(texts.begin(), texts.end(), views.begin(),
                 [&room](const std::string& text) { return View::of(room.keep(text)); });
  return View::of(std::span<const View>(views));
}

View lay_out(ViewRoom& room, const Value& value) {
  json::Tape tape;
  tape.lay(value);
  return laid_out(room, tape.root(), {nullptr, {}},
                  [](std::string_view text, const FactPlace&) { return text; });
}

Value to_json(View fact) {
  switch (fact.kind()) {
    case View::Kind::boolean:
      return fact.as_boolean();
    case View::Kind::integer:
      return fact.as_integer();
    case View::Kind::text:
      return fact.as_text();
    case View::Kind::list: {
      Value::Array items;
      items.reserve(fact.as_list().size());
      for (const View one : fact.as_list()) items.push_back(to_json(one));
      return items;
    }
    case View::Kind::object: {
      json::Object::Row members;
      members.reserve(fact.as_object().size());
      for (const View::Field& field : fact.as_object()) {
        members.emplace_back(field.name, to_json(field.value));
      }
      return json::Object::of_distinct(std::move(members));
    }
    case View::Kind::unread:
    case View::Kind::none:
    case View::Kind::sealed:
    case View::Kind::other:
      break;
  }
  broken_invariant("a fact that is no value");
}

bool states(TapeValue object, std::string_view name) {
  return !object.text(name).empty();
}

std::vector<std::string_view> texts_of(TapeValue array) {
  std::vector<std::string_view> texts;
  texts.reserve(array.size());
  for (const TapeValue one : array) texts.push_back(one.as_string());
  return texts;
}

std::string_view comparable_country(std::string_view written) {
  return law::iso_code(written).value_or(written);
}

}  // namespace octroi::rules
