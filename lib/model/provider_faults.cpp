// SPDX-License-Identifier: Apache-2.0
#include "model/provider_faults.hpp"

#include "base/safe_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <set>
#include <utility>
#include <vector>

namespace octroi::model {
namespace {

using json::TapeValue;

constexpr std::string_view k_party = "the id of one of the parties";

constexpr std::int64_t k_percent =
    1'000'000;  ///< one percent in millionths, so that sums are exact
constexpr std::size_t k_decimals = 6;

/// Declared parts are rounded, each by its own declarant: a hundredth of a percent is let pass.
constexpr std::int64_t k_sum_max = 100 * k_percent + k_percent / 100;

std::int64_t number(std::string_view digits) {
  std::int64_t result = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), result);
  return result;
}

/// Millionths of a percent in a text such as "33.5"; what is no such text counts nothing.
std::int64_t millionths(std::string_view percent) {
  const std::size_t point = percent.find('.');
  std::string decimals(point == std::string_view::npos ? "" : percent.substr(point + 1));
  decimals.resize(k_decimals, '0');
  return number(percent.substr(0, point)) * k_percent + number(decimals);
}

std::set<std::string_view> party_ids(TapeValue provider) {
  std::set<std::string_view> ids;
  for (const TapeValue party : items_or_none(provider, "parties")) {
    ids.insert(text_or_empty(party, "id"));
  }
  return ids;
}

/// Days as texts, which sort as days do. An end that is left out is open.
struct Days {
  std::string_view from;
  std::string_view until;

  [[nodiscard]] bool contains(std::string_view day) const {
    return from <= day && (until.empty() || day <= until);
  }
  [[nodiscard]] bool meet(const Days& other) const {
    return contains(other.from) || other.contains(from);
  }
};

/// A holding as far as it is there.
struct Part {
  TapeValue holding;
  std::string_view holder;
  std::string_view held;
  Days days;
};

std::vector<Part> parts_of(TapeValue provider) {
  std::vector<Part> parts;
  for (const TapeValue holding : items_or_none(provider, "holdings")) {
    parts.push_back({holding,
                     text_or_empty(holding, "holder"),
                     text_or_empty(holding, "held"),
                     {text_or_empty(holding, "from"), text_or_empty(holding, "until")}});
  }
  return parts;
}

/// The texts of a list; what is no text is "".
std::vector<std::string_view> texts_in(TapeValue object, std::string_view list) {
  std::vector<std::string_view> texts;
  for (const TapeValue item : items_or_none(object, list)) {
    texts.push_back(item.is_string() ? item.as_string() : std::string_view());
  }
  return texts;
}

void require_parties(TapeValue provider, std::string_view list,
                     std::initializer_list<const char*> members,
                     const std::set<std::string_view>& parties, FaultList& faults) {
  std::size_t index = 0;
  for (const TapeValue item : items_or_none(provider, list)) {
    for (const char* member : members) {
      faults.require_among(parties, text_or_empty(item, member),
                           fmt::format("/{}/{}/{}", list, index, member), k_party);
    }
    std::size_t at = 0;
    for (const std::string_view holder : texts_in(item, "holders")) {
      faults.require_among(parties, holder, fmt::format("/{}/{}/holders/{}", list, index, at++),
                           k_party);
    }
    ++index;
  }
}

void examine_parties(TapeValue provider, FaultList& faults) {
  const std::set<std::string_view> parties = party_ids(provider);
  faults.require_unique(items_or_none(provider, "parties"), "/parties", "id");
  faults.require_among(parties, text_or_empty(provider, "operator"), "/operator", k_party);
  require_parties(provider, "holdings", {"held", "holder"}, parties, faults);
  require_parties(provider, "suppliers", {"party"}, parties, faults);
  require_parties(provider, "joint_powers", {"held"}, parties, faults);
  require_parties(provider, "concerts", {"held"}, parties, faults);
}

