// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cel/view.hpp"
#include "json/tape.hpp"
#include "json/value.hpp"

/// How facts are gathered from documents, as the views that conditions read. Names are those of the
/// program, texts those of the documents: nothing is copied that is there already. What is computed
/// is kept in the room that the facts are laid out in.
namespace octroi::rules {

/// Where a value stands in the facts: what holds it, and under which name.
struct FactPlace {
  const FactPlace* outer;
  std::string_view name;

  [[nodiscard]] std::string path() const;
};

/// An object of the facts while it is gathered: each name once, quickest to read where they are in
/// their order. Every code that is taken over under a name that means a country is written in its
/// ISO form, so that a rule can compare it; one that is none is an Error(bad_input).
class FactRow {
 public:
  /// Has room for `most` members before it has to move.
  FactRow(cel::ViewRoom& room, FactPlace place, std::size_t most);
  FactRow(const FactRow&) = delete;  // what is in it knows where it stands
  FactRow& operator=(const FactRow&) = delete;

  [[nodiscard]] cel::ViewRoom& room() const { return room_; }
  /// The member of that name, which must be there.
  [[nodiscard]] cel::View at(std::string_view name) const;

  void add(std::string_view name, cel::View fact);
  /// Adds a text that nobody else keeps.
  void add_copy(std::string_view name, std::string_view text);
  /// Adds a value as it stands in a document, if it does.
  void take(std::string_view name, std::optional<json::TapeValue> value);
  /// Adds the members of an object that are there, under their own names.
  void pick(json::TapeValue from, std::initializer_list<std::string_view> names);
  /// Adds under `name` what `pick` finds in the member of that name, if there is one.
  void pick_object(json::TapeValue from, std::string_view name,
                   std::initializer_list<std::string_view> names);

  /// Adds an object that `fill` gathers.
  template <typename Fill>
  void add_object(std::string_view name, std::size_t most, const Fill& fill) {
    add(name, gathered(name, most, fill));
  }
  /// Adds a list with what `fill` gathers of each item, if there is such a list.
  template <typename Fill>
  void add_each(std::string_view name, std::optional<json::TapeValue> list, std::size_t most,
                const Fill& fill) {
    if (list) add_all(name, *list, most, fill);
  }
  template <typename Item, typename Fill>
  void add_each(std::string_view name, const std::vector<Item>& items, std::size_t most,
                const Fill& fill) {
    add_all(name, items, most, fill);
  }

  [[nodiscard]] cel::View object() const;

 private:
  template <typename Items, typename Fill>
  void add_all(std::string_view name, const Items& items, std::size_t most, const Fill& fill) {
    const std::span<cel::View> facts = room_.make<cel::View>(items.size());
    std::transform(items.begin(), items.end(), facts.begin(), [&](const auto& item) {
      return gathered(name, most, [&](FactRow& fact) { fill(fact, item); });
    });
    add(name, cel::View::of(std::span<const cel::View>(facts)));
  }
  template <typename Fill>
  [[nodiscard]] cel::View gathered(std::string_view name, std::size_t most, const Fill& fill) {
    FactRow row(room_, {&place_, name}, most);
    fill(row);
    return row.object();
  }

  cel::ViewRoom& room_;
  FactPlace place_;
  std::span<cel::View::Field> fields_;
  std::size_t count_ = 0;
};

/// The texts as a list, each once, sorted: their order in the document means nothing.
[[nodiscard]] cel::View sorted_once(cel::ViewRoom& room, std::vector<std::string_view> texts);
/// The same of an array of strings; an empty list for an absent member.
[[nodiscard]] cel::View sorted_once(cel::ViewRoom& room, std::optional<json::TapeValue> array);
/// The texts as a list that keeps them.
[[nodiscard]] cel::View kept_texts(cel::ViewRoom& room, const std::vector<std::string>& texts);

/// A value as it stands, whose texts are borrowed.
[[nodiscard]] cel::View lay_out(cel::ViewRoom& room, const json::Value& value);

/// The value that is laid out, with nothing borrowed.
[[nodiscard]] json::Value to_json(cel::View fact);

/// Whether there is a member of that name with a text in it.
[[nodiscard]] bool states(json::TapeValue object, std::string_view name);
/// The texts of an array of strings.
[[nodiscard]] std::vector<std::string_view> texts_of(json::TapeValue array);
/// The code of a country as rules compare it; as written where it is none.
[[nodiscard]] std::string_view comparable_country(std::string_view written);

}  // namespace octroi::rules
