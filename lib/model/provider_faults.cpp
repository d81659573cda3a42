// SPDX-License-Identifier: Apache-2.0
#include "model/provider_faults.hpp"

#include "base/safe_text.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cstdint>
#include <map>
#include <utility>

namespace octroi::model {
namespace {

using json::Value;

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

std::set<std::string> party_ids(const Value& provider) {
  std::set<std::string> ids;
  for (const Value& party : items_or_none(provider, "parties")) {
    ids.insert(text_or_empty(party, "id"));
  }
  return ids;
}

void examine_parties(const Value& provider, FaultList& faults) {
  constexpr std::string_view k_what = "the id of one of the parties";
  const std::set<std::string> parties = party_ids(provider);
  faults.require_unique(items_or_none(provider, "parties"), "/parties", "id");
  faults.require_among(parties, text_or_empty(provider, "operator"), "/operator", k_what);
  std::size_t index = 0;
  for (const Value& holding : items_or_none(provider, "holdings")) {
    for (const char* end : {"held", "holder"}) {
      faults.require_among(parties, text_or_empty(holding, end),
                           fmt::format("/holdings/{}/{}", index, end), k_what);
    }
    ++index;
  }
  index = 0;
  for (const Value& supplier : items_or_none(provider, "suppliers")) {
    faults.require_among(parties, text_or_empty(supplier, "party"),
                         fmt::format("/suppliers/{}/party", index++), k_what);
  }
}

/// Nobody holds the same party twice in the list.
void examine_pairs(const Value& provider, FaultList& faults) {
  std::set<std::pair<std::string, std::string>> seen;
  std::size_t index = 0;
  for (const Value& holding : items_or_none(provider, "holdings")) {
    const std::string holder = text_or_empty(holding, "holder");
    const std::string held = text_or_empty(holding, "held");
    if (!holder.empty() && !held.empty() && !seen.emplace(holder, held).second) {
      faults.add(fmt::format("/holdings/{}", index),
                 fmt::format("{} in {} again", in_quotes(holder), in_quotes(held)),
                 "one entry for each holder and held");
    }
    ++index;
  }
}

/// The parts of one party add up to the whole at most; the fault is where the sum goes over it.
void examine_sum(const Value& provider, std::string_view share, FaultList& faults) {
  std::map<std::string, std::int64_t> sums;
  std::size_t index = 0;
  for (const Value& holding : items_or_none(provider, "holdings")) {
    const std::string held = text_or_empty(holding, "held");
    const std::int64_t part = millionths(text_or_empty(holding, share));
    std::int64_t& sum = sums[held];
    if (sum <= k_sum_max && sum + part > k_sum_max) {
      faults.add(fmt::format("/holdings/{}/{}", index, share),
                 in_quotes(text_or_empty(holding, share)),
                 fmt::format("parts of {} of at most 100 % together", in_quotes(held)));
    }
    sum += part;
    ++index;
  }
}

}  // namespace

void examine_provider(const Value& provider, FaultList& faults) {
  examine_parties(provider, faults);
  examine_pairs(provider, faults);
  examine_sum(provider, "capital_percent", faults);
  examine_sum(provider, "votes_percent", faults);
  faults.require_order_in(provider, "certificates", "from", "until");
}

}  // namespace octroi::model
