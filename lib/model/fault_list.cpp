// SPDX-License-Identifier: Apache-2.0
#include "model/fault_list.hpp"

#include "base/safe_text.hpp"
#include "base/time.hpp"
#include "json/pointer.hpp"
#include "model/country_code.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace octroi::model {
namespace {

using json::TapeValue;

/// Where a value stands: a member of that name, or, where there is none, an item. A pointer is
/// written where one is needed, which is nearly nowhere.
struct FaultPlace {
  const FaultPlace* outer;
  std::optional<std::string_view> member;
  std::size_t index;

  [[nodiscard]] std::string pointer() const {
    const std::string before = outer == nullptr ? "" : outer->pointer();
    return member ? json::pointer_to(before, *member) : fmt::format("{}/{}", before, index);
  }
};

/// Days of the form YYYY-MM-DD sort as texts; moments may have offsets.
bool is_after(std::string_view left, std::string_view right) {
  const std::optional<Instant> left_instant = parse_instant(left);
  const std::optional<Instant> right_instant = parse_instant(right);
  return left_instant && right_instant ? *left_instant > *right_instant : left > right;
}

bool is_in_order(TapeValue object, std::string_view first, std::string_view last) {
  const std::string_view begin = text_or_empty(object, first);
  const std::string_view end = text_or_empty(object, last);
  return begin.empty() || end.empty() || !is_after(begin, end);
}

/// `place` is nullptr for the whole document.
void check_countries(TapeValue value, const FaultPlace* place, bool is_country, FaultList& faults) {
  if (value.is_object()) {
    for (const TapeValue inner : value) {
      const bool is_list = inner.is_array();
      const bool names_one = (is_list || inner.is_string()) && means_country(inner.name());
      if (!names_one && !is_list && !inner.is_object()) continue;
      const FaultPlace inside{place, inner.name(), 0};
      check_countries(inner, &inside, names_one, faults);
    }
  } else if (value.is_array()) {
    FaultPlace inside{place, std::nullopt, 0};
    for (const TapeValue item : value) {
      check_countries(item, &inside, is_country, faults);
      ++inside.index;
    }
  } else if (is_country && value.is_string() && !iso_country_code(value.as_string())) {
    faults.add(place->pointer(), in_quotes(value.as_string()),
               "a country code of ISO 3166-1, such as \"FR\"");
  }
}

}  // namespace

std::string_view text_or_empty(TapeValue object, std::string_view name) {
  const std::optional<TapeValue> member = object.find(name);
  return member && member->is_string() ? member->as_string() : std::string_view();
}

TapeValue items_or_none(TapeValue object, std::string_view name) {
  const std::optional<TapeValue> member = object.find(name);
  return member && member->is_array() ? *member : TapeValue::empty_list();
}

void FaultList::add(std::string pointer, std::string found, std::string expected) {
  faults_.push_back({std::move(pointer), std::move(found), std::move(expected)});
}

void FaultList::require_order(TapeValue object, const std::string& pointer, std::string_view first,
                              std::string_view last) {
  if (is_in_order(object, first, last)) return;
  add(json::pointer_to(pointer, last), in_quotes(text_or_empty(object, last)),
      fmt::format("nothing before {} ({})", printable(text_or_empty(object, first)), first));
}

void FaultList::require_order_in(TapeValue owner, std::string_view list, std::string_view first,
                                 std::string_view last) {
  std::size_t index = 0;
  for (const TapeValue item : items_or_none(owner, list)) {
    if (!is_in_order(item, first, last)) {
      require_order(item, fmt::format("/{}/{}", list, index), first, last);
    }
    ++index;
  }
}

void FaultList::require_unique(TapeValue list, std::string_view pointer, std::string_view member) {
  if (list.size() < 2) return;
  std::set<std::string_view> seen;
  std::size_t index = 0;
  for (const TapeValue item : list) {
    const std::string_view text = text_or_empty(item, member);
    if (!text.empty() && !seen.insert(text).second) {
      add(fmt::format("{}/{}/{}", pointer, index, member), in_quotes(text),
          "one that is not given twice");
    }
    ++index;
  }
}

void FaultList::require_among(const std::set<std::string_view>& known, std::string_view text,
                              std::string pointer, std::string_view what) {
  if (text.empty() || known.contains(text)) return;
  const std::string_view near = nearest(text, known);
  const std::string hint = near.empty() ? "" : fmt::format(" (did you mean {}?)", in_quotes(near));
  add(std::move(pointer), in_quotes(text), fmt::format("{}{}", what, hint));
}

void FaultList::require_countries(TapeValue value) {
  check_countries(value, nullptr, false, *this);
}

}  // namespace octroi::model