/// Nobody holds the same party twice on one day.
void examine_pairs(const std::vector<Part>& parts, FaultList& faults) {
  std::map<std::pair<std::string_view, std::string_view>, std::vector<Days>> seen;
  for (std::size_t index = 0; index < parts.size(); ++index) {
    const Part& part = parts[index];
    if (part.holder.empty() || part.held.empty()) continue;
    std::vector<Days>& earlier = seen[{part.holder, part.held}];
    if (std::any_of(earlier.begin(), earlier.end(),
                    [&part](const Days& days) { return days.meet(part.days); })) {
      faults.add(fmt::format("/holdings/{}", index),
                 fmt::format("{} in {} again", in_quotes(part.holder), in_quotes(part.held)),
                 "one entry for each holder and held on a day");
    }
    earlier.push_back(part.days);
  }
}

/// On a day, the parts of one party add up to the whole at most; the fault is where the sum goes
/// over it. A sum is largest on a day on which one of its parts begins.
void examine_sum(const std::vector<Part>& parts, std::string_view share, FaultList& faults) {
  std::set<std::pair<std::string_view, std::string_view>> days;
  for (const Part& part : parts) days.emplace(part.held, part.days.from);
  std::set<std::string_view> told;
  for (const auto& [held, day] : days) {
    std::int64_t sum = 0;
    for (std::size_t index = 0; index < parts.size() && sum <= k_sum_max; ++index) {
      if (parts[index].held != held || !parts[index].days.contains(day)) continue;
      const std::string_view percent = text_or_empty(parts[index].holding, share);
      sum += millionths(percent);
      if (sum <= k_sum_max || !told.insert(held).second) continue;
      faults.add(fmt::format("/holdings/{}/{}", index, share), in_quotes(percent),
                 fmt::format("parts of {} of at most 100 % together", in_quotes(held)));
    }
  }
}

/// Who acts in concert holds a part, and is in one concert in a party: two would count it twice.
void examine_concerts(TapeValue provider, const std::vector<Part>& parts, FaultList& faults) {
  std::set<std::pair<std::string_view, std::string_view>> holdings;
  for (const Part& part : parts) holdings.emplace(part.holder, part.held);
  std::set<std::pair<std::string_view, std::string_view>> seen;
  std::size_t index = 0;
  for (const TapeValue concert : items_or_none(provider, "concerts")) {
    const std::string_view held = text_or_empty(concert, "held");
    std::size_t at = 0;
    for (const std::string_view holder : texts_in(concert, "holders")) {
      const std::string pointer = fmt::format("/concerts/{}/holders/{}", index, at++);
      if (holder.empty() || held.empty()) continue;
      if (!holdings.contains({holder, held})) {
        faults.add(pointer, in_quotes(holder), fmt::format("a holder of {}", in_quotes(held)));
      } else if (!seen.emplace(holder, held).second) {
        faults.add(pointer, fmt::format("{} again", in_quotes(holder)),
                   fmt::format("one concert of each holder in {}", in_quotes(held)));
      }
    }
    ++index;
  }
}

void examine_days(TapeValue provider, FaultList& faults) {
  for (const char* list : {"certificates", "holdings", "suppliers"}) {
    faults.require_order_in(provider, list, "from", "until");
  }
  faults.require_order_in(provider, "changes", "date", "reported");
  std::size_t index = 0;
  for (const TapeValue supplier : items_or_none(provider, "suppliers")) {
    if (const auto qualification = supplier.find("qualification")) {
      faults.require_order(*qualification, fmt::format("/suppliers/{}/qualification", index),
                           "from", "until");
    }
    ++index;
  }
}

}  // namespace

void examine_provider(TapeValue provider, FaultList& faults) {
  const std::vector<Part> parts = parts_of(provider);
  examine_parties(provider, faults);
  examine_pairs(parts, faults);
  examine_sum(parts, "capital_percent", faults);
  examine_sum(parts, "votes_percent", faults);
  examine_concerts(provider, parts, faults);
  examine_days(provider, faults);
}

}  // namespace octroi::model
