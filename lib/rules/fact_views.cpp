// SPDX-License-Identifier: Apache-2.0
#include "rules/fact_views.hpp"

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "rules/fact_schema.hpp"

namespace octroi::rules {

/// Every fact that has a number, what it is a member of before itself, those of a dataset last.
class FactPlaces {
 public:
  static constexpr std::string_view k_dataset_variable = "dataset";
  static constexpr std::string_view k_host_variable = "host";
  struct Place {
    std::string name;
    std::optional<std::size_t> parent;  ///< nothing for a variable
    Unanswered absence;
  };

  FactPlaces() {
    for (const auto& [name, type] : fact_environment().variables()) {
      if (name == k_host_variable) first_of_host_ = places_.size();
      if (name != k_dataset_variable) add(name, type, {}, name);
      if (name == k_host_variable) end_of_host_ = places_.size();
    }
    first_of_dataset_ = places_.size();
    if (const cel::Type* type = fact_environment().find_variable(k_dataset_variable)) {
      add(std::string(k_dataset_variable), *type, {}, std::string(k_dataset_variable));
    }
    usual_ = std::make_unique<std::atomic<std::uint32_t>[]>(places_.size());
  }

  /// The fact of that number in what it is a member of, or nullptr. It is looked for first where it
  /// was last: what is asked of one request is asked of the next, which often states the same.
  [[nodiscard]] const cel::View* find_in(const cel::View& parent, std::size_t number) const {
    if (!parent.is(cel::View::Kind::object)) return nullptr;
    const std::span<const cel::View::Field> fields = parent.as_object();
    const std::string_view name = places_[number].name;
    std::atomic<std::uint32_t>& usual = usual_[number];
    const std::size_t seen = usual.load(std::memory_order_relaxed);
    if (seen < fields.size() && fields[seen].name == name) return &fields[seen].value;
    const cel::View::Field* found = parent.find_field(name);
    if (found == nullptr) return nullptr;
    usual.store(static_cast<std::uint32_t>(found - fields.data()), std::memory_order_relaxed);
    return &found->value;
  }

  [[nodiscard]] const Place& at(std::size_t number) const { return places_[number]; }
  [[nodiscard]] std::size_t count() const { return places_.size(); }
  [[nodiscard]] std::size_t first_of_dataset() const { return first_of_dataset_; }
  [[nodiscard]] std::size_t first_of_host() const { return first_of_host_; }
  [[nodiscard]] std::size_t end_of_host() const { return end_of_host_; }
  [[nodiscard]] std::optional<std::size_t> find(const std::string& path) const {
    const auto found = numbers_.find(path);
    return found == numbers_.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  void add(const std::string& name, const cel::Type& type, std::optional<std::size_t> parent,
           const std::string& path) {
    const std::size_t number = places_.size();
    // In the words of the tree.
    places_.push_back({name, parent, {path, "no such key: " + path}});
    numbers_.emplace(path, number);
    const cel::Environment::Fields* fields = fact_environment().find_object(type.name());
    if (fields == nullptr) return;
    for (const auto& [field, its_type] : *fields) add(field, its_type, number, path + "." + field);
  }

  std::vector<Place> places_;
  std::unique_ptr<std::atomic<std::uint32_t>[]> usual_;  ///< where each was in its parent
  std::size_t first_of_dataset_ = 0;
  std::size_t first_of_host_ = 0;
  std::size_t end_of_host_ = 0;
  std::map<std::string, std::size_t> numbers_;
};

namespace {

const FactPlaces& fact_places() {
  static const FactPlaces result;
  return result;
}

/// What a slot shows of a fact: of an object only that it is one, as its members have their own.
cel::View slot_view(const cel::View* fact) {
  if (fact == nullptr) return cel::View::none();
  return fact->is(cel::View::Kind::object) ? cel::View::sealed(fact) : *fact;
}

/// The fact of that number in what its parent's slot shows; `none` where it is absent.
cel::View member_view(const FactPlaces& places, cel::View parent, std::size_t number) {
  if (!parent.is(cel::View::Kind::sealed) || parent.content() == nullptr) return cel::View::none();
  return slot_view(places.find_in(*static_cast<const cel::View*>(parent.content()), number));
}

}  // namespace

std::vector<cel::View> host_slots(const cel::View& host) {
  const FactPlaces& places = fact_places();
  const std::size_t first = places.first_of_host();
  std::vector<cel::View> slots;
  slots.reserve(places.end_of_host() - first);
  for (std::size_t number = first; number < places.end_of_host(); ++number) {
    const FactPlaces::Place& place = places.at(number);
    slots.push_back(place.parent ? member_view(places, slots[*place.parent - first], number)
                                 : slot_view(&host));
  }
  return slots;
}

std::optional<std::size_t> fact_number(const std::string& path) {
  return fact_places().find(path);
}

FactViews::FactViews(const Facts& facts)
    : Slots(fact_places().count()), places_(fact_places()), facts_(facts) {}

FactViews::FactViews(FactViews& of_request, const cel::View& dataset)
    : Slots(of_request, of_request.places_.first_of_dataset(), of_request.places_.count()),
      places_(of_request.places_),
      facts_(of_request.facts_),
      dataset_(&dataset) {}

const Unanswered& FactViews::absence(std::size_t number) {
  const FactPlaces::Place& place = places_.at(number);
  const bool is_first = !place.parent || !at(*place.parent).is(cel::View::Kind::none);
  return is_first ? place.absence : absence(*place.parent);
}

cel::View FactViews::read(std::size_t number) {
  const FactPlaces::Place& place = places_.at(number);
  if (number >= places_.first_of_host() && number < places_.end_of_host() && facts_.host) {
    return facts_.host->slots[number - places_.first_of_host()];
  }
  if (place.parent) return member_view(places_, at(*place.parent), number);
  return slot_view(number == places_.first_of_dataset() ? dataset_ : facts_.view(place.name));
}

}  // namespace octroi::rules
