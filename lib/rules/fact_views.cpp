// SPDX-License-Identifier: Apache-2.0
#include "rules/fact_views.hpp"

#include <algorithm>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "rules/fact_schema.hpp"

namespace octroi::rules {

/// Every fact that has a number, what it is a member of before itself, those of a dataset last.
class FactPlaces {
 public:
  static constexpr std::string_view k_dataset_variable = "dataset";
  struct Place {
    std::string name;
    std::optional<std::size_t> parent;  ///< nothing for a variable
    std::shared_ptr<const Unanswered> absence;
  };

  FactPlaces() {
    for (const auto& [name, type] : fact_environment().variables()) {
      if (name != k_dataset_variable) add(name, type, {}, name);
    }
    first_of_dataset_ = places_.size();
    if (const cel::Type* type = fact_environment().find_variable(k_dataset_variable)) {
      add(std::string(k_dataset_variable), *type, {}, std::string(k_dataset_variable));
    }
  }

  [[nodiscard]] const Place& at(std::size_t number) const { return places_[number]; }
  [[nodiscard]] std::size_t count() const { return places_.size(); }
  [[nodiscard]] std::size_t first_of_dataset() const { return first_of_dataset_; }
  [[nodiscard]] std::optional<std::size_t> find(const std::string& path) const {
    const auto found = numbers_.find(path);
    return found == numbers_.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  void add(const std::string& name, const cel::Type& type, std::optional<std::size_t> parent,
           const std::string& path) {
    const std::size_t number = places_.size();
    // In the words of the tree.
    Unanswered absence{path, "no such key: " + path};
    places_.push_back({name, parent, std::make_shared<const Unanswered>(std::move(absence))});
    numbers_.emplace(path, number);
    const cel::Environment::Fields* fields = fact_environment().find_object(type.name());
    if (fields == nullptr) return;
    for (const auto& [field, its_type] : *fields) add(field, its_type, number, path + "." + field);
  }

  std::vector<Place> places_;
  std::size_t first_of_dataset_ = 0;
  std::map<std::string, std::size_t> numbers_;
};

namespace {

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
      const json::Value::Array& array = fact.as_array();
      const auto elements = room.make<cel::View>(array.size());
      std::transform(array.begin(), array.end(), elements.begin(),
                     [&room](const json::Value& one) { return view_of(one, room); });
      return cel::View::of(std::span<const cel::View>(elements));
    }
    case json::Kind::object: {
      const json::Value::Object& object = fact.as_object();
      const auto fields = room.make<cel::View::Field>(object.size());
      std::transform(object.begin(), object.end(), fields.begin(), [&room](const auto& member) {
        return cel::View::Field{member.first, view_of(member.second, room)};
      });
      return cel::View::of(std::span<const cel::View::Field>(fields));
    }
    case json::Kind::number:  // the schema has none; no plan can tell anything of it
      return cel::View::sealed(&fact);
    case json::Kind::null:
      break;
  }
  return cel::View::other(k_null);
}

}  // namespace

std::optional<std::size_t> fact_number(const std::string& path) {
  return fact_places().find(path);
}

FactViews::FactViews(const Facts& facts)
    : Slots(fact_places().count()), places_(fact_places()), facts_(facts) {}

FactViews::FactViews(FactViews& of_request, const json::Value& dataset)
    : Slots(of_request, of_request.places_.first_of_dataset(), of_request.places_.count()),
      places_(of_request.places_),
      facts_(of_request.facts_),
      dataset_(&dataset) {}

const std::shared_ptr<const Unanswered>& FactViews::absence(std::size_t number) {
  const FactPlaces::Place& place = places_.at(number);
  const bool is_first = !place.parent || !at(*place.parent).is(cel::View::Kind::none);
  return is_first ? place.absence : absence(*place.parent);
}

cel::View FactViews::read(std::size_t number) {
  const FactPlaces::Place& place = places_.at(number);
  const json::Value* fact = nullptr;
  if (place.parent) {
    const cel::View parent = at(*place.parent);
    if (!parent.is(cel::View::Kind::sealed)) return cel::View::none();
    fact = static_cast<const json::Value*>(parent.content())->find(place.name);
  } else {
    fact = number == places_.first_of_dataset() ? dataset_ : facts_.find(place.name);
  }
  if (fact == nullptr) return cel::View::none();
  return fact->is_object() ? cel::View::sealed(fact) : view_of(*fact, room_);
}

}  // namespace octroi::rules
