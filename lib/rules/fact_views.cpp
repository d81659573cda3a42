// SPDX-License-Identifier: Apache-2.0
#include "rules/fact_views.hpp"

#include <map>
#include <vector>

#include "rules/fact_schema.hpp"

namespace octroi::rules {
namespace {

constexpr std::string_view k_dataset_variable = "dataset";

/// Every fact that has a number, what it is a member of before itself.
class FactPlaces {
 public:
  struct Place {
    std::string name;
    std::string path;
    std::optional<std::size_t> parent;  ///< nothing for a variable
    bool is_of_dataset = false;
  };

  FactPlaces() {
    for (const auto& [name, type] : fact_environment().variables()) add(name, type, {}, name);
  }

  [[nodiscard]] const Place& at(std::size_t number) const { return places_[number]; }
  [[nodiscard]] std::size_t count() const { return places_.size(); }
  [[nodiscard]] std::optional<std::size_t> find(const std::string& path) const {
    const auto found = numbers_.find(path);
    return found == numbers_.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  void add(const std::string& name, const cel::Type& type, std::optional<std::size_t> parent,
           const std::string& path) {
    const bool is_of_dataset = parent ? places_[*parent].is_of_dataset : name == k_dataset_variable;
    const std::size_t number = places_.size();
    places_.push_back({name, path, parent, is_of_dataset});
    numbers_.emplace(path, number);
    const cel::Environment::Fields* fields = fact_environment().find_object(type.name());
    if (fields == nullptr) return;
    for (const auto& [field, its_type] : *fields) add(field, its_type, number, path + "." + field);
  }

  std::vector<Place> places_;
  std::map<std::string, std::size_t> numbers_;
};

const FactPlaces& fact_places() {
  static const FactPlaces result;
  return result;
}

cel::View view_of(const json::Value& fact, cel::ViewRoom& room) {
  static const cel::Value k_null;
  switch (fact.kind()) {
    case json::Kind::boolean:
      return cel::View::of(fact.as_boolean());
    case json::Kind::integer:
      return cel::View::of(fact.as_integer());
    case json::Kind::string:
      return cel::View::of(std::string_view(fact.as_string()));
    case json::Kind::array: {
      std::vector<cel::View> elements;
      for (const json::Value& one : fact.as_array()) elements.push_back(view_of(one, room));
      return room.list(elements);
    }
    case json::Kind::object: {
      std::vector<cel::View::Field> fields;
      for (const auto& [name, value] : fact.as_object()) {
        fields.push_back({name, view_of(value, room)});
      }
      return room.object(fields);
    }
    case json::Kind::number:  // the schema has none; no plan can tell anything of it
      return cel::View::sealed(nullptr);
    case json::Kind::null:
      break;
  }
  return cel::View::other(k_null);
}

}  // namespace

std::optional<std::size_t> fact_number(const std::string& path) {
  return fact_places().find(path);
}

FactViews::FactViews(const json::Value& facts) : Slots(fact_places().count()), facts_(facts) {}

FactViews::FactViews(FactViews& of_request, const json::Value& dataset)
    : Slots(fact_places().count()),
      facts_(of_request.facts_),
      of_request_(&of_request),
      dataset_(&dataset) {}

const std::string& FactViews::absent_path(std::size_t number) {
  const FactPlaces::Place& place = fact_places().at(number);
  const bool is_first = !place.parent || !at(*place.parent).is(cel::View::Kind::none);
  return is_first ? place.path : absent_path(*place.parent);
}

cel::View FactViews::read(std::size_t number) {
  const FactPlaces::Place& place = fact_places().at(number);
  if (of_request_ != nullptr && !place.is_of_dataset) return of_request_->at(number);
  const json::Value* fact = nullptr;
  if (place.parent) {
    const cel::View parent = at(*place.parent);
    if (!parent.is(cel::View::Kind::sealed)) return cel::View::none();
    fact = static_cast<const json::Value*>(parent.content())->find(place.name);
  } else {
    fact = place.is_of_dataset ? dataset_ : facts_.find(place.name);
  }
  if (fact == nullptr) return cel::View::none();
  return fact->is_object() ? cel::View::sealed(fact) : view_of(*fact, room_);
}

}  // namespace octroi::rules
